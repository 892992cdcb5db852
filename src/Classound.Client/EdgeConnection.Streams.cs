namespace Classound.Client;

public sealed partial class EdgeConnection
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMilliseconds(100);

    private readonly Silo[] _silos;
    private readonly Lock _gate = new();
    private readonly List<EdgeStream> _streams = [];
    private readonly ITimer _sweep;
    private EdgeStream? _current;
    private Exception? _lastLoss;
    private int _next;
    private bool _disposed;

    /// <summary>Takes no more requests, and returns when those in flight are answered or have failed.</summary>
    public async ValueTask DisposeAsync()
    {
        List<EdgeStream> open;
        lock (_gate)
        {
            _disposed = true;
            _current = null;
            open = [.. _streams];
        }
        foreach (var stream in open) stream.Finish();
        await Task.WhenAll(open.Select(stream => stream.Ended)).WaitAsync(_options.ReportTimeout, _options.Clock)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var stream in open) stream.GiveUp();
        await Task.WhenAll(open.Select(stream => stream.Ended));
        await _sweep.DisposeAsync();
        _places.Dispose();
        _reportPlaces.Dispose();
    }

    /// <summary>The silo of this stream is about to stop.</summary>
    /// <param name="stream">Takes requests for some seconds more.</param>
    /// <param name="atOnce">It said so before anything else: whoever connects to it now will hear the same.</param>
    internal void MoveOver(EdgeStream stream, bool atOnce)
    {
        lock (_gate)
        {
            if (atOnce) stream.Silo.AvoidedUntil = After(_options.AvoidFor);
            if (_current == stream && !_disposed) Open();
        }
    }

    /// <param name="stream">Is about to be ended from here.</param>
    internal void Leave(EdgeStream stream)
    {
        lock (_gate)
        {
            if (_current == stream) _current = null;
        }
    }

    /// <param name="stream">Takes nothing more.</param>
    /// <param name="established">Whether a silo was there.</param>
    /// <param name="cause">Why it ended; null where the silo ended it as it should.</param>
    internal void StreamEnded(EdgeStream stream, bool established, Exception? cause)
    {
        lock (_gate)
        {
            _lastLoss = cause;
            if (!established) stream.Silo.AvoidedUntil = After(_options.AvoidFor);
            if (_current == stream) _current = null;
            _streams.Remove(stream);
        }
    }

    private void Send(PendingCall call)
    {
        while (true)
        {
            var stream = Volatile.Read(ref _current);
            if (stream is null || stream.IsLeaving) stream = Choose();
            if (stream is null)
            {
                Free(1, call.IsReport ? 1 : 0);
                call.Fail(Losses.Unavailable("No silo could be reached a moment ago.", _lastLoss));
                return;
            }
            if (stream.TrySend(call)) return;
        }
    }

    private EdgeStream? Choose()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_current is null || _current.IsLeaving) Open();
            return _current;
        }
    }

    // A silo that is about to stop goes on being used where there is no other.
    private void Open()
    {
        var now = Now;
        for (var tried = 0; tried < _silos.Length; tried++)
        {
            var silo = _silos[_next];
            _next = (_next + 1) % _silos.Length;
            if (silo.AvoidedUntil > now) continue;
            _current?.Finish();
            _current = new EdgeStream(this, silo, _options.Connect(silo.Address));
            _streams.Add(_current);
            return;
        }
    }

    private void Sweep()
    {
        List<EdgeStream> open;
        lock (_gate) open = [.. _streams];
        var now = Now;
        foreach (var stream in open) stream.Sweep(now);
    }
}
