namespace Classound.Charging.Tests.Simulation;

internal sealed partial class Traffic
{
    private static readonly string[] Edges = ["e1", "e2"];

    private void Sweep(DateTimeOffset at)
    {
        Note($"sweep");
        var closed = _session.Sweep(_now);
        if (closed.Count > 0) _auditor.Advance(at);
        _auditor.Swept(closed, at);
    }

    /// <summary>An edge lists most of its calls, sometimes another edge's or one that nobody knows, and sometimes gives up the rest.</summary>
    private void Sync(DateTimeOffset at)
    {
        var edge = Edges[_random.Next(Edges.Length)];
        var listed = _auditor.Active.Values.Where(call => _random.Next(call.Edge == edge ? 4 : 20) > (call.Edge == edge ? 0 : 18))
            .Select(call => (call.Id, _random.Next(3) == 0 ? 0 : Math.Max(0, call.Granted + _random.Next(-400, 30)))).ToList();
        if (_random.Next(3) == 0) listed.Add((string.Create(System.Globalization.CultureInfo.InvariantCulture, $"C{_ids + 1}"), 10));
        // Some lists hung on their way, perhaps while another edge took a call over.
        var made = at.AddSeconds(_random.Next(3) == 0 ? -_random.Next(0, 600) : _random.Next(0, 3));
        var closeBefore = _random.Next(3) == 0 ? at.AddSeconds(-_random.Next(0, 120)) : (DateTimeOffset?)null;
        Note($"sync {edge} {string.Join(' ', listed)} of {made:HH:mm:ss} close before {closeBefore:HH:mm:ss}");
        var (live, closed) = _session.Sync(edge, listed, made, closeBefore, _now);
        _auditor.Advance(at);
        _auditor.Synced(edge, listed, made, closeBefore, live, closed, at);
    }
}
