using Classound.Contracts.Rating.V1;

namespace Classound.Benchmarks.Load;

/// <summary>Prices asked for, of a price list or of a PBX.</summary>
internal sealed class QuoteCalls : Contender
{
    private readonly Connections _connections;
    private readonly RatingService.RatingServiceClient[] _clients;
    private readonly Func<Random, QuoteCallRequest> _question;
    private readonly int _seed;
    private readonly Meters _meters;
    private readonly Repeats _repeats = new();

    /// <param name="question">The target of a request; the called number is added to it.</param>
    public QuoteCalls(string name, IReadOnlyList<string> addresses, int connections, Func<Random, QuoteCallRequest> question, int seed, Meters meters)
        : base(name)
    {
        _connections = new Connections(addresses, connections);
        _clients = _connections.Clients(channel => new RatingService.RatingServiceClient(channel));
        (_question, _seed, _meters) = (question, seed, meters);
    }

    public override async Task<Window> Closed(int inFlight, TimeSpan warmUp, TimeSpan length)
    {
        var random = Enumerable.Range(0, inFlight).Select(worker => new Random(_seed * 1_000 + worker)).ToArray();
        var window = await ClosedLoop.Run((worker, _) => Quote(worker, random[worker]), inFlight, warmUp, length, _meters);
        return window with { Repeats = _repeats.Take() };
    }

    public override ValueTask Close()
    {
        _connections.Close();
        return ValueTask.CompletedTask;
    }

    private async Task Quote(int worker, Random random)
    {
        var request = _question(random);
        request.Called = CallContent.Called(random);
        var reply = await _repeats.Ask(() => _clients[worker % _clients.Length].QuoteCallAsync(request).ResponseAsync);
        if (!reply.Allowed) throw new InvalidOperationException("not allowed: " + reply);
    }
}
