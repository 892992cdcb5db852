using System.Collections.Immutable;
using System.Globalization;

namespace Classound.Charging.Rating;

/// <summary>
/// Prices calls. Pure: the same arguments always give the same answer, so an authorisation, its holds, the settlement
/// and an explanation a year later agree.
/// </summary>
public static class Rater
{
    /// <summary>
    /// What a call of <paramref name="callSeconds"/> comes to. The allowance pays first, in
    /// <paramref name="allowanceTicks"/> (the increments of the Area 1 row) and only whole ones; money starts where the
    /// last included increment ends, while elapsed time goes on counting for later steps. A call of 0 s costs nothing.
    /// </summary>
    /// <param name="tariff">What the destination costs.</param>
    /// <param name="decimals">The price list's decimals, 0 to 9; the exact sum is rounded to them once, half up.</param>
    /// <param name="answeredAt">Decides the bands; without bands it has no effect.</param>
    /// <param name="callSeconds">Length of the call, 0 or more.</param>
    /// <param name="allowanceTicks">Default or empty: no allowance.</param>
    /// <param name="availableIncludedSeconds">Included seconds this call may use; 0 or less: none.</param>
    /// <exception cref="OverflowException">The amount does not fit 64 bits.</exception>
    public static CallRating Rate(
        Tariff tariff,
        int decimals,
        DateTimeOffset answeredAt,
        int callSeconds,
        ImmutableArray<TariffStep> allowanceTicks,
        int availableIncludedSeconds)
    {
        var (nanos, rated, included) = Sum(tariff, decimals, answeredAt, callSeconds, allowanceTicks, availableIncludedSeconds);
        return new CallRating(callSeconds, (int)rated, (int)included, new Amount((long)nanos));
    }

    /// <summary>
    /// The longest call, up to <paramref name="maxSeconds"/>, whose money is at most <paramref name="moneyLimit"/>; 0 when
    /// not even its first second is.
    /// </summary>
    public static int LongestAffordable(
        Tariff tariff,
        int decimals,
        DateTimeOffset answeredAt,
        int maxSeconds,
        ImmutableArray<TariffStep> allowanceTicks,
        int availableIncludedSeconds,
        Amount moneyLimit)
    {
        if (Affordable(maxSeconds)) return maxSeconds;
        // A longer call never costs less: it has the same increments and more.
        var affordable = 0;
        var tooDear = maxSeconds;
        while (tooDear - affordable > 1)
        {
            var middle = affordable + (tooDear - affordable) / 2;
            if (Affordable(middle)) affordable = middle;
            else tooDear = middle;
        }

        return affordable;

        // In 128 bits: what does not fit an amount is too dear, and no fault.
        bool Affordable(int seconds) =>
            Sum(tariff, decimals, answeredAt, seconds, allowanceTicks, availableIncludedSeconds).Nanos <= moneyLimit.Nanos;
    }

    /// <summary>The lines whose exact costs add up to what <see cref="Rate"/> rounds, in the order of the call.</summary>
    public static IReadOnlyList<RatedSegment> Explain(
        Tariff tariff,
        int decimals,
        DateTimeOffset answeredAt,
        int callSeconds,
        ImmutableArray<TariffStep> allowanceTicks,
        int availableIncludedSeconds) =>
        Explain(tariff, decimals, answeredAt, callSeconds, allowanceTicks, availableIncludedSeconds, int.MaxValue, out _);

    /// <summary>
    /// The first lines alone: years of a tariff whose bands change several times a day have tens of thousands.
    /// </summary>
    /// <param name="most">Lines to give at most.</param>
    /// <param name="leftOut">How many more there are.</param>
    /// <inheritdoc cref="Explain(Tariff, int, DateTimeOffset, int, ImmutableArray{TariffStep}, int)"/>
    public static IReadOnlyList<RatedSegment> Explain(
        Tariff tariff,
        int decimals,
        DateTimeOffset answeredAt,
        int callSeconds,
        ImmutableArray<TariffStep> allowanceTicks,
        int availableIncludedSeconds,
        int most,
        out int leftOut)
    {
        ArgumentNullException.ThrowIfNull(tariff);
        CheckDecimals(decimals);
        leftOut = 0;
        var walk = new RatingWalk(tariff, answeredAt, callSeconds, allowanceTicks, availableIncludedSeconds);
        var segments = new List<RatedSegment>();
        if (!walk.MoveNext(out var line)) return segments;
        while (walk.MoveNext(out var run))
        {
            if (line.TryExtend(run, out var longer))
            {
                line = longer;
                continue;
            }

            if (segments.Count < most) segments.Add(Line(line, tariff.CostDenominator));
            else leftOut++;
            line = run;
        }

        if (segments.Count < most) segments.Add(Line(line, tariff.CostDenominator));
        else leftOut++;
        return segments;
    }

    private static (Int128 Nanos, long Rated, long Included) Sum(
        Tariff tariff,
        int decimals,
        DateTimeOffset answeredAt,
        int callSeconds,
        ImmutableArray<TariffStep> allowanceTicks,
        int availableIncludedSeconds)
    {
        ArgumentNullException.ThrowIfNull(tariff);
        var walk = new RatingWalk(tariff, answeredAt, callSeconds, allowanceTicks, availableIncludedSeconds);
        Int128 cost = 0;
        long rated = 0;
        long included = 0;
        while (walk.MoveNext(out var run))
        {
            cost += run.Cost(tariff.CostDenominator);
            rated = run.ToSecond;
            if (run.Kind == RatedSegmentKind.Included) included = run.ToSecond;
        }

        return (RoundHalfUp(cost, tariff.CostDenominator, decimals), rated, included);
    }

    private static RatedSegment Line(in RatingRun run, long denominator)
    {
        var charged = run.Kind == RatedSegmentKind.Charged;
        return new RatedSegment(
            run.Kind,
            (int)run.FromSecond,
            (int)run.ToSecond,
            (int)run.Increments,
            run.Step?.IncrementSeconds ?? 0,
            charged ? run.Step!.Price : run.Fee,
            charged ? run.Step!.PerSeconds : 0,
            run.Band == WeekMap.NoBand ? null : run.Band,
            FractionText(run.Cost(denominator), denominator));
    }

    private static string FractionText(Int128 numerator, Int128 denominator)
    {
        var (a, b) = (numerator, denominator);
        while (b != 0) (a, b) = (b, a % b);
        return string.Create(CultureInfo.InvariantCulture, $"{numerator / a}/{denominator / a}");
    }

    private static Int128 RoundHalfUp(Int128 numerator, long denominator, int decimals)
    {
        CheckDecimals(decimals);
        long quantum = 1;
        for (var i = decimals; i < Amount.MaxDecimals; i++) quantum *= 10;
        var unit = (Int128)denominator * quantum;
        var quanta = (numerator * 2 + unit) / (unit * 2);
        return quanta * quantum;
    }

    private static void CheckDecimals(int decimals)
    {
        if (decimals is < 0 or > Amount.MaxDecimals)
            throw new ArgumentOutOfRangeException(nameof(decimals), decimals, "Expected 0 to 9 decimals.");
    }
}
