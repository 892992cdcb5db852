using System.Collections.Immutable;
using System.Globalization;
using Classound.Charging.Rating;

namespace Classound.Charging.Tests.Rating;

public sealed class RaterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly ImmutableArray<TariffStep> Minutes = Steps("0.0225/60+60");

    [Theory]
    // steps, fee, minimum, decimals, call -> rated, money
    [InlineData("0.0225/60+60", "0", 0, 4, 0, 0, "0")]
    [InlineData("0.0225/60+60", "0", 0, 4, 1, 60, "0.0225")]
    [InlineData("0.0225/60+60", "0", 0, 4, 60, 60, "0.0225")]
    [InlineData("0.0225/60+60", "0", 0, 4, 61, 120, "0.045")]
    [InlineData("0.006/60+30|30:0.006/60+6", "0", 0, 4, 32, 36, "0.0036")] // 30/6
    [InlineData("0.006/60+30|30:0.006/60+6", "0", 0, 4, 36, 36, "0.0036")]
    [InlineData("0.006/60+30|30:0.006/60+6", "0", 0, 4, 37, 42, "0.0042")]
    [InlineData("0.12/60+1", "0.05", 0, 4, 7, 7, "0.064")] // 1/1 with a connect fee
    [InlineData("0.12/60+1", "0.05", 0, 4, 0, 0, "0")] // no answer, no fee
    [InlineData("0.12/60+1", "0", 30, 4, 7, 30, "0.06")] // minimum
    [InlineData("0.12/60+1", "0", 30, 4, 31, 31, "0.062")]
    [InlineData("0.12/60+1", "0", 30, 4, 0, 0, "0")] // a minimum needs a call
    [InlineData("0.10/60+60|900:0.05/60+60", "0", 0, 4, 900, 900, "1.5")] // price break at 15 minutes
    [InlineData("0.10/60+60|900:0.05/60+60", "0", 0, 4, 901, 960, "1.55")]
    [InlineData("0.10/60+60|90:0.01/60+60", "0", 0, 4, 180, 180, "0.21")] // the increment from 60 s to 120 s started before the break
    [InlineData("1/60+12|12:1/60+13", "0", 0, 9, 560, 571, "9.516666667")] // later increments count from the first block's end
    [InlineData("0.1/60+7|10:0.2/60+5", "0", 0, 9, 15, 19, "0.04")] // 0-7-14 at 0.1, then 14-19 at 0.2
    [InlineData("0/1+1", "0.1", 0, 4, 300, 300, "0.1")] // a price per call
    [InlineData("0.00005/1+1", "0", 0, 4, 1, 1, "0.0001")] // half up
    [InlineData("0.00015/1+1", "0", 0, 4, 1, 1, "0.0002")] // half up, not to even
    [InlineData("0.000049999/1+1", "0", 0, 4, 1, 1, "0")]
    [InlineData("0.01/3+1", "0", 0, 4, 3, 3, "0.01")] // thirds add up exactly
    [InlineData("0.5/1+1", "0", 0, 0, 1, 1, "1")]
    [InlineData("0.1/60+1", "0", 0, 9, 20_000, 20_000, "33.333333333")] // above four hours it happened all the same
    public void MoneyOnly_IsExact(string steps, string fee, int minimum, int decimals, int call, int rated, string money)
    {
        var tariff = Tariff.Create(Money(fee), minimum, Steps(steps));
        Assert.Equal(new CallRating(call, rated, 0, Money(money)), Rater.Rate(tariff, decimals, Noon, call, default, 0));
        Assert.Equal(rated, Rater.Rate(tariff, decimals, Noon, call, Minutes, 0).RatedSeconds);
    }

    [Theory]
    // price steps, fee, call, available -> rated, included, money; ticks are 60/60
    [InlineData("0.0225/60+60", "0", 61, 720_000, 120, 120, "0")]
    [InlineData("0.0225/60+60", "0.05", 60, 60, 60, 60, "0")] // the last included minute, no fee for it
    [InlineData("0.0225/60+60", "0.05", 61, 60, 120, 60, "0.0725")] // crosses into money: one minute and the fee once
    [InlineData("0.0225/60+60", "0.05", 60, 59, 60, 0, "0.0725")] // a tick that does not fit whole is not included
    [InlineData("0.0225/60+60", "0", 30, 45, 60, 0, "0.0225")] // not even when the call itself would
    [InlineData("0.0225/60+60", "0", 300, 179, 300, 120, "0.0675")]
    [InlineData("0.12/60+1", "0", 70, 60, 70, 60, "0.02")] // ticks by the minute, money by the second
    [InlineData("0.10/60+60|120:0.01/60+60", "0", 180, 60, 180, 60, "0.11")] // elapsed time goes on: 60-120 at 0.10, 120-180 at 0.01
    [InlineData("0.10/60+60|60:0.01/60+60", "0", 120, 60, 120, 60, "0.01")]
    [InlineData("0.0225/60+60", "0", 0, 60, 0, 0, "0")]
    [InlineData("0.0225/60+60", "0", 60, -5, 60, 0, "0.0225")]
    public void AllowanceFirst_ThenMoney(string steps, string fee, int call, int available, int rated, int included, string money)
    {
        var tariff = Tariff.Create(Money(fee), 0, Steps(steps));
        Assert.Equal(new CallRating(call, rated, included, Money(money)), Rater.Rate(tariff, 4, Noon, call, Minutes, available));
    }

    [Fact]
    public void TicksOf30And6_StopAtTheFirstThatDoesNotFit()
    {
        var tariff = Tariff.Create(Amount.Zero, 0, Steps("0.6/60+1"));
        var ticks = Steps("0/60+6|12:0/60+30|42:0/60+1");
        // 6 + 6 fit into 40; the 30 does not, and the later ticks of 1 s do not go back to what is left.
        Assert.Equal(new CallRating(60, 60, 12, Money("0.48")), Rater.Rate(tariff, 4, Noon, 60, ticks, 40));
        Assert.Equal(new CallRating(60, 60, 43, Money("0.17")), Rater.Rate(tariff, 4, Noon, 60, ticks, 43));
    }

    [Fact]
    public void TheWorkedExample_IsExactToTheNano()
    {
        // R2: 4 users have 12,000 minutes. One call takes the last but one minute, the next crosses, the third is all money.
        var area1 = Tariff.Create(Amount.Zero, 0, Steps("0.0225/60+60"));
        var left = 12_000 * 60 - 11_998 * 60;
        var first = Rater.Rate(area1, 4, Noon, 45, area1.Steps, left);
        Assert.Equal(new CallRating(45, 60, 60, Amount.Zero), first);
        var second = Rater.Rate(area1, 4, Noon, 150, area1.Steps, left - first.IncludedSeconds);
        Assert.Equal(new CallRating(150, 180, 60, new Amount(45_000_000)), second);
        var third = Rater.Rate(area1, 4, Noon, 1, area1.Steps, left - first.IncludedSeconds - second.IncludedSeconds);
        Assert.Equal(new CallRating(1, 60, 0, new Amount(22_500_000)), third);
    }

    [Theory]
    [InlineData("0.05", 0)]
    [InlineData("0.0724", 0)]
    [InlineData("0.0725", 60)]
    [InlineData("0.0949", 60)]
    [InlineData("0.095", 120)]
    [InlineData("1000", 14_400)]
    [InlineData("-1", 0)]
    public void LongestAffordable_EndsWhereTheNextIncrementWouldNotFit(string limit, int seconds)
    {
        var tariff = Tariff.Create(Money("0.05"), 0, Steps("0.0225/60+60"));
        Assert.Equal(seconds, Rater.LongestAffordable(tariff, 4, Noon, 14_400, default, 0, Money(limit)));
        Assert.Equal(
            Math.Min(14_400, seconds + 120),
            Rater.LongestAffordable(tariff, 4, Noon, 14_400, Minutes, 120, limit == "-1" ? Amount.Zero : Money(limit)));
    }

    [Fact]
    public void FreeCall_IsAffordableWithNothing()
    {
        var free = Tariff.Create(Amount.Zero, 0, Steps("0/60+1"));
        Assert.Equal(600, Rater.LongestAffordable(free, 4, Noon, 600, default, 0, Amount.Zero));
    }

    [Fact]
    public void Explanation_NamesEverySegment()
    {
        var tariff = Tariff.Create(Money("0.05"), 0, Steps("0.1/60+60|180:0.05/7+1"));
        var lines = Rater.Explain(tariff, 4, Noon, 190, Minutes, 65);
        Assert.Equal(
        [
            new RatedSegment(RatedSegmentKind.Included, 0, 60, 1, 60, Amount.Zero, 0, null, "0/1"),
            new RatedSegment(RatedSegmentKind.ConnectFee, 60, 60, 0, 0, Money("0.05"), 0, null, "50000000/1"),
            new RatedSegment(RatedSegmentKind.Charged, 60, 180, 2, 60, Money("0.1"), 60, null, "200000000/1"),
            new RatedSegment(RatedSegmentKind.Charged, 180, 190, 10, 1, Money("0.05"), 7, null, "500000000/7"),
        ], lines);
        Assert.True(lines[0].Included);
        Assert.False(lines[1].Included);
    }

    [Fact]
    public void UnansweredCall_HasNothingToExplain() =>
        Assert.Empty(Rater.Explain(Tariff.Create(Money("1"), 60, Minutes), 4, Noon, 0, Minutes, 60));

    [Fact]
    public void ArgumentsOutOfRange_Throw()
    {
        var tariff = Tariff.Create(Amount.Zero, 0, Minutes);
        Assert.Throws<ArgumentOutOfRangeException>(() => Rater.Rate(tariff, 4, Noon, -1, default, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rater.Rate(tariff, 10, Noon, 1, default, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rater.Explain(tariff, -1, Noon, 1, default, 0));
        Assert.Throws<ArgumentNullException>(() => Rater.Rate(null!, 4, Noon, 1, default, 0));
    }

    [Fact]
    public void AmountBeyond64Bits_ThrowsInsteadOfWrapping()
    {
        var dear = Tariff.Create(Amount.Zero, 0, [new TariffStep(0, new Amount(long.MaxValue), 1, 1)]);
        Assert.Equal(new Amount(long.MaxValue), Rater.Rate(dear, 9, Noon, 1, default, 0).Money);
        Assert.Throws<OverflowException>(() => Rater.Rate(dear, 9, Noon, 2, default, 0));
    }

    [Fact]
    public void Rating_IsTheSameInEveryCulture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            var tariff = Tariff.Create(Money("0.05"), 0, Steps("0.1/60+60"));
            Assert.Equal("0.1/60+60", Tariff.FormatSteps(tariff.Steps));
            Assert.Equal("0.15", Rater.Rate(tariff, 4, Noon, 1, default, 0).Money.ToString());
            Assert.Equal("100000000/1", Rater.Explain(tariff, 4, Noon, 1, default, 0)[1].ExactCost);
            Assert.Equal("connect fee -0.5: expected 0 or more", Tariff.Check(Money("-0.5"), 0, tariff.Steps));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static Amount Money(string text) => Amount.TryParse(text, out var amount) ? amount : throw new FormatException(text);

    private static ImmutableArray<TariffStep> Steps(string text) =>
        Tariff.TryParseSteps(text, out var steps, out var error) ? steps : throw new FormatException(error);
}
