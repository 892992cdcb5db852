using Grpc.Core;

namespace Classound.Cluster.Tests.Edges;

/// <summary>Tells the statuses that mean "nobody could say" from those that the product must never give to this workload.</summary>
internal static class NoAnswer
{
    public static bool Is(RpcException e) => e.StatusCode switch
    {
        StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled => true,
        // The client's own words for a connection that broke in the middle of a reply, and for one that has too many requests open.
        StatusCode.Internal or StatusCode.ResourceExhausted => e.Status.DebugException is not null,
        _ => false,
    };
}
