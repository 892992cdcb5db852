using Classound.Charging.Allowances;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Tests.OwnFormat;

/// <summary>Plans, bands, DID and FreePhone fees, and the row about the list.</summary>
public sealed class OwnTablesTests
{
    private const string Plans = "kind,code,term,sharing,minutes_per_user,users_from,users_to,monthly_fee\n";
    private const string Dids = "kind,country,number_kind,setup_fee,monthly_fee\n";
    private const string FreePhones = "kind,country,monthly_fee,fixed_per_minute,mobile_per_minute,payphone_per_minute\n";
    private const string Lists = "kind,type,currency,time_zone,decimals,area,connect_fee,minimum_seconds,steps\n";
    private const string AnArea = "area,,,,,1,,,0.01/60+60\n";

    private const string Bands = "kind,prefix,country,destination,area,days,from,to,band_time_zone,connect_fee,steps\n"
        + "area,,,,1,,,,,,0.01/60+60\nprefix,39,IT,Italy,2,,,,,0.05,0.02/60+1\nprefix,33,FR,France,1,,,,,,\n";

    [Fact]
    public void Plan_IsMadeOfItsBandsInAnyOrder()
    {
        var result = PriceListText.ReadFile(
            Plans + "plan,FLAT-1y,1y,PER_USER,3000,6,20,8.5\nplan,FLAT-1m,1m,POOLED,1000,1,,3\nplan,FLAT-1y,1y,PER_USER,3000,1,5,9.9\n");

        Assert.Empty(result.Errors);
        Assert.Equal(
            [
                new PlanOffer("FLAT-1y", PlanTerm.Year, AllowanceSharing.PerUser, 3000,
                    [new(5, new Amount(9_900_000_000)), new(20, new Amount(8_500_000_000))]),
                new PlanOffer("FLAT-1m", PlanTerm.Month, AllowanceSharing.Pooled, 1000, [new(int.MaxValue, new Amount(3_000_000_000))]),
            ],
            result.Content!.Plans);
    }

    [Theory]
    [InlineData("F,1m,POOLED,3000,7,20,9", "3 users_from 7")] // A gap: expected 6.
    [InlineData("F,1m,POOLED,3000,4,20,9", "3 users_from 4")] // An overlap.
    [InlineData("F,1m,POOLED,3000,1,20,9", "3 users_from 1")] // The same band twice.
    [InlineData("F,1y,POOLED,3000,6,20,9", "3 term 1y")]
    [InlineData("F,1m,PER_USER,3000,6,20,9", "3 sharing PER_USER")]
    [InlineData("F,1m,POOLED,1000,6,20,9", "3 minutes_per_user 1000")]
    [InlineData("F,2m,POOLED,3000,6,20,9", "3 term 2m")]
    [InlineData("F,1m,,3000,6,20,9", "3 sharing ")]
    [InlineData("F,1m,POOLED,44641,6,20,9", "3 minutes_per_user 44641")]
    [InlineData("F,1m,POOLED,,6,20,9", "3 minutes_per_user ")]
    [InlineData("F G,1m,POOLED,3000,6,20,9", "3 code F G")]
    [InlineData("F,1m,POOLED,3000,6,5,9", "3 users_to 5")]
    [InlineData("F,1m,POOLED,3000,6,400001,9", "3 users_to 400001")]
    [InlineData("F,1m,POOLED,3000,6,20,-9", "3 monthly_fee -9")]
    [InlineData("F,1m,POOLED,3000,6,20,100000.01", "3 monthly_fee 100000.01")]
    [InlineData("F,1m,POOLED,3000,6,20,", "3 monthly_fee ")]
    [InlineData("G,1m,POOLED,3000,2,20,9", "3 users_from 2")]
    public void WrongPlan_IsRefusedWithItsPlace(string row, string place)
    {
        var result = PriceListText.ReadFile(Plans + "plan,F,1m,POOLED,3000,1,5,9.9\nplan," + row + "\n");

        Assert.Null(result.Content);
        Assert.Equal(place, Assert.Single(result.Places()));
    }

