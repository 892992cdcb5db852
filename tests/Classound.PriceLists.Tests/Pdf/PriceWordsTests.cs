using System.Globalization;
using Classound.Charging.Allowances;
using Classound.Charging.Rating;
using Classound.PriceLists.Pdf;
using static Classound.PriceLists.Tests.Pdf.PdfSamples;

namespace Classound.PriceLists.Tests.Pdf;

public sealed class PriceWordsTests
{
    [Theory]
    [InlineData("END_USER", "End User")]
    [InlineData("GOLD", "Gold")]
    [InlineData("_X_", "X")]
    public void Type_IsWrittenAsAName(string type, string expected) => Assert.Equal(expected, PriceWords.Type(type));

    [Theory]
    [InlineData(1, 5, "1–5")]
    [InlineData(6, 6, "6")]
    [InlineData(21, int.MaxValue, "21 and more")]
    public void Users_OfABand(int from, int to, string expected) => Assert.Equal(expected, PriceWords.Users(from, to));

    [Fact]
    public void EveryTermAndSharing_HasItsWords()
    {
        Assert.Equal(["1 month", "1 year", "5 years"], Enum.GetValues<PlanTerm>().Select(PriceWords.Term));
        Assert.Equal(["shared by all users", "each user's own"], Enum.GetValues<AllowanceSharing>().Select(PriceWords.Sharing));
    }

    [Theory]
    [InlineData("2026-12-31T23:00:00", "1 January 2027, 00:00 (UTC+01:00)")]
    [InlineData("2026-10-25T00:30:00", "25 October 2026, 02:30 (UTC+02:00)")]
    [InlineData("2026-10-25T01:30:00", "25 October 2026, 02:30 (UTC+01:00)")]
    [InlineData("2026-07-01T10:00:05", "1 July 2026, 12:00:05 (UTC+02:00)")]
    public void Moment_IsToldInTheListsZone(string utc, string expected)
    {
        var at = DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

        Assert.Equal(expected, PriceWords.Moment(at, "Europe/Berlin"));
    }

    [Theory]
    [InlineData(WeekDays.Workdays, 480, 1080, "Mon–Fri 08:00–18:00")]
    [InlineData(WeekDays.Weekend, 0, 1440, "Sat, Sun all day")]
    [InlineData(WeekDays.All, 0, 0, "daily all day")]
    [InlineData(WeekDays.Monday | WeekDays.Wednesday | WeekDays.Thursday | WeekDays.Friday, 1320, 390, "Mon, Wed–Fri 22:00–06:30 next day")]
    [InlineData(WeekDays.Sunday, 1200, 0, "Sun 20:00–24:00")]
    [InlineData(WeekDays.Sunday, 480, 480, "Sun 08:00–08:00 next day")]
    public void Band_IsToldByDaysAndHours(WeekDays days, int from, int to, string expected) =>
        Assert.Equal(expected, PriceWords.Band(new TariffBand(days, from, to, Amount.Zero, Steps("1/60+1"))));

    [Theory]
    [InlineData("0.012/60+60", 0, "|0.012 per 60|60/60|0.5")]
    [InlineData("0.012/60+1", 1, "|0.012 per 60|per second|0.5")]
    [InlineData("0.012/60+6", 30, "|0.012 per 60|6/6, minimum 30 s|0.5")]
    [InlineData("0.012/60+30|30:0.012/60+6", 0, "|0.012 per 60|30/6|0.5")]
    [InlineData("0.001/1+1", 0, "|0.06 per 60|per second|0.5")]
    [InlineData("0.01/7+7", 0, "|0.01 per 7|7/7|0.5")]
    [InlineData("0.3/60+30|30:0.2/60+6|900:0.1/60+1", 0,
        "|0.3 per 60|30/30|0.5; after 30 s|0.2 per 60|6/6|; after 15 min|0.1 per 60|per second|")]
    public void Tariff_IsALineForEachPrice(string steps, int minimum, string expected) => Assert.Equal(
        expected, Lines(Price(steps, "0.5", minimum)));

    [Fact]
    public void TariffWithBands_IsALineForEachBandAndOneForAllOtherTimes()
    {
        var tariff = Tariff.Create(
            Money("0.02"), 0, Steps("0.03/60+1"), [new(WeekDays.Weekend, 0, 1440, Money("0.01"), Steps("0.02/60+1"))], "Europe/Rome");

        Assert.Equal(
            "Sat, Sun all day (Europe/Rome)|0.02 per 60|per second|0.01; at all other times|0.03 per 60|per second|0.02", Lines(tariff));
    }

    [Fact]
    public void DearestPrice_ThatAMinuteCannotHold_StaysAsItIsGiven() =>
        Assert.Equal(
            "|9223372036.854775807 per 1|per second|0", Lines(Tariff.Create(Amount.Zero, 0, [new(0, new Amount(long.MaxValue), 1, 1)])));

    [Fact]
    public void Amounts_OfAColumn_HaveTheSameDecimals()
    {
        Amount[] amounts = [Money("0.012"), Money("3"), Money("0.123456789"), new(long.MaxValue)];

        var decimals = AmountText.Decimals(amounts);

        Assert.Equal(
            ["0.012000000", "3.000000000", "0.123456789", "9223372036.854775807"],
            amounts.Select(amount => AmountText.Format(amount, decimals)));
        Assert.Equal(2, AmountText.Decimals([Money("3"), Money("0.5")]));
        Assert.Equal("3.00", AmountText.Format(Money("3"), 2));
    }

    private static string Lines(Tariff tariff) => string.Join("; ", TariffLine.Of(tariff).Select(line => string.Create(
        CultureInfo.InvariantCulture, $"{line.When}|{line.Price} per {line.PerSeconds}|{line.Increments}|{line.ConnectFee}")));
}
