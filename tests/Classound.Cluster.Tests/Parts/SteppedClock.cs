using System.Diagnostics;
using System.Globalization;

namespace Classound.Cluster.Tests.Parts;

/// <summary>The wall clock of one process, moved by libfaketime while it runs; its monotonic clock is left alone.</summary>
internal sealed class SteppedClock(string file)
{
    private static readonly string? Library = new[]
    {
        "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
        "/usr/lib64/faketime/libfaketimeMT.so.1",
    }.FirstOrDefault(File.Exists);

    public static bool IsInstalled => Library is not null;

    private TimeSpan _step;

    /// <summary>What it is off when it is not stepped.</summary>
    public TimeSpan Offset { get; set; }

    /// <summary>
    /// Until this timestamp Orleans' timers stand still in the process, and with them its care for the other silos: they wait by
    /// the wall clock, which was set back.
    /// </summary>
    public long TimersStandStillUntil { get; private set; }

    public void Step(TimeSpan step)
    {
        if (step < _step) TimersStandStillUntil = Stopwatch.GetTimestamp() + (long)((_step - step).TotalSeconds * Stopwatch.Frequency);
        else TimersStandStillUntil = 0;
        _step = step;
        var offset = Offset + step;
        // Renamed into place: the process must never read half a number.
        File.WriteAllText(file + ".new", offset.TotalSeconds.ToString("+0.###;-0.###;+0", CultureInfo.InvariantCulture));
        File.Move(file + ".new", file, overwrite: true);
    }

    public void Prepare(IDictionary<string, string?> environment)
    {
        if (Library is null) return;
        environment["LD_PRELOAD"] = Library;
        environment["FAKETIME_TIMESTAMP_FILE"] = file;
        environment["FAKETIME_CACHE_DURATION"] = "1";
        environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        // .NET waits by the monotonic clock; with the "fix" its timed waits return at once and spin.
        environment["FAKETIME_FORCE_MONOTONIC_FIX"] = "0";
    }
}
