using System.Globalization;
using Classound.Charging.Allowances;
using Classound.Charging.Rating;

namespace Classound.Charging.Tests.CallLogs;

/// <summary>
/// Plans that stand in price lists (R1, R15): the version in force when the month, or the service, begins in the PBX's zone holds
/// all month. END_USER sells FLAT with 1,000 minutes for 31, from 10 November with 3,000 for 35, from 1 December 00:00 UTC with
/// 2,000 for 33; GOLD with 3,000 for 20; of its own there is a FLAT with 500 for 31.
/// </summary>
public sealed class ListPlanTests
{
    private static readonly Catalogue Catalogue = new(
        [
            List("END_USER", 1, "2026-01-01", Flat(1000, "31")),
            List("END_USER", 2, "2026-11-10", Flat(3000, "35")),
            List("END_USER", 3, "2026-12-01", Flat(2000, "33")),
            List("GOLD", 1, "2026-01-01", Flat(3000, "20")),
            List("PLAIN", 1, "2026-01-01"),
            List("EUROS", 1, "2026-01-01", Flat(9000, "1"), "EUR"),
        ],
        [
            new PlanVersion(
                "FLAT", new DateOnly(2026, 1, 1), PlanTerm.Month, 500, AllowanceSharing.Pooled, "USD",
                [new UserBand(int.MaxValue, SamplePrices.Money("31"))]),
            SamplePrices.Catalogue.PlanInForce("SEATS", new DateOnly(2026, 1, 1))!,
        ]);

    [Fact]
    public void NewVersionOfTheList_TakesEffectNextMonth() => CallLog.Play("""
        pbx users 2 plan FLAT
        2026-11-09T10:00:00  allowance                             => granted 120000s, fee 62
        2026-11-10T10:00:00  authorize  A  +33155550101 ask 60s
        10:01:00  end        A  60s                                => usage 202611
        10:01:00  allowance                                        => granted 120000s, fee 62
        2026-12-01T00:00:00  allowance                             => granted 240000s, fee 66
        00:00:00  allowance  month 202611                          => granted 120000s, fee 62
        """, Catalogue);

    [Fact]
    public void SameCodeInAnotherListType_HasOtherFeesAndMinutes() => CallLog.Play("""
        pbx users 2 plan FLAT list GOLD
        2026-11-09T10:00:00  allowance                             => granted 360000s, fee 40
        """, Catalogue);

    [Fact]
    public void MonthBeginsInThePbxsZone() // 13 hours before UTC's, and 10 after it
    {
        CallLog.Play("""
            pbx zone Pacific/Auckland users 1 plan FLAT
            2026-12-05T00:00:00  allowance                         => granted 180000s, fee 35
            """, Catalogue);
        CallLog.Play("""
            pbx zone Pacific/Honolulu users 1 plan FLAT
            2026-12-05T00:00:00  allowance                         => granted 120000s, fee 33
            """, Catalogue);
    }

    [Fact]
    public void ActivationWithinTheMonth_TakesThePlanOfThatDay() => CallLog.Play("""
        pbx users 1 plan FLAT active 2026-11-16
        2026-11-20T10:00:00  allowance                             => granted 90000s, fee 17.5
        """, Catalogue);

    [Fact]
    public void ActivationOnTheDayTheListFirstBegins_TakesItsFirstPlan_OnceItIsInForce()
    {
        var young = new Catalogue(
            [
                List("YOUNG", 1, "2026-11-16", Flat(1000, "20"), hour: 10),
                List("YOUNG", 2, "2026-11-16", Flat(2000, "40"), hour: 12),
            ],
            []);
        CallLog.Play("""
            pbx users 1 plan FLAT list YOUNG active 2026-11-16
            2026-11-16T09:59:59  authorize  A  +33155550101 ask 60s => denied PbxWithoutPlan
            10:00:00  allowance                                    => granted 30000s, fee 10
            10:00:00  authorize  B  +49305550101 ask 60s           => included 60s
            12:00:00  allowance                                    => granted 30000s, fee 10
            2026-12-01T00:00:00  allowance                         => granted 120000s, fee 40
            """, young);
        CallLog.Play("""
            pbx users 1 plan FLAT list YOUNG active 2026-11-16
            2026-12-05T10:00:00  allowance  month 202611           => not opened
            10:00:00  allowance                                    => granted 120000s, fee 40
            10:00:00  allowance  month 202611                      => granted 30000s, fee 10
            """, young);
    }

