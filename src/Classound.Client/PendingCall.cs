using Classound.Contracts.Calls.V1;
using Grpc.Core;

namespace Classound.Client;

/// <summary>A request from the time it got its place until it is answered, or its stream is lost.</summary>
internal abstract class PendingCall(EdgeRequest request, bool isReport, long deadline)
{
    public EdgeRequest Request { get; } = request;

    /// <summary>Whether it tells what has happened; otherwise it asks for a decision.</summary>
    public bool IsReport { get; } = isReport;

    /// <summary>Timestamp after which nobody waits any more. It keeps its place: the service may still work on it.</summary>
    public long Deadline { get; } = deadline;

    /// <summary>Timestamp at which it was given to its stream.</summary>
    public long SentAt { get; set; }

    /// <summary>On the wire, in bytes.</summary>
    public int Size { get; } = request.CalculateSize();

    /// <summary>Only the first answer or failure counts.</summary>
    public abstract void Answer(EdgeResponse response);

    /// <returns>False where it was answered, or had failed, before.</returns>
    public abstract bool Fail(RpcException why);
}

/// <param name="request">As it is sent.</param>
/// <param name="isReport">See <see cref="PendingCall.IsReport"/>.</param>
/// <param name="deadline">See <see cref="PendingCall.Deadline"/>.</param>
/// <param name="pick">The answer of this kind of request; null where the service gave another.</param>
internal sealed class PendingCall<T>(EdgeRequest request, bool isReport, long deadline, Func<EdgeResponse, T?> pick)
    : PendingCall(request, isReport, deadline)
    where T : class
{
    // The loop that reads answers must not run what callers do with them.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => _answer.Task;

    public override void Answer(EdgeResponse response)
    {
        if (pick(response) is { } answer) _answer.TrySetResult(answer);
        else if (response.Error is { } error) _answer.TrySetException(error.ToRpcException());
        else _answer.TrySetException(Losses.Error(StatusCode.Internal, $"The service answered with {response.ResponseCase}."));
    }

    public override bool Fail(RpcException why) => _answer.TrySetException(why);
}
