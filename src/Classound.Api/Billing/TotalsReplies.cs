using Classound.Charging.Allowances;
using Classound.Grains.Pbxs;
using Wire = Classound.Contracts.Billing.V1;

namespace Classound.Api.Billing;

/// <summary>A billing month as a reply.</summary>
public static class TotalsReplies
{
    public static Wire.RatedTotals ToWire(BillingMonthView view)
    {
        var reply = new Wire.RatedTotals
        {
            PbxId = view.Settings.Id,
            BillingMonth = RatedCallReplies.Month(view.Month),
            State = view.Closed ? Wire.BillingMonthState.Closed : Wire.BillingMonthState.Open,
            CurrencyCode = view.Settings.Currency,
            Sum = new Wire.RatedTotalsRow(),
        };
        if (view.Ledger is not { } ledger) return reply;
        reply.Users = ledger.Users;
        reply.PlanCode = ledger.Plan?.Code ?? "";
        reply.PlanEffectiveDate = ledger.Plan is { } plan ? RatedCallReplies.Day(plan.EffectiveFrom) : "";
        reply.FlatFeeNanos = ledger.FlatFee?.Nanos ?? 0;
        reply.IncludedSecondsGranted = ledger.GrantedSeconds;
        reply.IncludedSecondsUsed = ledger.UsedSeconds;
        reply.IncludedSecondsHeld = ledger.HeldSeconds;
        AddRows(reply, ledger);
        return reply;
    }

    private static void AddRows(Wire.RatedTotals reply, MonthLedger ledger)
    {
        var sum = default(UsageTotals);
        foreach (var (key, totals) in ledger.Totals.OrderBy(row => row.Key.Direction).ThenBy(row => row.Key.Area))
        {
            var row = Row(totals);
            row.Direction = RatedCallReplies.Direction(key.Direction);
            row.Area = (int)key.Area;
            reply.Rows.Add(row);
            sum += totals;
        }

        reply.Sum = Row(sum);
    }

    private static Wire.RatedTotalsRow Row(UsageTotals totals) => new()
    {
        Calls = totals.Calls,
        CallSeconds = totals.CallSeconds,
        RatedSeconds = totals.RatedSeconds,
        IncludedSeconds = totals.IncludedSeconds,
        ChargedSeconds = totals.ChargedSeconds,
        ChargeNanos = totals.Amount.Nanos,
    };
}
