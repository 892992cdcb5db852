using Classound.Contracts.Calls.V1;
using Grpc.Core;

namespace Classound.Cluster.Tests.Edges;

/// <summary>One RPC for each request, with a deadline.</summary>
internal sealed class UnaryWay(string kind, ChannelBase channel) : IWay
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1.5);

    private readonly CallService.CallServiceClient _calls = new(channel);

    public string Kind => kind;

    private static DateTime Deadline => DateTime.UtcNow + Timeout;

    public Task<AuthorizeCallResponse> Authorize(AuthorizeCallRequest request) => _calls.AuthorizeCallAsync(request, deadline: Deadline).ResponseAsync;

    public Task<StartCallResponse> Start(StartCallRequest request) => _calls.StartCallAsync(request, deadline: Deadline).ResponseAsync;

    public Task<ExtendCallResponse> Extend(ExtendCallRequest request) => _calls.ExtendCallAsync(request, deadline: Deadline).ResponseAsync;

    public Task<EndCallResponse> End(EndCallRequest request) => _calls.EndCallAsync(request, deadline: Deadline).ResponseAsync;
}