    [Fact]
    public void FirstVersionOfALaterMonth_IsNoPlanOfThisOne() => CallLog.Play("""
        pbx users 1 plan FLAT list YOUNG active 2026-10-16
        2026-11-20T10:00:00  allowance                             => granted 60000s, fee 20
        2026-11-20T10:00:00  allowance  month 202610               => granted 0s
        """, new Catalogue([List("YOUNG", 1, "2026-11-16", Flat(1000, "20"))], []));

    [Fact]
    public void PlanThatTheListDoesNotSell_IsThatOfItsOwn() => CallLog.Play("""
        pbx users 2 plan FLAT list PLAIN
        2026-11-09T10:00:00  allowance                             => granted 60000s, fee 62
        """, Catalogue);

    [Fact]
    public void PlanOfAListInAnotherCurrency_IsNotTaken() => CallLog.Play("""
        pbx users 2 plan FLAT list EUROS
        2026-11-09T10:00:00  allowance                             => granted 60000s, fee 62
        """, Catalogue);

    [Fact]
    public void OldVersionWhosePrefixesLeftMemory_StillOpensItsMonth_ButPricesNothing()
    {
        var thin = new Catalogue(
            Catalogue.Lists.Where(list => list is { Type: "END_USER", Number: 3 }), Catalogue.Plans, Catalogue.Lists.Select(list => list.Outline));
        var november = new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal((false, true), (thin.Covers("END_USER", november), thin.Covers("END_USER", november.AddDays(20))));
        Assert.Throws<InvalidOperationException>(() => thin.InForce("END_USER", november));
        CallLog.Play("""
            pbx users 1 plan FLAT
            2026-12-05T00:00:00  allowance  month 202611           => not opened
            00:00:00  allowance                                    => granted 120000s
            00:00:00  allowance  month 202611                      => granted 60000s, fee 31
            """, thin);
    }

    [Theory]
    [InlineData("Europe/Rome", "2026-11-01", "2026-10-31T23:00")]
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00")] // no midnight: 23:59 was followed by 01:00
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00")] // two of them
    [InlineData("Pacific/Apia", "2011-12-30", "2011-12-30T10:00")] // no such day: the next one's start
    [InlineData("Pacific/Kiritimati", "2026-11-01", "2026-10-31T10:00")]
    [InlineData("Etc/GMT+12", "2026-11-01", "2026-11-01T12:00")]
    public void DayBeginsAtItsFirstInstant(string zone, string day, string utc) => Assert.Equal(
        DateTimeOffset.Parse(utc + "Z", CultureInfo.InvariantCulture),
        new LocalCalendar(zone).StartOf(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)));

    private static PlanOffer Flat(int minutes, string fee) => new(
        "FLAT", PlanTerm.Month, AllowanceSharing.Pooled, minutes, [new UserBand(int.MaxValue, SamplePrices.Money(fee))]);

    private static PriceListVersion List(string type, int number, string from, PlanOffer? plan = null, string currency = "USD", int hour = 0)
    {
        var sample = SamplePrices.Catalogue.Lists.First();
        var at = new DateTimeOffset(DateTime.ParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddHours(hour), TimeSpan.Zero);
        return new PriceListVersion(type, currency, "UTC", 4, number, at, sample.AreaTariffs, sample.Prefixes) { Plans = plan is null ? [] : [plan] };
    }
}
