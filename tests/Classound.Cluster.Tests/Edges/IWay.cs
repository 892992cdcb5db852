using Classound.Contracts.Calls.V1;

namespace Classound.Cluster.Tests.Edges;

/// <summary>How requests of an edge come to the silos. Every method throws RpcException where there is no answer.</summary>
internal interface IWay
{
    /// <summary>For reports: requests of ways with the same kind are counted together.</summary>
    string Kind { get; }

    Task<AuthorizeCallResponse> Authorize(AuthorizeCallRequest request);

    Task<StartCallResponse> Start(StartCallRequest request);

    Task<ExtendCallResponse> Extend(ExtendCallRequest request);

    Task<EndCallResponse> End(EndCallRequest request);
}
