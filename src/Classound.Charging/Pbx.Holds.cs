using System.Collections.Immutable;
using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Charging.Rating;

namespace Classound.Charging;

public sealed partial class Pbx
{
    /// <summary>What prices a call, without allocating.</summary>
    private readonly record struct PricingTerms(
        Tariff Tariff, int Decimals, ImmutableArray<TariffStep> Ticks, PbxLimits Limits, DateTimeOffset At)
    {
        public bool PriceTooHigh =>
            Limits.MaxPricePerMinute > Amount.Zero && Tariff.HighestPricePerMinute > Limits.MaxPricePerMinute;

        public CallRating Rate(int seconds, int available) => Rater.Rate(Tariff, Decimals, At, seconds, Ticks, available);

        public int LongestAffordable(int seconds, int available, Amount room) =>
            Rater.LongestAffordable(Tariff, Decimals, At, seconds, Ticks, available, room);
    }

    /// <summary>
    /// The longest grant up to <paramref name="target"/> seconds that allowance and caps afford, priced as one call from
    /// its start. The price of the time granted here is the price it settles at, so a grant can never break a cap.
    /// </summary>
    /// <param name="own">What the call holds already: its own to use again.</param>
    private static HoldTerms Afford(in PricingTerms terms, MonthLedger ledger, DateOnly day, int seat, int target, HoldTerms own)
    {
        var available = terms.Ticks.IsDefaultOrEmpty ? 0 : Available(ledger, seat, own.IncludedSeconds);
        var (room, limit) = terms.PriceTooHigh
            ? (Amount.Zero, DenialReason.PriceTooHigh) // included minutes still pass: the limit is on money
            : Room(terms.Limits, ledger, day, own.Money);
        var rating = terms.Rate(target, available);
        if (rating.Money <= room) return new HoldTerms(target, rating.IncludedSeconds, rating.Money, DenialReason.None);
        var seconds = terms.LongestAffordable(target, available, room);
        if (seconds == 0) return new HoldTerms(0, 0, Amount.Zero, limit);
        rating = terms.Rate(seconds, available);
        return new HoldTerms(seconds, rating.IncludedSeconds, rating.Money, limit);
    }

    private static int Available(MonthLedger ledger, int seat, int own) =>
        (int)Math.Min(int.MaxValue, (long)own + ledger.FreeSeconds(seat));

    /// <summary>Money that the tighter of the two caps leaves, and which one it is.</summary>
    private static (Amount Room, DenialReason Limit) Room(PbxLimits limits, MonthLedger ledger, DateOnly day, Amount own)
    {
        var room = new Amount(long.MaxValue);
        var limit = DenialReason.None;
        if (limits.DayCap > Amount.Zero)
        {
            var spend = ledger.Day(day);
            (room, limit) = (limits.DayCap - spend.Settled - spend.Held + own, DenialReason.DayCapReached);
        }
        if (limits.MonthCap > Amount.Zero)
        {
            var left = limits.MonthCap - ledger.SettledMoney - ledger.HeldMoney + own;
            if (left < room) (room, limit) = (left, DenialReason.MonthCapReached);
        }
        // A late correction or use above a grant may have gone past the cap: nothing is left then, not less.
        return (room < Amount.Zero ? Amount.Zero : room, limit);
    }

    private static GrantWarnings SpendWarnings(PbxLimits limits, MonthLedger ledger, DateOnly day, Amount added)
    {
        var spend = ledger.Day(day);
        return Reached(limits.DayCap, spend.Settled + spend.Held + added) | Reached(limits.MonthCap, ledger.SettledMoney + ledger.HeldMoney + added);
    }

    private static GrantWarnings Reached(Amount cap, Amount spent)
    {
        if (cap <= Amount.Zero) return GrantWarnings.None;
        var percent = (Int128)spent.Nanos * 100 / cap.Nanos;
        return percent >= 100 ? GrantWarnings.Spend100Percent
            : percent >= 80 ? GrantWarnings.Spend80Percent
            : percent >= 50 ? GrantWarnings.Spend50Percent
            : GrantWarnings.None;
    }

    private static PricingTerms TermsOf(ActiveCall call, PbxLimits limits)
    {
        var pricing = call.Pricing!;
        return new PricingTerms(pricing.Tariff, pricing.Decimals, pricing.AllowanceTicks, limits, call.AnsweredAt ?? call.BusinessTime);
    }
}
