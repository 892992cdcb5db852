using System.Globalization;
using Classound.Benchmarks.Load;

namespace Classound.Benchmarks.Service;

/// <summary>Windows of several contenders in turn, so that what else the machine does meets all of them.</summary>
internal sealed class Rounds(ServiceOptions options, CancellationToken cancellation)
{
    private readonly Dictionary<string, List<Window>> _windows = [];

    public IReadOnlyDictionary<string, List<Window>> Windows => _windows;

    /// <summary>What compiles does so here: it takes seconds of load until the hot methods are as fast as they get.</summary>
    public async Task WarmUp(IReadOnlyList<Contender> contenders)
    {
        foreach (var contender in contenders)
        {
            cancellation.ThrowIfCancellationRequested();
            Progress.Say($"warm up {contender.Name}");
            await contender.Closed(ServiceOptions.InFlight, TimeSpan.Zero, options.FirstWarmUp);
        }
    }

    public async Task Run(IReadOnlyList<Contender> contenders, int inFlight, string suffix = "")
    {
        for (var round = 1; round <= options.Windows; round++)
        {
            foreach (var contender in contenders)
            {
                cancellation.ThrowIfCancellationRequested();
                var window = await contender.Closed(inFlight, ServiceOptions.WarmUp, options.Window);
                if (!_windows.TryGetValue(contender.Name + suffix, out var windows)) _windows[contender.Name + suffix] = windows = [];
                windows.Add(window);
                Progress.Say(string.Create(
                    CultureInfo.InvariantCulture, $"{round} of {options.Windows}: {contender.Name + suffix,-18} {window.Rate,9:#,0}/s   {CpuText(window)}"));
            }
        }
    }

    /// <summary>Of windows that followed each other.</summary>
    public double[] Ratios(string measured, string against) =>
        [.. _windows[measured].Zip(_windows[against], (ours, theirs) => ours.Rate / theirs.Rate)];

    public double[] Rates(string contender) => [.. _windows[contender].Select(window => window.Rate)];

    public double[] StoreBytes(string contender) => [.. _windows[contender].Select(window => (double)window.StoreBytes / window.Done)];

    /// <summary>Microseconds of CPU per request, by process; idle as the share of the machine that was left.</summary>
    public static string CpuText(Window window)
    {
        var text = window.Cpu.Where(cpu => cpu.Key != Meters.Idle)
            .Select(cpu => string.Create(CultureInfo.InvariantCulture, $"{cpu.Key} {cpu.Value / window.Done * 1e6:F0}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"µs of CPU per request: {string.Join(", ", text)}; idle {window.IdleShare:P0}{(window.Repeats > 0 ? $"; {window.Repeats} UNAVAILABLE" : "")}");
    }
}
