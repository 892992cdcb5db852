using Classound.Benchmarks.Processes;
using Google.Protobuf.WellKnownTypes;

namespace Classound.Benchmarks.Load;

/// <summary>The empty method, by the same generator as everything else.</summary>
internal sealed class EmptyCalls : Contender
{
    private readonly Connections _connections;
    private readonly EmptyService.EmptyServiceClient[] _clients;
    private readonly Meters _meters;

    public EmptyCalls(EmptyServerProcess server, int connections)
        : base("empty")
    {
        _connections = new Connections([server.Address], connections);
        _clients = _connections.Clients(channel => new EmptyService.EmptyServiceClient(channel));
        _meters = Meters.Of(null, ("server", () => ProcessClock.Seconds(server.Id)));
    }

    public override Task<Window> Closed(int inFlight, TimeSpan warmUp, TimeSpan length) =>
        ClosedLoop.Run((worker, _) => Call(worker), inFlight, warmUp, length, _meters);

    // The pacers take the connections in turn, as the workers of the closed loop do.
    public override Task<Latencies> Open(double rate, TimeSpan warmUp, TimeSpan length) =>
        OpenLoop.Run((pacer, number) => Call(pacer + (int)(number % _clients.Length) * OpenLoop.Pacers), rate, warmUp, length, _meters);

    public override ValueTask Close()
    {
        _connections.Close();
        return ValueTask.CompletedTask;
    }

    private Task<Empty> Call(int worker) => _clients[worker % _clients.Length].CallAsync(new Empty()).ResponseAsync;
}
