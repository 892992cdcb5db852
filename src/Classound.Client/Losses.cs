using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Google.Rpc.Status;

namespace Classound.Client;

/// <summary>How requests fail that got no answer. Made anew for each: an exception is thrown by one caller only.</summary>
internal static class Losses
{
    private static readonly Duration RetryDelay = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(250));

    /// <summary>UNAVAILABLE: whether it was done is unknown, so the same request is to be repeated.</summary>
    /// <param name="why">For people.</param>
    /// <param name="cause">In the status, where known.</param>
    public static RpcException Unavailable(string why, Exception? cause)
    {
        var message = $"No answer; repeat the same request. {why}";
        var status = new Status { Code = (int)Code.Unavailable, Message = message, Details = { Any.Pack(new RetryInfo { RetryDelay = RetryDelay }) } };
        return new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, message, cause), status.ToRpcException().Trailers);
    }

    /// <summary>DEADLINE_EXCEEDED: the same, for one request only.</summary>
    public static RpcException TimedOut() => Error(StatusCode.DeadlineExceeded, "No answer in time; repeat the same request.");

    public static RpcException Error(StatusCode code, string message) => new(new Grpc.Core.Status(code, message));
}
