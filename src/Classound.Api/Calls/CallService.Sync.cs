using Classound.Charging.Calls;
using Classound.Grains.Pbxs;
using Grpc.Core;
using Wire = Classound.Contracts.Calls.V1;

namespace Classound.Api.Calls;

public sealed partial class CallService
{
    public override async Task<Wire.SyncCallsResponse> SyncCalls(Wire.SyncCallsRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Calls);
        CallRequests.Check(request);
        var snapshot = request.SnapshotTime.ToDateTimeOffset();
        var (calls, closed) = await sync.SyncAsync(
            request.EdgeId, request.Calls.Select(call => (call.PbxId, new LiveCall(call.CallId, call.UsedSeconds))),
            snapshot, request.CloseMissing ? CloseBefore(snapshot) : null, context.CancellationToken);
        var reply = new Wire.SyncCallsResponse { ClosedCalls = closed };
        reply.Calls.AddRange(request.Calls.Select(call => Synced(call, calls[(call.PbxId, call.CallId)].Answer)));
        return reply;
    }

    // The list may have been made just before a call was authorised by our clock, and the edge's may be ahead.
    private DateTimeOffset CloseBefore(DateTimeOffset snapshot)
    {
        var now = clock.GetUtcNow();
        return (snapshot < now ? snapshot : now) - Charging.Pbx.ClockTolerance;
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
