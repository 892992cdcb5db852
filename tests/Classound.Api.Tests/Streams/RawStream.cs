using Classound.Contracts.Calls.V1;
using Grpc.Core;

namespace Classound.Api.Tests.Streams;

/// <summary>A stream as an edge without our client has it: every message is the test's own.</summary>
internal sealed class RawStream(CallService.CallServiceClient client) : IDisposable
{
    private readonly AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> _call = client.Connect();

    /// <summary>Answers in the order in which they came, and whether GO_AWAY has come.</summary>
    public List<EdgeResponse> Answers { get; } = [];

    public bool ToldToGo { get; private set; }

    public static async Task<RawStream> Open(CallService.CallServiceClient client, string edgeId = "edge-1")
    {
        var stream = new RawStream(client);
        await stream._call.RequestStream.WriteAsync(new ConnectRequest { Hello = new EdgeHello { EdgeId = edgeId } });
        await stream._call.ResponseHeadersAsync;
        return stream;
    }

    public Task Send(params IEnumerable<EdgeRequest> requests) => _call.RequestStream.WriteAsync(new ConnectRequest { Requests = { requests } });

    public Task HalfClose() => _call.RequestStream.CompleteAsync();

    /// <summary>Reads until there are so many answers in all.</summary>
    public async Task Until(int answers)
    {
        while (Answers.Count < answers) Assert.True(await ReadMessage(), $"the stream ended after {Answers.Count} answers");
    }

    public async Task UntilToldToGo()
    {
        while (!ToldToGo) Assert.True(await ReadMessage(), "the stream ended without GO_AWAY");
    }

    /// <summary>Reads to the stream's end.</summary>
    public async Task UntilEnd()
    {
        while (await ReadMessage())
        {
            // everything is kept
        }
    }

    public EdgeResponse Answer(ulong correlationId) => Assert.Single(Answers, answer => answer.CorrelationId == correlationId);

    public void Dispose() => _call.Dispose();

    private async Task<bool> ReadMessage()
    {
        if (!await _call.ResponseStream.MoveNext()) return false;
        var message = _call.ResponseStream.Current;
        Answers.AddRange(message.Responses);
        ToldToGo |= message.GoAway is not null;
        return true;
    }
}
