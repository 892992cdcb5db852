using Classound.Contracts.Billing.V1;

namespace Classound.Cluster.Tests.Audit;

internal readonly record struct Sums(long CallSeconds, long RatedSeconds, long IncludedSeconds, long ChargedSeconds, long Nanos)
{
    public static Sums Of(RatedCall call) => new(
        call.CallSeconds, call.RatedSeconds, call.IncludedSeconds, call.ChargedSeconds, call.Charges.Sum(charge => charge.AmountNanos));

    public static Sums Of(RatedTotals totals) => totals.Sum is not { } sum
        ? default
        : new(sum.CallSeconds, sum.RatedSeconds, sum.IncludedSeconds, sum.ChargedSeconds, sum.ChargeNanos);

    public static Sums Of(IEnumerable<RatedCall> calls) => calls.Aggregate(default(Sums), (sum, call) => sum + Of(call));

    public static Sums operator +(Sums a, Sums b) => new(
        a.CallSeconds + b.CallSeconds, a.RatedSeconds + b.RatedSeconds, a.IncludedSeconds + b.IncludedSeconds,
        a.ChargedSeconds + b.ChargedSeconds, a.Nanos + b.Nanos);
}
