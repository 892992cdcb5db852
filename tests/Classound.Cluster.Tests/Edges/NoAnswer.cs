using Grpc.Core;

namespace Classound.Cluster.Tests.Edges;

/// <summary>Tells the statuses that mean "nobody could say" from those that the product must never give to this workload.</summary>
internal static class NoAnswer
{
    public static bool Is(RpcException e) => e.StatusCode switch
    {
        StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled => true,
        // The client's own word for a connection that broke in the middle of a reply.
        StatusCode.Internal => e.Status.DebugException is not null,
        _ => false,
    };
}
