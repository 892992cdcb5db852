using Classound.Cluster.Tests.Edges;
using Classound.Contracts.Billing.V1;

namespace Classound.Cluster.Tests.Audit;

/// <summary>
/// No call pays for an increment while one is free for certain: its allowance had room for everything that the other calls
/// settled by then had used, and that those open then can have held. A bound, not the figure: who held what in which instant
/// only the ledger knows.
/// </summary>
internal static class IncludedFirst
{
    private const int Increment = 60;

    /// <summary>Silos' clocks are stepped by 30 s: the order of what is closer together is unknown.</summary>
    private static readonly TimeSpan Blurred = TimeSpan.FromSeconds(70);

    public static IEnumerable<string> Check(WorkPbx pbx, IReadOnlyList<RatedCall> rated)
    {
        var granted = (long)pbx.UserSeconds * (pbx.PerUser ? 1 : pbx.Users);
        foreach (var pool in rated.Where(call => call.Area == 1).GroupBy(call => pbx.PerUser ? call.UserId : ""))
        {
            foreach (var call in pool.Where(call => call.Corrects.Length == 0 && call.ChargedSeconds > 0))
            {
                var taken = pool.Where(other => other.CallId != call.CallId).Sum(other => AtMost(other, call));
                if (taken + call.IncludedSeconds + Increment <= granted)
                    yield return $"{pbx.Id} {call.CallId}: {call.ChargedSeconds} s charged, with at most {taken} of {granted} s taken by others: {call}";
            }
        }
    }

    /// <summary>What an entry can have taken from the allowance when a call was settled.</summary>
    private static long AtMost(RatedCall other, RatedCall call)
    {
        var at = call.SettleTime.ToDateTime();
        if (other.AuthoriseTime.ToDateTime() > at + Blurred) return 0;
        var open = other.SettleTime.ToDateTime() > at - Blurred;
        // Grants of this workload are shorter than one increment.
        return Math.Max(open ? Increment : 0, Math.Max(0, other.IncludedSeconds));
    }
}
