using Classound.Client;
using Classound.Contracts.Calls.V1;

namespace Classound.Cluster.Tests.Edges;

/// <summary>All requests on one stream, which moves to another silo when its own says GO_AWAY or is lost.</summary>
internal sealed class StreamWay(EdgeConnection connection) : IWay
{
    public string Kind => "stream";

    public Task<AuthorizeCallResponse> Authorize(AuthorizeCallRequest request) => connection.AuthorizeAsync(request);

    public Task<StartCallResponse> Start(StartCallRequest request) => connection.StartAsync(request);

    public Task<ExtendCallResponse> Extend(ExtendCallRequest request) => connection.ExtendAsync(request);

    public Task<EndCallResponse> End(EndCallRequest request) => connection.EndAsync(request);
}
