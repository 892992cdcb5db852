using Classound.Charging.Calls;
using Classound.Grains.Pbxs;
using Grpc.Core;
using Wire = Classound.Contracts.Calls.V1;

namespace Classound.Api.Calls;

public sealed partial class CallService
{
    // A call that was authorised after the list was made may be older than it by two clocks: a silo's behind, the edge's ahead. What
    // is younger than this ends by its lease.
    private static readonly TimeSpan ClosingMargin = TimeSpan.FromSeconds(60);

    public override async Task<Wire.SyncCallsResponse> SyncCalls(Wire.SyncCallsRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Calls);
        CallRequests.Check(request);
        var snapshot = CallParsing.Instant(request.SnapshotTime);
        var (calls, closed) = await sync.SyncAsync(
            request.EdgeId, request.Calls.Select(call => (call.PbxId, new LiveCall(call.CallId, call.UsedSeconds))),
            snapshot, request.CloseMissing ? CloseBefore(snapshot) : null, context.CancellationToken);
        var reply = new Wire.SyncCallsResponse { ClosedCalls = closed };
        reply.Calls.AddRange(request.Calls.Select(call => Synced(call, calls[(call.PbxId, call.CallId)].Answer)));
        return reply;
    }

    private DateTimeOffset CloseBefore(DateTimeOffset snapshot)
    {
        var now = clock.GetUtcNow();
        return (snapshot < now ? snapshot : now) - ClosingMargin;
    }

    private Wire.SyncedCall Synced(Wire.LiveCall call, CallAnswer? answer)
    {
        var reply = new Wire.SyncedCall { PbxId = call.PbxId, CallId = call.CallId };
        reply.State = answer switch
        {
            { Grant: not null } => Wire.SyncedCallState.Live,
            { Settlement: not null } => Wire.SyncedCallState.Settled,
            _ => Wire.SyncedCallState.Unknown,
        };
        if (answer?.Grant is { } grant) reply.Grant = replies.Grant(grant);
        return reply;
    }
}
