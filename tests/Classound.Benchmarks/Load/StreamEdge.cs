using Classound.Client;
using Classound.Contracts.Calls.V1;

namespace Classound.Benchmarks.Load;

/// <summary>One duplex stream (Connect) that carries everything.</summary>
internal sealed class StreamEdge(EdgeConnection connection) : Edge
{
    public static StreamEdge To(string address) => new(new EdgeConnection([new Uri(address)], new EdgeConnectionOptions { EdgeId = "edge-1" }));

    public override Task<AuthorizeCallResponse> Authorize(AuthorizeCallRequest request) => connection.AuthorizeAsync(request);

    public override Task<StartCallResponse> Start(StartCallRequest request) => connection.StartAsync(request);

    public override Task<EndCallResponse> End(EndCallRequest request) => connection.EndAsync(request);

    public override ValueTask Close() => connection.DisposeAsync();
}
