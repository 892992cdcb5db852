using Classound.Contracts.Calls.V1;

namespace Classound.Benchmarks.Load;

/// <summary>An HTTP/2 connection, with a unary RPC for each question.</summary>
internal sealed class UnaryEdge : Edge
{
    private readonly Connections _connection;
    private readonly CallService.CallServiceClient _client;

    public UnaryEdge(string address)
    {
        _connection = new Connections([address], 1);
        _client = _connection.Clients(channel => new CallService.CallServiceClient(channel))[0];
    }

    public override Task<AuthorizeCallResponse> Authorize(AuthorizeCallRequest request) => _client.AuthorizeCallAsync(request).ResponseAsync;

    public override Task<StartCallResponse> Start(StartCallRequest request) => _client.StartCallAsync(request).ResponseAsync;

    public override Task<EndCallResponse> End(EndCallRequest request) => _client.EndCallAsync(request).ResponseAsync;

    public override ValueTask Close()
    {
        _connection.Close();
        return ValueTask.CompletedTask;
    }
}
