using System.Collections.Immutable;
using System.Globalization;
using Classound.Charging.Rating;

namespace Classound.Charging.Tests.Rating;

/// <summary>Base 1 per second; bands of other prices make each second's band visible in the sum.</summary>
public sealed class BandTests
{
    private static readonly TariffBand Office = Band(WeekDays.Workdays, 8 * 60, 18 * 60, 10);
    private static readonly TariffBand Night = Band(WeekDays.All, 22 * 60, 6 * 60, 100);

    [Theory]
    [InlineData("2026-11-02T07:00:00+00:00", 10, "100")] // Monday 08:00 in Berlin
    [InlineData("2026-11-02T06:59:55+00:00", 10, "55")] // five seconds before, five after
    [InlineData("2026-11-02T16:59:55+00:00", 10, "55")] // 18:00 is exclusive
    [InlineData("2026-11-01T12:00:00+00:00", 10, "10")] // Sunday noon: no band
    [InlineData("2026-11-01T20:59:59+00:00", 3, "201")] // Sunday 22:00: night
    [InlineData("2026-11-02T04:59:59+00:00", 3, "102")] // Monday 06:00: Sunday's night ends
    [InlineData("2026-11-01T22:59:58+00:00", 4, "400")] // over midnight, and the week's end, in one band
    [InlineData("2026-11-02T06:59:59.500+00:00", 2, "11")] // the second that straddles 08:00 starts before it
    [InlineData("2026-11-02T08:00:00+01:00", 1, "10")] // the offset of the answer time does not matter
    public void EachSecond_CostsWhatIsInForceAtItsStart(string answered, int seconds, string money) =>
        AssertMoney(Create("Europe/Berlin", Office, Night), answered, seconds, money);

    [Theory]
    // Spring: at 01:00 UTC Berlin goes from 02:00 to 03:00. Autumn: at 01:00 UTC from 03:00 back to 02:00.
    [InlineData(150, 180, "2026-03-29T00:59:50+00:00", 20, "20")] // 02:30-03:00 does not exist that day
    [InlineData(180, 240, "2026-03-29T00:59:50+00:00", 20, "110")] // 03:00 follows 01:59:59 at once
    [InlineData(120, 150, "2026-10-25T00:29:55+00:00", 10, "55")] // 02:30, first time: the band ends
    [InlineData(120, 150, "2026-10-25T00:59:55+00:00", 10, "55")] // 02:00 again: the band is back
    [InlineData(120, 150, "2026-10-25T01:29:55+00:00", 10, "55")] // 02:30, second time
    [InlineData(120, 150, "2026-10-24T23:59:55+00:00", 7200, "39600")] // half an hour of band twice, an hour outside it
    public void ClockChange_MovesTheBandsWithLocalTime(int from, int to, string answered, int seconds, string money) =>
        AssertMoney(Create("Europe/Berlin", Band(WeekDays.Sunday, from, to, 10)), answered, seconds, money);

    [Fact]
    public void ZoneWithHalfHourChange_IsFollowed() =>
        // Lord Howe Island: on 2026-04-05 02:00 (UTC+11) becomes 01:30 (UTC+10:30), at 15:00 UTC of the day before.
        AssertMoney(
            Create("Australia/Lord_Howe", Band(WeekDays.Sunday, 90, 91, 10)), "2026-04-04T14:59:50+00:00", 80, "620");

    [Fact]
    public void ConnectFee_IsThatOfTheBandWhereMoneyStarts()
    {
        var cheapStart = Office with { ConnectFee = new Amount(7_000_000_000) };
        var tariff = Tariff.Create(new Amount(3_000_000_000), 0, Office.Steps, [cheapStart], "Europe/Berlin");
        var before = At("2026-11-02T06:59:00+00:00");
        Assert.Equal("13", Rater.Rate(tariff, 4, before, 1, default, 0).Money.ToString());
        // One included minute carries the call to 08:00, where the band's fee is due.
        Assert.Equal("17", Rater.Rate(tariff, 4, before, 61, [new TariffStep(0, Amount.Zero, 1, 60)], 60).Money.ToString());
        Assert.Equal("0", Rater.Rate(tariff, 4, before, 60, [new TariffStep(0, Amount.Zero, 1, 60)], 60).Money.ToString());
        Assert.Equal(0, Rater.Explain(tariff, 4, before, 61, [new TariffStep(0, Amount.Zero, 1, 60)], 60)[1].BandIndex);
    }

    [Fact]
    public void StepsOfABand_CountFromTheCallsStart()
    {
        // In the band the price drops after the call's first minute, not after a minute in the band.
        var band = Office with { Steps = [Step(0, 10), Step(60, 2)] };
        AssertMoney(Create("Europe/Berlin", band), "2026-11-02T06:59:30+00:00", 90, "390");
    }

    [Fact]
    public void IncrementStartedBeforeABand_RunsIntoItAtItsOwnPrice()
    {
        var tariff = Tariff.Create(Amount.Zero, 0, [new TariffStep(0, new Amount(1_000_000_000), 1, 60)], [Office], "Europe/Berlin");
        var lines = Rater.Explain(tariff, 4, At("2026-11-02T06:59:30+00:00"), 62, default, 0);
        Assert.Equal(["0-60 null", "60-62 0"], lines.Select(l => $"{l.FromSecond}-{l.ToSecond} {l.BandIndex?.ToString(CultureInfo.InvariantCulture) ?? "null"}"));
    }

    private static void AssertMoney(Tariff tariff, string answered, int seconds, string money) =>
        Assert.Equal(money, Rater.Rate(tariff, 4, At(answered), seconds, default, 0).Money.ToString());

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static Tariff Create(string zone, params TariffBand[] bands) =>
        Tariff.Create(Amount.Zero, 0, [Step(0, 1)], [.. bands], zone);

    private static TariffBand Band(WeekDays days, int from, int to, int price) => new(days, from, to, Amount.Zero, [Step(0, price)]);

    private static TariffStep Step(int from, int price) => new(from, new Amount(price * 1_000_000_000L), 1, 1);
}
