using System.Diagnostics.Metrics;

namespace Classound.Api.Tests.Streams;

/// <summary>Counts by the metric what is in flight on all streams.</summary>
internal sealed class Places : IDisposable
{
    /// <summary>What the interface promises, for each stream.</summary>
    public const int Limit = 1_024;

    private readonly MeterListener _listener = new();
    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _now;
    private int _most;
    private int _awaited = int.MaxValue;

    public Places()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "classound.api.edge_requests") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((_, change, _, _) => Count(change));
        _listener.Start();
    }

    public int Most => Volatile.Read(ref _most);

    public Task UntilTaken(int places)
    {
        Volatile.Write(ref _awaited, places);
        Count(0);
        return _taken.Task;
    }

    public void Dispose() => _listener.Dispose();

    private void Count(int change)
    {
        var now = Interlocked.Add(ref _now, change);
        for (var most = Most; now > most; most = Most) Interlocked.CompareExchange(ref _most, now, most);
        if (Most >= Volatile.Read(ref _awaited)) _taken.TrySetResult();
    }
}
