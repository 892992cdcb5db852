using System.Globalization;
using Classound.Charging.Rating;

namespace Classound.Charging.Tests.Rating;

/// <summary>
/// Nights on which a local clock jumps, by hand: the base costs 1 per second and the band 10, so each sum says how many seconds
/// were in the band. A band is in force while the wall clock shows its time: not at all in the hour that is left out, twice in
/// the one that comes again.
/// </summary>
public sealed class ClockChangeTests
{
    [Theory]
    // 2026-03-29 01:00 UTC: 02:00 becomes 03:00.
    [InlineData(WeekDays.Sunday, 90, 135, "2026-03-29T00:59:50Z", 20, 110)] // 01:30-02:15 ends with the gap's start
    [InlineData(WeekDays.Sunday, 150, 200, "2026-03-29T00:59:50Z", 20, 110)] // 02:30-03:20 begins in the gap: at 03:00
    [InlineData(WeekDays.Sunday, 150, 200, "2026-03-29T01:19:50Z", 20, 110)] // and ends at 03:20
    [InlineData(WeekDays.Sunday, 130, 170, "2026-03-29T00:59:50Z", 20, 20)] // 02:10-02:50 never comes
    [InlineData(WeekDays.Saturday, 1380, 150, "2026-03-29T00:59:50Z", 20, 110)] // Saturday 23:00-02:30 wraps into the gap
    // 2026-10-25 01:00 UTC: 03:00 becomes 02:00.
    [InlineData(WeekDays.Sunday, 150, 210, "2026-10-25T00:59:50Z", 20, 110)] // 02:30-03:30 stops at the second 02:00
    [InlineData(WeekDays.Sunday, 150, 210, "2026-10-25T00:00:00Z", 10_800, 59_400)] // 1,800 s before it and 3,600 s after the second 02:30
    [InlineData(WeekDays.Sunday, 120, 180, "2026-10-24T23:59:55Z", 7_210, 72_010)] // 02:00-03:00 lasts two hours
    public void Rome(WeekDays days, int from, int to, string answered, int seconds, int money) =>
        AssertMoney("Europe/Rome", days, from, to, answered, seconds, money);

    [Theory]
    // 2026-03-08 07:00 UTC: 02:00 becomes 03:00. 2026-11-01 06:00 UTC: 02:00 becomes 01:00.
    [InlineData(WeekDays.Sunday, 120, 180, "2026-03-08T06:59:50Z", 20, 20)]
    [InlineData(WeekDays.Sunday, 60, 180, "2026-03-08T06:59:50Z", 20, 110)]
    [InlineData(WeekDays.Sunday, 60, 120, "2026-11-01T04:59:55Z", 7_210, 72_010)]
    [InlineData(WeekDays.Sunday, 90, 150, "2026-11-01T05:29:55Z", 3_610, 18_050 + 1_805)] // 01:30-02:00, an hour later 01:30 again
    public void NewYork(WeekDays days, int from, int to, string answered, int seconds, int money) =>
        AssertMoney("America/New_York", days, from, to, answered, seconds, money);

    [Theory]
    // 2026-10-03 15:30 UTC: Sunday 02:00 becomes 02:30. 2026-04-04 15:00 UTC: Sunday 02:00 becomes 01:30.
    [InlineData(WeekDays.Sunday, 120, 150, "2026-10-03T15:29:50Z", 20, 20)]
    [InlineData(WeekDays.Sunday, 135, 165, "2026-10-03T15:29:50Z", 920, 9_020)] // 02:15-02:45: the quarter from 02:30 on is left
    [InlineData(WeekDays.Sunday, 90, 120, "2026-04-04T14:29:55Z", 3_610, 36_010)] // half an hour twice in a row
    public void LordHowe_HalfAnHour(WeekDays days, int from, int to, string answered, int seconds, int money) =>
        AssertMoney("Australia/Lord_Howe", days, from, to, answered, seconds, money);

