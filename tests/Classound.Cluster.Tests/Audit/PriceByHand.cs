using Classound.Cluster.Tests.Edges;
using Classound.Contracts.Billing.V1;

namespace Classound.Cluster.Tests.Audit;

/// <summary>What a call of the workload must come to, worked out the way one would on paper.</summary>
internal static class PriceByHand
{
    private const long NanosPerArea1Minute = 20_000_000;
    private const long NanosPerArea2Second = 1_000_000;

    /// <summary>Null, or what is wrong with the settlement.</summary>
    public static string? Check(EdgeCall call, RatedCall settled)
    {
        var end = call.End!;
        var seconds = (int)((end.DurationMs + 999) / 1000);
        var area = call.Plan.Ask.Direction == CallDirection.Inbound ? 0 : call.Plan.Ask.Called.StartsWith("+33", StringComparison.Ordinal) ? 2 : 1;
        var rated = area switch { 1 => (seconds + 59) / 60 * 60, 2 => seconds, _ => 0 };
        var nanos = area switch
        {
            1 => settled.ChargedSeconds / 60 * NanosPerArea1Minute,
            2 => settled.ChargedSeconds * NanosPerArea2Second,
            _ => 0,
        };
        if (settled.DurationMs != end.DurationMs || settled.CallSeconds != seconds) return $"{seconds} s were reported, not {settled.CallSeconds}";
        if (settled.Area != area || settled.RatedSeconds != rated) return $"area {area} rates {rated} s, not area {settled.Area} {settled.RatedSeconds} s";
        if (settled.IncludedSeconds + settled.ChargedSeconds != rated && area != 0) return "included and charged are not the rated seconds";
        if (area == 1 && settled.IncludedSeconds % 60 != 0) return "an increment was split";
        if (area != 1 && settled.IncludedSeconds != 0) return "only Area 1 has an allowance";
        if (settled.Charges.Sum(charge => charge.AmountNanos) != nanos) return $"it costs {nanos}, not {settled.Charges.Sum(charge => charge.AmountNanos)}";
        return GrantKept(call, settled, rated);
    }

    /// <summary>Minutes that were granted as minutes settle as minutes, unless the lease closed the call before.</summary>
    private static string? GrantKept(EdgeCall call, RatedCall settled, int rated)
    {
        if (call.Grant is not { } grant || settled.SettleTime > grant.LeaseEndTime) return null;
        if (settled.Flags.Any(flag => flag is RatedCallFlag.AfterExpiry or RatedCallFlag.Corrected)) return null;
        return settled.IncludedSeconds < Math.Min(rated, grant.IncludedSeconds)
            ? $"{grant.IncludedSeconds} s were granted from the allowance, {settled.IncludedSeconds} s settled from it"
            : null;
    }
}
