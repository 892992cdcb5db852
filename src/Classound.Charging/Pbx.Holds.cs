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

        /// <summary>
        /// Whether a call of this rating stays within the room that limits leave. With none left only what costs nothing
        /// passes: an amount that merely rounds to 0 would let endless short calls past a reached cap.
        /// </summary>
        public bool Passes(CallRating rating, Amount room) =>
            room > Amount.Zero
                ? rating.Money <= room
                : rating.ChargedSeconds == 0 || (rating.Money == Amount.Zero && Tariff.HighestPricePerMinute == Amount.Zero);

        /// <summary>The longest call up to a number of seconds that passes, 0 when not even its first second does.</summary>
        public int LongestWithin(CallRating whole, int seconds, int available, Amount room)
        {
            if (room > Amount.Zero) return Rater.LongestAffordable(Tariff, Decimals, At, seconds, Ticks, available, room);
            var included = Math.Min(seconds, whole.IncludedSeconds);
            return Passes(Rate(included, available), room) ? included : 0;
        }
    }

    /// <summary>
    /// The longest grant up to <paramref name="target"/> seconds that allowance and caps afford, priced as one call from
    /// its start. The price of the time granted here is the price it settles at, so a grant can never break a cap.
    /// </summary>
    /// <param name="own">What the call holds already: its own to use again.</param>
    private static HoldTerms Afford(in PricingTerms terms, MonthLedger ledger, DateOnly day, int seat, int target, HoldTerms own)
    {
        var available = terms.Ticks.IsDefaultOrEmpty ? 0 : Available(ledger, seat, own.IncludedSeconds);
        var dayRoom = RoomOfDay(terms.Limits, ledger, day, own.Money);
        var monthRoom = RoomOfMonth(terms.Limits, ledger, own.Money);
        var (room, limit) =
            terms.PriceTooHigh ? (Amount.Zero, DenialReason.PriceTooHigh) // included minutes still pass: the limit is on money
            : monthRoom < dayRoom ? (monthRoom, DenialReason.MonthCapReached) : (dayRoom, DenialReason.DayCapReached);
        var rating = terms.Rate(target, available);
        if (terms.Passes(rating, room)) return new HoldTerms(target, rating.IncludedSeconds, rating.Money, DenialReason.None);
        var seconds = terms.LongestWithin(rating, target, available, room);
        if (seconds == 0)
        {
            // Where each cap alone refuses, the reason that comes first is the answer, whichever leaves less.
            if (limit == DenialReason.MonthCapReached && !terms.Passes(terms.Rate(1, available), dayRoom)) limit = DenialReason.DayCapReached;
            return new HoldTerms(0, 0, Amount.Zero, limit);
        }
        rating = terms.Rate(seconds, available);
        return new HoldTerms(seconds, rating.IncludedSeconds, rating.Money, limit);
    }

    private static int Available(MonthLedger ledger, int seat, int own) =>
        (int)Math.Min(int.MaxValue, (long)own + ledger.FreeSeconds(seat));

    // A late settlement or use above a grant may have gone past a cap: nothing is left then, not less.
    private static Amount RoomOfDay(PbxLimits limits, MonthLedger ledger, DateOnly day, Amount own)
    {
        if (limits.DayCap <= Amount.Zero) return new Amount(long.MaxValue);
        var spend = ledger.Day(day);
        return AtLeastZero(limits.DayCap - spend.Settled - spend.Held + own);
    }

    private static Amount RoomOfMonth(PbxLimits limits, MonthLedger ledger, Amount own) => limits.MonthCap <= Amount.Zero
        ? new Amount(long.MaxValue)
        : AtLeastZero(limits.MonthCap - ledger.SettledMoney - ledger.HeldMoney + own);

    private static Amount AtLeastZero(Amount amount) => amount < Amount.Zero ? Amount.Zero : amount;

    private const GrantWarnings AnySpendWarning =
        GrantWarnings.Spend50Percent | GrantWarnings.Spend80Percent | GrantWarnings.Spend100Percent;

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