    [Fact]
    public void GapInUserBands_NamesWhatIsExpected()
    {
        var result = PriceListText.ReadFile(Plans + "plan,F,1m,POOLED,3000,1,5,9.9\nplan,F,1m,POOLED,3000,7,20,9\n");

        Assert.Contains("expected 6", Assert.Single(result.Errors).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void BandAfterAnOpenOne_IsRefused()
    {
        var result = PriceListText.ReadFile(Plans + "plan,F,1m,POOLED,3000,1,,9.9\nplan,F,1m,POOLED,3000,6,20,9\n");

        Assert.Equal(["3 users_from 6"], result.Places());
    }

    [Theory]
    [InlineData("did,IT,mobile,1,2", "3 number_kind mobile")]
    [InlineData("did,ZZ,mobile,1,2", "3 country ZZ")]
    [InlineData("did,,mobile,1,2", "3 country ")]
    [InlineData("did,DE,,1,2", "3 number_kind ")]
    [InlineData("did,DE,mobile,-1,2", "3 setup_fee -1")]
    [InlineData("did,DE,mobile,100001,2", "3 setup_fee 100001")]
    [InlineData("did,DE,mobile,1,", "3 monthly_fee ")]
    public void WrongDidFee_IsRefusedWithItsPlace(string row, string place)
    {
        var result = PriceListText.ReadFile(Dids + "did,IT,mobile,1,2\n" + row + "\n");

        Assert.Null(result.Content);
        Assert.Equal(place, Assert.Single(result.Places()));
    }

    [Theory]
    [InlineData("freephone,IT,1,2,3,4", "3 country IT")]
    [InlineData("freephone,it,1,2,3,4", "3 country it")]
    [InlineData("freephone,DE,1,2,3,1000.01", "3 payphone_per_minute 1000.01")]
    [InlineData("freephone,DE,1,,3,4", "3 fixed_per_minute ")]
    public void WrongFreePhoneFee_IsRefusedWithItsPlace(string row, string place)
    {
        var result = PriceListText.ReadFile(FreePhones + "freephone,IT,1,2,3,4\n" + row + "\n");

        Assert.Null(result.Content);
        Assert.Equal(place, Assert.Single(result.Places()));
    }

    [Fact]
    public void Band_ReplacesPricesOfItsPartOfTheWeek()
    {
        var result = PriceListText.ReadFile(
            Bands + "band,39,,,,Mon-Fri,08:00,18:00,Europe/Rome,0.1,0.03/60+1\nband,39,,,,\"Sat,Sun\",00:00,24:00,Europe/Rome,,0.01/60+1\n"
            + "band,,,,1,Sun-Tue,22:00,06:00,Asia/Tokyo,,0.005/60+60\n");

        Assert.Empty(result.Errors);
        var italy = result.Content!.Entries[0].OwnTariff!;
        Assert.Equal(
            [(WeekDays.Workdays, 480, 1080, new Amount(100_000_000)), (WeekDays.Weekend, 0, 1440, Amount.Zero)],
            italy.Bands.Select(band => (band.Days, band.FromMinute, band.ToMinute, band.ConnectFee)));
        Assert.Equal(("Europe/Rome", new Amount(50_000_000)), (italy.BandTimeZoneId, italy.ConnectFee));
        var area = result.Content.AreaTariffs[CallArea.Area1];
        Assert.Equal((WeekDays.Sunday | WeekDays.Monday | WeekDays.Tuesday, "Asia/Tokyo"), (area.Bands[0].Days, area.BandTimeZoneId));
    }

    [Theory]
    [InlineData("08:00:00,18:00:00", 480, 1080)]
    [InlineData("1899-12-30 08:00:00,1899-12-31", 480, 1440)] // Times of day that were typed into a spreadsheet.
    [InlineData("1899-12-30,23:59", 0, 1439)]
    public void TimesOfASpreadsheet_AreTimesOfDay(string times, int from, int to)
    {
        var result = PriceListText.ReadFile(Bands + "band,39,,,,Mon," + times + ",Europe/Rome,,0.01/60+1\n");

        var band = Assert.Single(result.Content!.Entries[0].OwnTariff!.Bands);
        Assert.Equal((from, to), (band.FromMinute, band.ToMinute));
    }

    [Theory]
    [InlineData("39,,,,Mon-Fry,08:00,18:00,Europe/Rome,,0.01/60+1", "5 days Mon-Fry")]
    [InlineData("39,,,,,08:00,18:00,Europe/Rome,,0.01/60+1", "5 days ")]
    [InlineData("39,,,,Mon,24:00,18:00,Europe/Rome,,0.01/60+1", "5 from 24:00")]
    [InlineData("39,,,,Mon,8:00,18:00,Europe/Rome,,0.01/60+1", "5 from 8:00")]
    [InlineData("39,,,,Mon,08:00,24:01,Europe/Rome,,0.01/60+1", "5 to 24:01")]
    [InlineData("39,,,,Mon,08:00,18:00,Europe/Roma,,0.01/60+1", "5 band_time_zone Europe/Roma")]
    [InlineData("39,,,,Mon,08:00,18:00,,,0.01/60+1", "5 band_time_zone ")]
    [InlineData("39,,,,Mon,08:00,18:00,Europe/Rome,-1,0.01/60+1", "5 connect_fee -1")]
    [InlineData("39,,,,Mon,08:00,18:00,Europe/Rome,,", "5 steps ")]
    [InlineData("39,,,,Mon,08:00,18:00,Europe/Rome,,1001/60+1", "5 steps 1001/60+1")]
    [InlineData("39,,,,Mon,08:00,18:00,Europe/Rome,,0.01/60+60", "5 steps 0.01/60+60")] // R6: Italy is in Area 2 here.
    [InlineData("34,,,,Mon,08:00,18:00,Europe/Rome,,0.01/60+1", "5 prefix 34")]
    [InlineData("33,,,,Mon,08:00,18:00,Europe/Rome,,0.01/60+1", "5 prefix 33")] // No steps of its own.
    [InlineData("39,,,1,Mon,08:00,18:00,Europe/Rome,,0.01/60+1", "5 area 1")]
    [InlineData(",,,3,Mon,08:00,18:00,Europe/Rome,,0.01/60+1", "5 area 3")]
    [InlineData(",,,7,Mon,08:00,18:00,Europe/Rome,,0.01/60+1", "5 area 7")]
    public void WrongBand_IsRefusedWithItsPlace(string row, string place)
    {
        var result = PriceListText.ReadFile(Bands + "band," + row + "\n");

        Assert.Null(result.Content);
        Assert.Equal(place, Assert.Single(result.Places()));
    }

    [Fact]
    public void BandsThatOverlapOrDifferInTheirZone_AreRefusedAtTheSecond()
    {
        const string first = "band,39,,,,Mon-Fri,08:00,18:00,Europe/Rome,,0.03/60+1\n";

        Assert.Equal(
            ["6 days Fri"], PriceListText.ReadFile(Bands + first + "band,39,,,,Fri,17:59,20:00,Europe/Rome,,0.03/60+1\n").Places());
        Assert.Equal(
            ["6 band_time_zone Asia/Tokyo"],
            PriceListText.ReadFile(Bands + first + "band,39,,,,Sat,08:00,20:00,Asia/Tokyo,,0.03/60+1\n").Places());
    }

    [Fact]
    public void BandWithoutZone_HasThatOfTheList()
    {
        const string band = "band,39,,,,Mon,08:00,18:00,,,0.01/60+1\n";
        var rules = new PriceListRules { Header = new PriceListFacts { TimeZoneId = "Africa/Cairo" } };

        Assert.Equal("Africa/Cairo", PriceListText.ReadFile(Bands + band, rules).Content!.Entries[0].OwnTariff!.BandTimeZoneId);
    }

    [Theory]
    [InlineData("END_USER,EUR,Europe/Rome,4", "")]
    [InlineData(",,,", "")]
    [InlineData("GOLD,EUR,Europe/Rome,4", "2 type GOLD")]
    [InlineData(",USD,,", "2 currency USD")]
    [InlineData(",,Europe/Paris,", "2 time_zone Europe/Paris")]
    [InlineData(",,,2", "2 decimals 2")]
    [InlineData(",,,10", "2 decimals 10")]
    public void ListRow_SaysWhatTheImportSays(string row, string place)
    {
        var rules = new PriceListRules
        {
            Header = new PriceListFacts { Type = "END_USER", Currency = "EUR", TimeZoneId = "Europe/Rome", Decimals = 4 },
        };

        var result = PriceListText.ReadFile(Lists + "list," + row + ",,,,\n" + AnArea, rules);

        Assert.Equal(place, string.Join(' ', result.Places()));
    }

    [Theory]
    [InlineData("end user,,,", "2 type end user")]
    [InlineData(",ZZZ,,", "2 currency ZZZ")]
    [InlineData(",eur,,", "2 currency eur")]
    [InlineData(",,Rome,", "2 time_zone Rome")]
    [InlineData(",,W. Europe Standard Time,", "2 time_zone W. Europe Standard Time")]
    [InlineData(",,,x", "2 decimals x")]
    public void WrongListRow_IsRefusedWithItsPlace(string row, string place) =>
        Assert.Equal([place], PriceListText.ReadFile(Lists + "list," + row + ",,,,\n" + AnArea).Places());

    [Fact]
    public void SecondListRow_IsRefused() => Assert.Equal(
        ["4 type "], PriceListText.ReadFile(Lists + AnArea + "list,,EUR,,,,,,\nlist,,EUR,,,,,,\n").Places());

    [Fact]
    public void MissingColumn_IsToldOnceForTheKindThatNeedsIt()
    {
        var result = PriceListText.ReadFile("kind,code,term,users_from,users_to,monthly_fee\nplan,F,1m,1,5,9\nplan,F,1m,6,9,9\n");

        Assert.Equal(["1 sharing ", "1 minutes_per_user "], result.Places());
    }

    [Fact]
    public void CellOfAnotherKind_IsRefused() => Assert.Equal(
        ["2 monthly_fee 3"], PriceListText.ReadFile("kind,area,steps,monthly_fee\narea,1,0.1/60+60,3\n").Places());

    [Fact]
    public void LineBreakInAName_IsRefused() => Assert.Equal(
        ["3 destination It\naly"], PriceListText.Read(PriceListText.Area1, "prefix,39,IT,\"It\naly\",1,,,,no\n").Places());

    [Fact]
    public void CommentWithQuotes_IsSkipped() =>
        Assert.Empty(PriceListText.ReadFile("# the \"old\" list, \"so\n" + PriceListText.Header + PriceListText.Area1).Errors);

    [Fact]
    public void EqualTariffsAndNames_AreOneObject()
    {
        var entries = PriceListText.Read(
            "prefix,391,IT,Italy,1,,,0.1/60+60,no\n", "prefix,392,IT,Italy,1,,,0.1/60+60,no\n").Content!.Entries;

        Assert.Same(entries[0].OwnTariff, entries[1].OwnTariff);
        Assert.Same(entries[0].Destination, entries[1].Destination);
        Assert.Same(entries[0].Country, entries[1].Country);
    }
}
