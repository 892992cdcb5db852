using Classound.Api.Validation;
using Classound.Charging;
using Classound.Charging.Allowances;
using Classound.Grains.Pbxs;
using Grpc.Core;
using Orleans;
using Wire = Classound.Contracts.Billing.V1;

namespace Classound.Api.Billing;

/// <summary>What billing systems pull: read from the store, past the grains, so that it is durable and disturbs no call.</summary>
public sealed class BillingService(IGrainFactory grains, LedgerReader ledger, TimeProvider clock) : Wire.BillingService.BillingServiceBase
{
    public override async Task<Wire.GetRatedTotalsResponse> GetRatedTotals(Wire.GetRatedTotalsRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Billing);
        var month = BillingRequests.Check(request);
        var view = await Read(request.PbxId, month, context.CancellationToken);
        if (view.Ledger is null && WasInService(view, month))
        {
            // Nothing happened in this month yet, so nothing opened it: its users, allowance and fee count all the same.
            await grains.GetGrain<IPbxGrain>(request.PbxId).Describe();
            view = await Read(request.PbxId, month, context.CancellationToken);
        }

        if (view.Ledger is null)
            throw Refusals.NotFound("MONTH_WITHOUT_TOTALS", $"PBX {request.PbxId} has no totals of {request.BillingMonth}.");
        return new Wire.GetRatedTotalsResponse { Totals = TotalsReplies.ToWire(view) };
    }

    public override async Task<Wire.ListRatedCallsResponse> ListRatedCalls(Wire.ListRatedCallsRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Billing);
        var (month, after) = BillingRequests.Check(request);
        var size = NumberFields.PageSizeOf(request.PageSize);
        var entries = await After(after, request, month, size + 1, context.CancellationToken);
        if (entries.Count == 0) await Read(request.PbxId, month, context.CancellationToken);
        FeedMetrics.Read(entries, size, clock.GetUtcNow());
        var reply = new Wire.ListRatedCallsResponse();
        reply.Calls.AddRange(entries.Take(size).Select(entry => RatedCallReplies.ToWire(entry.Call)));
        var last = entries.Count == 0 ? after : FeedPosition.Of(entries[Math.Min(size, entries.Count) - 1]);
        reply.ResumeToken = PageToken.Create(BillingRequests.ListName(request), last.ToString());
        if (entries.Count > size) reply.NextPageToken = reply.ResumeToken;
        return reply;
    }

    public override async Task<Wire.ListUnconfirmedCallsResponse> ListUnconfirmedCalls(
        Wire.ListUnconfirmedCallsRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Billing);
        var (month, after) = BillingRequests.Check(request);
        var size = NumberFields.PageSizeOf(request.PageSize);
        var all = await ledger.Unconfirmed(request.PbxId, month, context.CancellationToken);
        if (all.Count == 0) await Read(request.PbxId, month, context.CancellationToken);
        var calls = all.Where(call => string.CompareOrdinal(BillingRequests.Cursor(call), after) > 0).Take(size + 1).ToList();
        var reply = new Wire.ListUnconfirmedCallsResponse();
        reply.Calls.AddRange(calls.Take(size).Select(RatedCallReplies.ToWire));
        if (calls.Count > size) reply.NextPageToken = PageToken.Create(BillingRequests.ListName(request), BillingRequests.Cursor(calls[size - 1]));
        return reply;
    }

    public override async Task<Wire.CloseBillingMonthResponse> CloseBillingMonth(
        Wire.CloseBillingMonthRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Billing);
        var month = BillingRequests.Check(request);
        var reply = await grains.GetGrain<IPbxGrain>(request.PbxId).CloseBillingMonth(month);
        if (reply.Refusal != ProvisioningRefusal.None) throw ProvisioningRefusals.Of(reply, request.PbxId);
        var view = await Read(request.PbxId, month, context.CancellationToken);
        return new Wire.CloseBillingMonthResponse { Totals = TotalsReplies.ToWire(view) };
    }

    /// <summary>What follows a position, read from the entry at it on: where that is gone, going on would skip calls.</summary>
    private async Task<IReadOnlyList<FeedEntry>> After(
        FeedPosition position, Wire.ListRatedCallsRequest request, int month, int max, CancellationToken cancellation)
    {
        if (position == FeedPosition.Start) return await ledger.RatedCalls(request.PbxId, month, 0, max, cancellation);
        var entries = await ledger.RatedCalls(request.PbxId, month, position.Sequence - 1, max + 1, cancellation);
        if (entries is [var last, ..] && position.IsAt(last)) return [.. entries.Skip(1)];
        throw Refusals.DataLoss(request.PbxId, request.BillingMonth, ledger.PartitionOf(request.PbxId), position.Sequence);
    }

    private async Task<BillingMonthView> Read(string pbxId, int month, CancellationToken cancellation) =>
        await ledger.Month(pbxId, month, cancellation) ?? throw Refusals.PbxUnknown(pbxId);

    private bool WasInService(BillingMonthView view, int month) =>
        month >= LocalCalendar.MonthOf(view.Settings.ActiveFrom)
        && month <= new LocalCalendar(view.Settings.TimeZoneId).MonthOf(clock.GetUtcNow());
}
