using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Classound.Charging.Rating;
using Xunit.Abstractions;

namespace Classound.Charging.Tests.Rating;

/// <summary>
/// The work of a rating is that of its segments, however long the call and however short its increments: other engines took
/// 15 GB for one request, or a processor for each call that crossed from peak to off-peak.
/// </summary>
public sealed class RatingWorkTests(ITestOutputHelper output)
{
    /// <summary>3,650 days in seconds.</summary>
    public const int TenYears = 3_650 * Day;

    private const int Day = 86_400;

    // Monday 2026-01-05 00:00 in Berlin. 3,650 days later it is Thursday 2036-01-03 00:00: 521 weeks and three days.
    private static readonly DateTimeOffset Monday = new(2026, 1, 4, 23, 0, 0, TimeSpan.Zero);

    private static readonly ImmutableArray<TariffStep> BySecond = [new(0, new Amount(10_000_000), 60, 1)];

    private static readonly TariffBand Office = new(WeekDays.Workdays, 8 * 60, 18 * 60, Amount.Zero, Steps(10));

    [Fact]
    public void TenYearsBySecond_AreOneRun()
    {
        var tariff = Tariff.Create(Amount.Zero, 0, BySecond);
        Assert.Equal(1, Runs(tariff, TenYears, default, 0));
        var expected = new CallRating(TenYears, TenYears, 0, new Amount(52_560_000_000_000)); // 5,256,000 minutes at 0.01
        Assert.Equal(expected, Rater.Rate(tariff, 4, Monday, TenYears, default, 0));
    }

    [Fact]
    public void StepsAllowanceAndFee_AreARunEach()
    {
        ImmutableArray<TariffStep> steps = [.. Enumerable.Range(0, 16).Select(i => new TariffStep(i * 60, new Amount(16 - i), 60, 1))];
        var tariff = Tariff.Create(new Amount(5), 0, steps);
        Assert.Equal(17, Runs(tariff, TenYears, default, 0));
        // Two years of included minutes carry the call beyond all steps but the last.
        Assert.Equal(3, Runs(tariff, TenYears, [new TariffStep(0, Amount.Zero, 1, 60)], 730 * Day));
    }

    [Fact]
    public void TenYearsOfBands_AreTheirSegments_AndTheDaysLookedAt()
    {
        var tariff = Tariff.Create(Amount.Zero, 0, Steps(1), [Office], "Europe/Berlin");
        const int OfficeDays = 521 * 5 + 3;
        var lines = Rater.Explain(tariff, 4, Monday, TenYears, default, 0);
        // Each day's office hours, what is between them, the first morning and the last evening.
        Assert.Equal(OfficeDays * 2 + 1, lines.Count);
        Assert.InRange(Runs(tariff, TenYears, default, 0), lines.Count, lines.Count + 3_650);
        const long OfficeSeconds = OfficeDays * 36_000L;
        var money = new Amount((OfficeSeconds * 10 + (TenYears - OfficeSeconds)) * 1_000_000_000);
        Assert.Equal(new CallRating(TenYears, TenYears, 0, money), Rater.Rate(tariff, 4, Monday, TenYears, default, 0));
    }

    [Fact]
    public void LongestCallThereIs_IsRated()
    {
        var tariff = Tariff.Create(Amount.Zero, 0, BySecond);
        Assert.Equal(int.MaxValue, Rater.Rate(tariff, 4, Monday, int.MaxValue, default, 0).RatedSeconds);
        // Its last increment would end where no second is counted any more.
        Assert.Throws<OverflowException>(() => Rater.Rate(
            Tariff.Create(Amount.Zero, 0, [BySecond[0] with { IncrementSeconds = 14_400 }]), 4, Monday, int.MaxValue, default, 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(9)]
    public void HardestFractionsOfTenYears_AreExact(int decimals)
    {
        // 13999 x 13997 x 5 = 979,720,015: just below the largest common denominator, and the sum just below 64 bits.
        ImmutableArray<TariffStep> steps =
        [
            new(0, new Amount(7), 13_997, 3_600), new(7_200, new Amount(3), 5, 7_200), new(14_400, new Amount(409_000_000_000_001), 13_999, 14_399),
        ];
        var tariff = Tariff.Create(new Amount(1), 0, steps);
        var rating = Rater.Rate(tariff, decimals, Monday, TenYears, default, 0);
        Assert.Equal(new NaiveRater(tariff, Monday).Rate(decimals, TenYears, default, 0), rating);
        Assert.InRange(rating.Money.Nanos, long.MaxValue / 1_002 * 1_000, long.MaxValue);
    }

    [Fact]
    public void HighestPriceForTheLongestTime_IsRefusedAndNeverWraps()
    {
        var dear = new Amount(long.MaxValue);
        ImmutableArray<TariffStep> steps = [new(0, dear, 1, 1), new(1, dear, 13_999, 1), new(2, dear, 13_997, 1), new(3, dear, 5, 1), new(4, dear, 1, 1)];
        var tariff = Tariff.Create(dear, 0, steps);
        Assert.Throws<OverflowException>(() => Rater.Rate(tariff, 0, Monday, int.MaxValue, default, 0));
        Assert.Throws<OverflowException>(() => Rater.Rate(tariff, 9, Monday, 1, default, 0));
        // For an authorisation it is too dear, which is an answer.
        Assert.Equal(0, Rater.LongestAffordable(tariff, 9, Monday, int.MaxValue, default, 0, dear));
        Assert.Equal(60, Rater.LongestAffordable(tariff, 9, Monday, int.MaxValue, [new TariffStep(0, dear, 1, 60)], 60, dear));
    }

    [Fact]
    public void CallAtEitherEndOfTheCalendar_IsRated()
    {
        var tariff = Tariff.Create(Amount.Zero, 0, Steps(1), [Office], "America/New_York");
        Assert.Equal(2 * Day, Rater.Rate(tariff, 4, DateTimeOffset.MinValue, 2 * Day, default, 0).RatedSeconds);
        Assert.Equal(2 * Day, Rater.Rate(tariff, 4, DateTimeOffset.MaxValue, 2 * Day, default, 0).RatedSeconds);
    }

    /// <summary>Reported, not asserted: how long ten years take.</summary>
    [Fact]
    public void TenYears_Reported()
    {
        Report("one-second increments", Tariff.Create(Amount.Zero, 0, BySecond));
        Report("one-second increments in bands", Tariff.Create(Amount.Zero, 0, Steps(1), [Office], "Europe/Berlin"));
    }

    private void Report(string what, Tariff tariff)
    {
        var times = Enumerable.Range(0, 21).Select(_ =>
        {
            var started = Stopwatch.GetTimestamp();
            Assert.Equal(TenYears, Rater.Rate(tariff, 4, Monday, TenYears, default, 0).RatedSeconds);
            return Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }).Order().ToList();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"ten years, {what}: {Runs(tariff, TenYears, default, 0)} runs, {times[10]:F1} us (median of 21)"));
    }

    private static int Runs(Tariff tariff, int seconds, ImmutableArray<TariffStep> ticks, int available)
    {
        var walk = new RatingWalk(tariff, Monday, seconds, ticks, available);
        var runs = 0;
        while (walk.MoveNext(out _)) runs++;
        return runs;
    }

    private static ImmutableArray<TariffStep> Steps(int price) => [new(0, new Amount(price * 1_000_000_000L), 1, 1)];
}
