using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Google.Protobuf.WellKnownTypes;

namespace Classound.Benchmarks.Load;

/// <summary>
/// Calls of edges: authorisations only, or whole lives. Calls that a window leaves active are ended after it, so that no PBX gathers
/// calls that nobody has.
/// </summary>
internal sealed class EdgeCalls : Contender
{
    private const int EndsInFlight = 128;

    // Lies within what an edge's clock may be off by, so that no flag is set.
    private const int TalkedSeconds = 3;

    // No two windows use the same call ids, nor do two runs on the same store.
    private static int _runs = Environment.TickCount;

    private readonly IReadOnlyList<Edge> _edges;
    private readonly Meters _meters;
    private readonly Steps _steps;
    private readonly Repeats _repeats = new();
    private readonly (string Id, string Caller)[] _pbxs;
    private readonly int _seed;

    public EdgeCalls(string name, IReadOnlyList<Edge> edges, Steps steps, int pbxs, int seed, Meters meters)
        : base(name)
    {
        (_edges, _steps, _meters, _seed) = (edges, steps, meters, seed);
        _pbxs = [.. Enumerable.Range(0, pbxs).Select(pbx => (CallContent.PbxId(pbx), CallContent.Caller(pbx)))];
    }

    public override async Task<Window> Closed(int inFlight, TimeSpan warmUp, TimeSpan length)
    {
        var workers = Workers(inFlight);
        var window = await ClosedLoop.Run((worker, number) => Request(workers[worker], worker, number), inFlight, warmUp, length, _meters);
        await ClearUp(workers);
        return window with { Repeats = _repeats.Take() };
    }

    public override async Task<Latencies> Open(double rate, TimeSpan warmUp, TimeSpan length)
    {
        var pacers = Workers(OpenLoop.Pacers);
        var latencies = await OpenLoop.Run(
            (pacer, number) => Request(pacers[pacer], pacer + (int)(number % _edges.Count) * OpenLoop.Pacers, number), rate, warmUp, length, _meters);
        await ClearUp(pacers);
        return latencies with { Repeats = _repeats.Take() };
    }

    /// <summary>One call of every PBX, from beginning to end: afterwards all of them are in memory, their month open.</summary>
    public Task TouchAll()
    {
        var (worker, next) = (Workers(1)[0], -1);
        return Task.WhenAll(Enumerable.Range(0, EndsInFlight).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var pbx && pbx < _pbxs.Length)
            {
                var call = new Call(pbx, CallContent.CallId(worker.Run, worker.Number, pbx));
                await Authorize(EdgeOf(pbx), call, "+390212345678");
                await End(EdgeOf(pbx), call, 0);
            }
        }));
    }

    public override async ValueTask Close()
    {
        foreach (var edge in _edges) await edge.Close();
    }

    // What is random is drawn before the first await: nothing else uses the worker's source at that time.
    private async Task Request(Worker worker, int edgeNumber, long number)
    {
        var edge = EdgeOf(edgeNumber);
        var call = new Call(worker.Random.Next(_pbxs.Length), CallContent.CallId(worker.Run, worker.Number, number));
        var called = CallContent.Called(worker.Random);
        if (!_steps.HasFlag(Steps.End)) worker.Active.Add(call);
        await Authorize(edge, call, called);
        if (_steps.HasFlag(Steps.Start)) await Start(edge, call);
        if (_steps.HasFlag(Steps.End)) await End(edge, call, _steps.HasFlag(Steps.Start) ? TalkedSeconds : 0);
    }

    private async Task Authorize(Edge edge, Call call, string called)
    {
        var request = new AuthorizeCallRequest
        {
            PbxId = _pbxs[call.Pbx].Id, CallId = call.Id, Direction = CallDirection.Outbound, Caller = _pbxs[call.Pbx].Caller, Called = called,
            CanExtend = true, ReportsAnswer = true, EdgeId = "edge-1",
        };
        var reply = await _repeats.Ask(() => edge.Authorize(request));
        if (reply.Grant is null) throw new InvalidOperationException("not granted: " + reply);
    }

    private async Task Start(Edge edge, Call call)
    {
        var answered = Timestamp.FromDateTime(DateTime.UtcNow.AddSeconds(-TalkedSeconds));
        var request = new StartCallRequest { PbxId = _pbxs[call.Pbx].Id, CallId = call.Id, AnswerTime = answered };
        var reply = await _repeats.Ask(() => edge.Start(request));
        if (reply.Grant is null) throw new InvalidOperationException("not started: " + reply);
    }

    private async Task End(Edge edge, Call call, int seconds)
    {
        var request = new EndCallRequest { PbxId = _pbxs[call.Pbx].Id, CallId = call.Id, DurationMs = 1000 * seconds };
        var reply = await _repeats.Ask(() => edge.End(request));
        if (reply.Settlement is null) throw new InvalidOperationException("not settled: " + reply);
    }

    private Task ClearUp(IEnumerable<Worker> workers)
    {
        var active = workers.SelectMany(worker => worker.Active).ToArray();
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, EndsInFlight).Select(async number =>
        {
            while (Interlocked.Increment(ref next) is var i && i < active.Length) await End(EdgeOf(number), active[i], 0);
        }));
    }

    private Worker[] Workers(int count)
    {
        var run = Interlocked.Increment(ref _runs);
        return [.. Enumerable.Range(0, count).Select(number => new Worker(run, number, new Random(_seed * 1_000 + number)))];
    }

    private Edge EdgeOf(int number) => _edges[number % _edges.Count];

    private readonly record struct Call(int Pbx, string Id);

    private sealed record Worker(int Run, int Number, Random Random)
    {
        public List<Call> Active { get; } = [];
    }
}
