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
    public static RpcException Unavailable(string why) => new Status
    {
        Code = (int)Code.Unavailable,
        Message = $"No answer, repeat the same request: {why}",
        Details = { Any.Pack(new RetryInfo { RetryDelay = RetryDelay }) },
    }.ToRpcException();

    /// <summary>DEADLINE_EXCEEDED: the same, for one request only.</summary>
    public static RpcException TimedOut() => Error(StatusCode.DeadlineExceeded, "No answer in time; repeat the same request.");

    public static RpcException Error(StatusCode code, string message) => new(new Grpc.Core.Status(code, message));
}
