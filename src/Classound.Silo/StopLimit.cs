using System.Diagnostics;
using System.Globalization;

namespace Classound.Silo;

/// <summary>
/// Without its Redis a silo goes on for minutes trying to write that it has left, whatever the host's limit says: this ends the
/// process. Nothing depends on a farewell: what was acknowledged is durable, and its peers learn of its end by themselves.
/// </summary>
/// <param name="longest">From <see cref="Begin"/> to the process' end, if this is not disposed of before.</param>
internal sealed class StopLimit(TimeSpan longest) : IDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private int _begun;

    /// <summary>The process was told to stop. Only the first time counts.</summary>
    public void Begin()
    {
        if (Interlocked.Exchange(ref _begun, 1) == 0) _ = EndProcess(_stopped.Token);
    }

    /// <summary>Everything is stopped and disposed of.</summary>
    public void Dispose()
    {
        _stopped.Cancel();
        _stopped.Dispose();
    }

    private async Task EndProcess(CancellationToken stopped)
    {
        await Task.Delay(longest, TimeProvider.System, stopped);
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"classound: could not leave the cluster within {longest.TotalSeconds:F0} s; ending without, nothing is lost"));
        Process.GetCurrentProcess().Kill();
    }
}
