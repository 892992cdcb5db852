using Classound.Charging.Calls;
using Classound.Charging.Rating;

namespace Classound.Charging.Allowances;

/// <summary>One line of a billing month's totals.</summary>
public readonly record struct TotalsKey(CallDirection Direction, CallArea Area);

/// <summary>Sums over rated calls; written in the same commit as the call, so that sum(rated calls) = totals always.</summary>
public readonly record struct UsageTotals(
    long Calls, long CallSeconds, long RatedSeconds, long IncludedSeconds, long ChargedSeconds, Amount Amount)
{
    public static UsageTotals operator +(UsageTotals left, UsageTotals right) => left.Add(right);

    public UsageTotals Add(UsageTotals other) => new(
        Calls + other.Calls, CallSeconds + other.CallSeconds, RatedSeconds + other.RatedSeconds,
        IncludedSeconds + other.IncludedSeconds, ChargedSeconds + other.ChargedSeconds, Amount + other.Amount);

    /// <summary>A correction is no further call: it moves the sums, and the count stays.</summary>
    public static UsageTotals Of(RatedCall call) => new(
        call.Corrects is null ? 1 : 0, call.CallSeconds, call.RatedSeconds, call.IncludedSeconds, call.ChargedSeconds, call.Amount);
}

/// <summary>Money of one local day: settled, and held by running calls (not stored: the calls say it).</summary>
public readonly record struct DaySpend(Amount Settled, Amount Held);
