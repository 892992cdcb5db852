using Classound.Contracts.Billing.V1;
using Classound.Contracts.Provisioning.V1;

namespace Classound.Cluster.Tests.Audit;

/// <summary>Used minutes and money of a PBX's month against the calls that used them: granted = used + held + free stands on it.</summary>
internal static class UsageOf
{
    /// <summary>Null, or how they differ.</summary>
    /// <param name="counts">Of the PBX's present month.</param>
    /// <param name="rated">Of every billing month in which a call of the usage month may be billed, corrections included.</param>
    public static string? Difference(PbxLiveCounts counts, IEnumerable<RatedCall> rated)
    {
        var sum = Sums.Of(rated.Where(call => call.UsageMonth == counts.UsageMonth));
        return (sum.IncludedSeconds, sum.Nanos) == (counts.IncludedSecondsUsed, counts.UsedNanos)
            ? null
            : $"the calls of {counts.UsageMonth} used {sum.IncludedSeconds} s and {sum.Nanos}, the counts say {counts}";
    }
}
