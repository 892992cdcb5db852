using System.Globalization;
using System.Numerics;
using Classound.Charging.Rating;
using CsCheck;

namespace Classound.Charging.Tests.Rating;

public sealed class RaterPropertyTests
{
    private const int Calls = 100_000;
    private const int Cases = 12_000;

    /// <summary>To the nano-unit; an amount that 64 bits cannot hold is refused by both.</summary>
    [Fact]
    public void AnyCall_CostsWhatTheNaiveRaterSays() =>
        RatingCase.Any.Sample(
            c => Outcome(() => c.Rate()) == Outcome(() => c.Naive.Rate(c.Decimals, c.CallSeconds, c.Ticks, c.Available)), iter: Calls);

    [Fact]
    public void Explanation_AddsUpToTheRating_AndTilesTheCall() =>
        RatingCase.Any.Sample(
            c =>
            {
                if (Outcome(() => c.Rate()) is not { } rating) return;
                var lines = Rater.Explain(c.Tariff, c.Decimals, c.AnsweredAt, c.CallSeconds, c.Ticks, c.Available);
                Assert.Equal(rating.Money, Round(lines.Select(l => l.ExactCost), c.Decimals));
                Assert.Equal(rating.IncludedSeconds, lines.Where(l => l.Included).Sum(l => l.ToSecond - l.FromSecond));
                Assert.Equal(c.CallSeconds == 0, lines.Count == 0);
                if (lines.Count == 0) return;
                Assert.Equal((0, rating.RatedSeconds), (lines[0].FromSecond, lines[^1].ToSecond));
                Assert.True(rating.RatedSeconds >= c.CallSeconds);
                Assert.All(lines.Zip(lines.Skip(1)), pair => Assert.Equal(pair.First.ToSecond, pair.Second.FromSecond));
                Assert.All(lines, l => Assert.Equal(l.ToSecond - l.FromSecond, l.Increments * l.IncrementSeconds));
                Assert.All(lines, l => Assert.True(l.Kind == RatedSegmentKind.ConnectFee ? l.Price > Amount.Zero : l.Increments > 0));
            },
            iter: Cases);

    [Fact]
    public void LongestAffordable_IsWhatTryingEverySecondFinds() =>
        Gen.Select(RatingCase.Any, Gen.Int[0, 400], Gen.OneOf(Gen.Long[-1, 2_000_000_000], Gen.Long[0, long.MaxValue])).Sample(
            (c, max, limit) =>
            {
                var longest = max;
                while (longest > 0 && c.Naive.Nanos(c.Decimals, longest, c.Ticks, c.Available) > limit) longest--;
                return longest == Rater.LongestAffordable(
                    c.Tariff, c.Decimals, c.AnsweredAt, max, c.Ticks, c.Available, new Amount(limit));
            },
            iter: 3_000);

    /// <summary>A fraction of a nano-unit above a limit is above it.</summary>
    [Fact]
    public void HighestPricePerMinute_IsThatOfTheDearestSecond() =>
        RatingCase.Any.Sample(
            c =>
            {
                var highest = (BigInteger)c.Tariff.HighestPricePerMinute.Nanos;
                var steps = c.Tariff.Steps.Concat(c.Tariff.Bands.SelectMany(b => b.Steps)).ToList();
                Assert.All(steps, s => Assert.True(highest == long.MaxValue || (BigInteger)s.Price.Nanos * 60 <= highest * s.PerSeconds));
                Assert.True(highest.IsZero || steps.Exists(s => (BigInteger)s.Price.Nanos * 60 > (highest - 1) * s.PerSeconds));
            },
            iter: Cases);

    [Fact]
    public void LongerCall_NeverCostsLessOrIncludesLess() =>
        Gen.Select(RatingCase.Any, Gen.Int[0, 600]).Sample(
            (c, more) =>
            {
                if (Outcome(() => c.Rate(c.CallSeconds + more)) is not { } longer) return true;
                var shorter = c.Rate();
                return shorter.Money <= longer.Money && shorter.IncludedSeconds <= longer.IncludedSeconds
                    && shorter.RatedSeconds <= longer.RatedSeconds && longer.RatedSeconds >= longer.CallSeconds;
            },
            iter: Cases);

    private static CallRating? Outcome(Func<CallRating> rate)
    {
        try
        {
            return rate();
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static Amount Round(IEnumerable<string> exactCosts, int decimals)
    {
        BigInteger numerator = 0;
        BigInteger denominator = 1;
        foreach (var parts in exactCosts.Select(cost => cost.Split('/')))
        {
            var (a, b) = (BigInteger.Parse(parts[0], CultureInfo.InvariantCulture), BigInteger.Parse(parts[1], CultureInfo.InvariantCulture));
            Assert.True(BigInteger.GreatestCommonDivisor(a, b).IsOne, "in lowest terms");
            (numerator, denominator) = (numerator * b + a * denominator, denominator * b);
        }

        var unit = denominator * BigInteger.Pow(10, 9 - decimals);
        return new Amount((long)((numerator * 2 + unit) / (unit * 2) * BigInteger.Pow(10, 9 - decimals)));
    }
}