    [Theory]
    // 2018-11-04 03:00 UTC: Sunday 00:00 becomes 01:00. 2018-02-18 02:00 UTC: Sunday 00:00 becomes Saturday 23:00.
    [InlineData(WeekDays.Sunday, 0, 30, "2018-11-04T02:59:50Z", 20, 20)]
    [InlineData(WeekDays.Sunday, 0, 1440, "2018-11-04T02:59:50Z", 20, 110)]
    [InlineData(WeekDays.Saturday, 1320, 30, "2018-11-04T02:59:50Z", 20, 110)] // 22:00-00:30 ends at midnight
    [InlineData(WeekDays.Saturday, 1380, 1440, "2018-02-18T00:59:55Z", 7_210, 72_010)] // 23:00-24:00 lasts two hours
    [InlineData(WeekDays.Sunday, 0, 1440, "2018-02-18T01:59:55Z", 3_610, 3_605 + 50)] // Sunday begins an hour later
    public void SaoPaulo_AtMidnight(WeekDays days, int from, int to, string answered, int seconds, int money) =>
        AssertMoney("America/Sao_Paulo", days, from, to, answered, seconds, money);

    [Theory]
    // 2026-03-28 22:00 UTC: Sunday 00:00 becomes 01:00. 2026-10-24 21:00 UTC: Sunday 00:00 becomes Saturday 23:00.
    [InlineData(WeekDays.Sunday, 0, 60, "2026-03-28T21:59:50Z", 20, 20)]
    [InlineData(WeekDays.Saturday, 1410, 30, "2026-10-24T20:30:00Z", 7_200, 55_800)] // half an hour, a gap of half an hour, a whole one
    public void Beirut_AtMidnight(WeekDays days, int from, int to, string answered, int seconds, int money) =>
        AssertMoney("Asia/Beirut", days, from, to, answered, seconds, money);

    [Fact]
    public void DayThatIsLeftOut_HasNoBands() =>
        // Apia went from Thursday 2011-12-29 24:00 to Saturday 00:00, at 10:00 UTC of the 30th.
        AssertMoney("Pacific/Apia", WeekDays.Friday, 0, 1440, "2011-12-30T09:00:00Z", 7_200, 7_200);

    [Theory]
    [InlineData(WeekDays.Tuesday, "2028-02-28T23:59:55Z")] // into 29 February
    [InlineData(WeekDays.Wednesday, "2028-02-29T23:59:55Z")] // out of it
    [InlineData(WeekDays.Monday, "2027-02-28T23:59:55Z")] // a year without one
    [InlineData(WeekDays.Monday, "2100-02-28T23:59:55Z")] // a century without one
    [InlineData(WeekDays.Tuesday, "2000-02-28T23:59:55Z")] // and one with it
    [InlineData(WeekDays.Tuesday, "2026-11-30T23:59:55Z")] // a month's end
    [InlineData(WeekDays.Friday, "2026-12-31T23:59:55Z")] // a year's end
    public void DayThatBeginsDuringACall_IsPricedFromMidnight(WeekDays nextDay, string answered) =>
        AssertMoney("Etc/UTC", nextDay, 0, 1440, answered, 10, 55);

    [Fact]
    public void ClockChange_IsNoLineOfItsOwn()
    {
        // Saturday 22:00 to Sunday 06:00 in one band, through midnight, the week's last day and the clock change.
        var tariff = Create("Europe/Rome", WeekDays.All, 1320, 360);
        var lines = Rater.Explain(tariff, 4, At("2026-10-24T19:59:00Z"), 10 * 3_600, default, 0);
        Assert.Equal(["0-60 ", "60-32460 0", "32460-36000 "], lines.Select(l => $"{l.FromSecond}-{l.ToSecond} {l.BandIndex}"));
    }

    private static void AssertMoney(string zone, WeekDays days, int from, int to, string answered, int seconds, int money) =>
        Assert.Equal(
            new Amount(money * 1_000_000_000L),
            Rater.Rate(Create(zone, days, from, to), 4, At(answered), seconds, default, 0).Money);

    private static Tariff Create(string zone, WeekDays days, int from, int to) => Tariff.Create(
        Amount.Zero, 0, [new TariffStep(0, new Amount(1_000_000_000), 1, 1)],
        [new TariffBand(days, from, to, Amount.Zero, [new TariffStep(0, new Amount(10_000_000_000), 1, 1)])], zone);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
