using System.Globalization;
using System.Numerics;
using Classound.Charging.Rating;
using CsCheck;

namespace Classound.Charging.Tests.Rating;

public sealed class RaterPropertyTests
{
    private const int Cases = 12_000;

    [Fact]
    public void AnyCall_CostsWhatTheNaiveRaterSays() =>
        RatingCase.Any.Sample(
            c => c.Rate() == new NaiveRater(c.Tariff, c.AnsweredAt).Rate(c.Decimals, c.CallSeconds, c.Ticks, c.Available), iter: Cases);

    [Fact]
    public void Explanation_AddsUpToTheRating() =>
        RatingCase.Any.Sample(
            c =>
            {
                var rating = c.Rate();
                var lines = Rater.Explain(c.Tariff, c.Decimals, c.AnsweredAt, c.CallSeconds, c.Ticks, c.Available);
                Assert.Equal(rating.Money, Round(lines.Select(l => l.ExactCost), c.Decimals));
                Assert.Equal(rating.IncludedSeconds, lines.Where(l => l.Included).Sum(l => l.ToSecond - l.FromSecond));
                Assert.Equal(rating.RatedSeconds, lines.Count == 0 ? 0 : lines[^1].ToSecond);
                Assert.All(lines.Zip(lines.Skip(1)), pair => Assert.Equal(pair.First.ToSecond, pair.Second.FromSecond));
                Assert.All(lines, l => Assert.Equal(l.ToSecond - l.FromSecond, l.Increments * l.IncrementSeconds));
            },
            iter: Cases);

    [Fact]
    public void LongestAffordable_IsWhatTryingEverySecondFinds() =>
        Gen.Select(RatingCase.Any, Gen.Int[0, 400], Gen.Long[-1, 2_000_000_000]).Sample(
            (c, max, limit) =>
            {
                var longest = 0;
                for (var seconds = 1; seconds <= max; seconds++)
                    if (c.Rate(seconds).Money.Nanos <= limit) longest = seconds;
                return longest == Rater.LongestAffordable(
                    c.Tariff, c.Decimals, c.AnsweredAt, max, c.Ticks, c.Available, new Amount(limit));
            },
            iter: 2_000);

    [Fact]
    public void LongerCall_NeverCostsLessOrIncludesLess() =>
        Gen.Select(RatingCase.Any, Gen.Int[0, 600]).Sample(
            (c, more) =>
            {
                var (shorter, longer) = (c.Rate(), c.Rate(c.CallSeconds + more));
                return shorter.Money <= longer.Money && shorter.IncludedSeconds <= longer.IncludedSeconds
                    && shorter.RatedSeconds <= longer.RatedSeconds && longer.RatedSeconds >= longer.CallSeconds;
            },
            iter: Cases);

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
