using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;

namespace Classound.Benchmarks.Load;

/// <summary>Authorisations only. Each window's calls are ended after it, so that no PBX gathers calls that nobody has.</summary>
internal sealed class AuthorizeCalls : Contender
{
    private const int EndsInFlight = 128;

    // Two runs of the same process never use a call id again.
    private static int _runs = Environment.TickCount;

    private readonly Connections _connections;
    private readonly CallService.CallServiceClient[] _clients;
    private readonly Meters _meters;
    private readonly Repeats _repeats = new();
    private readonly (string Id, string Caller)[] _pbxs;
    private readonly int _seed;

    public AuthorizeCalls(string name, IReadOnlyList<string> addresses, int connections, int pbxs, int seed, Meters meters)
        : base(name)
    {
        _connections = new Connections(addresses, connections);
        _clients = _connections.Clients(channel => new CallService.CallServiceClient(channel));
        (_meters, _seed) = (meters, seed);
        _pbxs = [.. Enumerable.Range(0, pbxs).Select(pbx => (CallContent.PbxId(pbx), CallContent.Caller(pbx)))];
    }

    public override async Task<Window> Closed(int inFlight, TimeSpan warmUp, TimeSpan length)
    {
        var run = Interlocked.Increment(ref _runs);
        var workers = Enumerable.Range(0, inFlight).Select(worker => new Worker(run, worker, new Random(_seed + worker))).ToArray();
        var window = await ClosedLoop.Run((worker, number) => Authorize(workers[worker], number), inFlight, warmUp, length, _meters);
        window = window with { Repeats = _repeats.Take() };
        await Task.WhenAll(workers.SelectMany(worker => worker.Active).Chunk(Math.Max(1, workers.Sum(worker => worker.Active.Count) / EndsInFlight)).Select(End));
        return window;
    }

    public override void Close() => _connections.Close();

    private async Task Authorize(Worker worker, long number)
    {
        var pbx = worker.Random.Next(_pbxs.Length);
        var id = CallContent.CallId(worker.Run, worker.Number, number);
        var request = new AuthorizeCallRequest
        {
            PbxId = _pbxs[pbx].Id, CallId = id, Direction = CallDirection.Outbound, Caller = _pbxs[pbx].Caller,
            Called = CallContent.Called(worker.Random), CanExtend = true, ReportsAnswer = true, EdgeId = "edge-1",
        };
        var reply = await _repeats.Ask(() => Client(worker.Number).AuthorizeCallAsync(request).ResponseAsync);
        if (reply.Grant is null) throw new InvalidOperationException("not granted: " + reply);
        worker.Active.Add((pbx, id));
    }

    private async Task End((int Pbx, string Id)[] calls)
    {
        foreach (var (pbx, id) in calls)
            await _repeats.Ask(() => Client(pbx).EndCallAsync(new EndCallRequest { PbxId = _pbxs[pbx].Id, CallId = id }).ResponseAsync);
    }

    private CallService.CallServiceClient Client(int of) => _clients[of % _clients.Length];

    private sealed record Worker(int Run, int Number, Random Random)
    {
        public List<(int Pbx, string Id)> Active { get; } = [];
    }
}
