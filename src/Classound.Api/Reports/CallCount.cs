using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Wire = Classound.Contracts.Reports.V1;

namespace Classound.Api.Reports;

/// <summary>Counts and sums over rated calls, by the same rule as a billing month's totals.</summary>
/// <param name="Totals">As billing has them.</param>
/// <param name="Answered">Calls that lasted.</param>
public readonly record struct CallCount(UsageTotals Totals, long Answered)
{
    public CallCount With(RatedCall call) => new(Totals + UsageTotals.Of(call), Answered + AnsweredIn(call));

    public static CallCount operator +(CallCount left, CallCount right) => left.Add(right);

    public CallCount Add(CallCount other) => new(Totals + other.Totals, Answered + other.Answered);

    public Wire.CallStatistics ToWire(string key)
    {
        var reply = new Wire.CallStatistics
        {
            Key = key,
            Calls = Totals.Calls,
            AnsweredCalls = Answered,
            CallSeconds = Totals.CallSeconds,
            RatedSeconds = Totals.RatedSeconds,
            IncludedSeconds = Totals.IncludedSeconds,
            ChargedSeconds = Totals.ChargedSeconds,
            ChargeNanos = Totals.Amount.Nanos,
        };
        if (Totals.Calls > 0 && Answered >= 0 && Answered <= Totals.Calls)
            reply.AnswerSeizurePerMille = (int)(Answered * 1000 / Totals.Calls);
        if (Answered > 0 && Totals.CallSeconds >= 0) reply.AverageCallSeconds = (Totals.CallSeconds + (Answered / 2)) / Answered;
        return reply;
    }

    /// <summary>1 for a call that lasted. A correction may find that one did, or did not, which was settled otherwise.</summary>
    private static int AnsweredIn(RatedCall call) => call.Corrects is { } first
        ? Lasted(first.DurationMs + call.DurationMs) - Lasted(first.DurationMs)
        : Lasted(call.DurationMs);

    private static int Lasted(long durationMs) => durationMs > 0 ? 1 : 0;
}
