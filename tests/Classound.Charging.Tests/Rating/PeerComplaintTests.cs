using System.Collections.Immutable;
using System.Globalization;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;
using Classound.Charging.Tests.CallLogs;

namespace Classound.Charging.Tests.Rating;

/// <summary>
/// What users of other engines complain of in rating, a test each. That memory and time do not grow with increments is
/// <see cref="RatingWorkTests"/>, that the longest prefix wins whatever it costs is <see cref="PrefixTableTests"/>.
/// </summary>
public sealed class PeerComplaintTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Elsewhere each second was rounded: 180 s at 0.1 a minute came to 0.30006, a minute at 0.05 to 0.0498.</summary>
    [Theory]
    [InlineData("0.1/60+1", 180, 4, "0.3")]
    [InlineData("0.05/60+1", 60, 4, "0.05")]
    [InlineData("0.01/60+1", 3_600, 2, "0.6")] // a second is 0.0002, which would round to nothing or to 0.01
    [InlineData("0.1/7+1", 7, 9, "0.1")]
    public void IncrementsAreNotRounded_TheCallIs(string steps, int seconds, int decimals, string money) =>
        Assert.Equal(money, Rater.Rate(PerSteps(steps), decimals, Noon, seconds, default, 0).Money.ToString());

    /// <summary>Elsewhere a call of 30/6 was debited correctly and its CDR said something else.</summary>
    [Fact]
    public void ThirtySix_IsOneNumberInHoldDebitCdrAndTotal() => CallLog.Play("""
        pbx users 1 plan NONE limits day-cap 10
        10:00:00  authorize  A  +491635550101 ask 37s      => money 0.134
        10:00:00  spend                                    => held 0.134, settled 0
        10:00:37  end        A  37s                        => rated 42s, billed 0.134
        10:00:37  spend                                    => held 0, settled 0.134
        10:00:37  entry      A                             => rated 42s, billed 0.134
        10:00:37  totals     Outbound Area1                => calls 1, money 0.134
        """);

    /// <summary>Elsewhere the charges held a negative line that made the sum come out rounded.</summary>
    [Theory]
    [InlineData("0.01/60+1", 29, 2)] // rounds down to nothing
    [InlineData("0.01/60+1", 31, 2)] // rounds up to a hundredth
    [InlineData("0.1/7+60|60:0.05/7+1", 90, 0)]
    public void NoLineOfACharge_IsNegative(string steps, int seconds, int decimals)
    {
        var lines = Rater.Explain(PerSteps(steps), decimals, Noon, seconds, default, 0);
        Assert.All(lines, line => Assert.True(line.Price > Amount.Zero && !line.ExactCost.StartsWith('-')));
        Assert.Equal(seconds, lines.Sum(line => line.ToSecond - line.FromSecond));
    }

    /// <summary>Elsewhere a cost above 999.99 got a thousands separator and was read back as 1.</summary>
    [Theory]
    [InlineData("en-US")]
    [InlineData("de-DE")]
    [InlineData("sv-SE")]
    [InlineData("de-CH")]
    public void TwoDearHours_KeepTheirThousands(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            var money = Rater.Rate(PerSteps("12.5/60+1"), 4, Noon, 7_201, default, 0).Money;
            Assert.Equal("1500.2083", money.ToString());
            Assert.Equal("-1500.2083", $"{-money}");
            Assert.True(Amount.TryParse("-1500.2083", out var read));
            Assert.Equal(-money, read);
            Assert.False(Amount.TryParse("\u22121500.2083", out _));
            Assert.False(Amount.TryParse("1,500.2083", out _));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Elsewhere the first call after a load waited for seconds: here loading leaves nothing to be built.</summary>
    [Fact]
    public void FirstLookupAfterALoad_BuildsNothing()
    {
        _ = Table(1).Match(E164Number.FromDigits(1_000_000_000)); // The code is ready after this, the next table is not.
        var table = Table(100_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var entry = table.Match(E164Number.FromDigits(199_999_000_000));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal("199999", entry?.Prefix);
    }

    /// <summary>Elsewhere a call that ended by a time-out was not billed, though the carrier billed it.</summary>
    [Theory]
    [InlineData(16)] // normal clearing
    [InlineData(102)] // recovery on timer expiry
    [InlineData(17)] // user busy
    [InlineData(0)] // none given
    public void CauseOfTheEnd_DecidesNothingAboutTheMoney(int cause) => CallLog.Play($"""
        10:00:00  authorize  A  +33155550101
        10:01:12  end        A  72s cause {cause}          => call 72s, rated 72s, billed 0.054
        """);

    private static PrefixTable Table(int count) => PrefixTable.Build(
    [
        .. Enumerable.Range(100_000, count)
            .Select(prefix => new PriceListEntry(prefix.ToString(CultureInfo.InvariantCulture), "", "", CallArea.Area1, null, false)),
    ]);

    private static Tariff PerSteps(string text) => Tariff.TryParseSteps(text, out ImmutableArray<TariffStep> steps, out var error)
        ? Tariff.Create(Amount.Zero, 0, steps)
        : throw new FormatException(error);
}
