using Classound.Contracts.Calls.V1;

namespace Classound.Benchmarks.Load;

/// <summary>One connection of an edge, and how it asks.</summary>
internal abstract class Edge
{
    public abstract Task<AuthorizeCallResponse> Authorize(AuthorizeCallRequest request);

    public abstract Task<StartCallResponse> Start(StartCallRequest request);

    public abstract Task<EndCallResponse> End(EndCallRequest request);

    public abstract ValueTask Close();
}
