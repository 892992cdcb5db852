using System.Globalization;
using System.Text;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Tests.OwnFormat;

public sealed class PriceListFileTests
{
    [Fact]
    public void WellFormedFile_GivesItsContent()
    {
        var result = PriceListText.Read(
            PriceListText.Area1,
            "area,,,,4,0.02,1,0.5/60+1,\n",
            PriceListText.Italy,
            "prefix,3934,IT,\"Italy, mobile\",1,0.03,30,0.05/60+30|30:0.05/60+6,\n",
            "prefix,88216,,Satellite,4,,,,yes\n");

        Assert.Empty(result.Errors);
        Assert.Equal((5, 3, 0), (result.Rows, result.Prefixes, result.NoteCount));
        Assert.Equal([CallArea.Area1, CallArea.Area4], result.Content!.AreaTariffs.Keys.Order());
        Assert.Equal(new Amount(20_000_000), result.Content.AreaTariffs[CallArea.Area4].ConnectFee);
        var mobile = result.Content.Entries[1];
        Assert.Equal(("3934", "IT", "Italy, mobile", CallArea.Area1, false),
            (mobile.Prefix, mobile.Country, mobile.Destination, mobile.Area, mobile.HighCost));
        Assert.Equal("0.05/60+30|30:0.05/60+6", Tariff.FormatSteps(mobile.OwnTariff!.Steps));
        Assert.Equal((new Amount(30_000_000), 30), (mobile.OwnTariff.ConnectFee, mobile.OwnTariff.MinimumSeconds));
        Assert.Null(result.Content.Entries[0].OwnTariff);
        Assert.Equal(("", true), (result.Content.Entries[2].Country, result.Content.Entries[2].HighCost));
    }

    [Theory]
    [InlineData("area,39,,,1,,,0.01/60+1,\n", "2 prefix 39")]
    [InlineData("area,,IT,,1,,,0.01/60+1,\n", "2 country IT")]
    [InlineData("area,,,Italy,1,,,0.01/60+1,\n", "2 destination Italy")]
    [InlineData("area,,,,1,,,0.01/60+1,no\n", "2 high_cost no")]
    [InlineData("area,,,,0,,,0.01/60+1,\n", "2 area 0")]
    [InlineData("area,,,,7,,,0.01/60+1,\n", "2 area 7")]
    [InlineData("area,,,,,,,0.01/60+1,\n", "2 area ")]
    [InlineData("area,,,,1,,,,\n", "2 steps ")]
    [InlineData("area,,,,1,,,-0.01/60+1,\n", "2 steps -0.01/60+1")]
    [InlineData("area,,,,1,,,\"0,01/60+1\",\n", "2 steps 0,01/60+1")]
    [InlineData("area,,,,1,,,1000.01/60+1,\n", "2 steps 1000.01/60+1")]
    [InlineData("area,,,,1,,,20/1+1,\n", "2 steps 20/1+1")]
    [InlineData("area,,,,1,-0.01,,0.01/60+1,\n", "2 connect_fee -0.01")]
    [InlineData("area,,,,1,1000.01,,0.01/60+1,\n", "2 connect_fee 1000.01")]
    [InlineData("area,,,,1,1e3,,0.01/60+1,\n", "2 connect_fee 1e3")]
    [InlineData("area,,,,1,,-1,0.01/60+1,\n", "2 minimum_seconds -1")]
    [InlineData("area,,,,1,,14401,0.01/60+1,\n", "2 minimum_seconds 14401")]
    [InlineData("area,,,,2,,,0.01/60+60,\n", "2 steps 0.01/60+60")]
    [InlineData("area,,,,2,,2,0.01/60+1,\n", "2 minimum_seconds 2")]
    [InlineData("prefix,0039,IT,Italy,1,,,0.01/60+1,\n", "2 prefix 0039")]
    [InlineData("prefix,+39,IT,Italy,1,,,0.01/60+1,\n", "2 prefix +39")]
    [InlineData("prefix,,IT,Italy,1,,,0.01/60+1,\n", "2 prefix ")]
    [InlineData("prefix,1234567890123456,IT,Italy,1,,,0.01/60+1,\n", "2 prefix 1234567890123456")]
    [InlineData("prefix,39,it,Italy,1,,,0.01/60+1,\n", "2 country it")]
    [InlineData("prefix,39,ZZ,Italy,1,,,0.01/60+1,\n", "2 country ZZ")]
    [InlineData("prefix,39,IT,,1,,,0.01/60+1,\n", "2 destination ")]
    [InlineData("prefix,39,IT,Italy,1,,,0.01/60+1,maybe\n", "2 high_cost maybe")]
    [InlineData("prefix,39,IT,Italy,2,,,0.01/60+6,\n", "2 steps 0.01/60+6")]
    [InlineData("number,39,IT,Italy,1,,,0.01/60+1,\n", "2 kind number")]
    public void WrongCell_IsRefusedWithItsPlace(string row, string place)
    {
        var result = PriceListText.Read(row);

        Assert.Null(result.Content);
        Assert.Equal(place, Assert.Single(result.Places()));
        Assert.NotEmpty(result.Errors[0].Reason);
    }

    [Fact]
    public void FeeOrMinimumWithoutSteps_IsRefused()
    {
        var result = PriceListText.Read(PriceListText.Area1, "prefix,39,IT,Italy,1,0.1,30,,\n");

        Assert.Equal(["3 connect_fee 0.1", "3 minimum_seconds 30"], result.Places());
    }

    [Fact]
    public void SeveralErrors_AreAllTold()
    {
        var result = PriceListText.Read(PriceListText.Area1, "prefix,x,ZZ,,9,a,b,c,d\n", PriceListText.Italy, "area,,,,1,,,0.5/60+1,\n");

        Assert.Null(result.Content);
        Assert.Equal(
            [
                "3 prefix x", "3 country ZZ", "3 destination ", "3 area 9", "3 connect_fee a", "3 minimum_seconds b", "3 steps c",
                "3 high_cost d", "5 area 1",
            ],
            result.Places());
    }

    [Fact]
    public void PrefixTwice_NamesBothLines()
    {
        var result = PriceListText.Read(PriceListText.Area1, PriceListText.Italy, "prefix,33,FR,France,1,,,,\n", PriceListText.Italy);

        var error = Assert.Single(result.Errors);
        Assert.Equal((5, "prefix", "39"), (error.Line, error.Column, error.Value));
        Assert.Contains("line 3", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void PrefixTwice_IsToldEvenWhenTheFirstRowHasAnotherError()
    {
        var result = PriceListText.Read(PriceListText.Area1, "prefix,39,ZZ,Italy,1,,,,\n", PriceListText.Italy);

        Assert.Equal(["3 country ZZ", "4 prefix 39"], result.Places());
    }

    [Fact]
    public void AreaWithoutRow_IsRefusedUnlessEachPrefixHasItsOwnTariff()
    {
        var refused = PriceListText.Read(PriceListText.Area1, "prefix,33,FR,France,2,,,,\n");
        Assert.Equal(["3 area 2"], refused.Places());

        Assert.NotNull(PriceListText.Read("prefix,33,FR,France,2,,,0.1/60+1,\n").Content);
    }

    [Fact]
    public void AreaRowAfterItsPrefixes_Counts() =>
        Assert.NotNull(PriceListText.Read(PriceListText.Italy, PriceListText.Area1).Content);

    [Fact]
    public void OtherIncrements_AreNotedWhereTheListAllowsThem()
    {
        var result = PriceListText.ReadFile(
            PriceListText.Header + "area,,,,3,,10,0.3/60+30|30:0.3/60+6,\n", new PriceListRules { AllowOtherIncrements = true });

        Assert.NotNull(result.Content);
        Assert.Equal(["2 steps", "2 minimum_seconds"], result.Notes.Select(n => $"{n.Line} {n.Column}"));
    }

    [Fact]
    public void PriceAtTheLimit_Passes() => Assert.NotNull(PriceListText.Read("area,,,,1,1000,,1000/60+1,\n").Content);

    [Theory]
    [InlineData("", 0)]
    [InlineData("\n\n", 0)]
    [InlineData(PriceListText.Header, 0)]
    public void FileWithoutRows_IsRefused(string text, int line)
    {
        var result = PriceListText.ReadFile(text);

        Assert.Null(result.Content);
        Assert.Equal(line, Assert.Single(result.Errors).Line);
    }

    [Fact]
    public void WrongHeader_NamesEachWrongColumn()
    {
        var result = PriceListText.ReadFile("kind,prefix,prefix,country,destination,area,price,steps,high_cost\n" + PriceListText.Italy);

        Assert.Null(result.Content);
        Assert.Equal(["1 prefix prefix", "1 price price"], result.Places());
    }

    [Fact]
    public void ColumnsInAnotherOrder_AreRead()
    {
        var result = PriceListText.ReadFile(
            "high_cost,steps,minimum_seconds,connect_fee,area,destination,country,prefix,kind\nyes,0.2/60+1,,,5,Cuba,CU,53,prefix\n");

        Assert.Equal("53", Assert.Single(result.Content!.Entries).Prefix);
    }

    [Theory]
    [InlineData("prefix,39,IT,Italy,1,,,\n")]
    [InlineData("prefix,39,IT,Italy,1,,,0.01/60+1,no,extra\n")]
    [InlineData("prefix,39,IT,\"Italy,1,,,0.01/60+1,no\n")]
    [InlineData("prefix,39,IT,It\"aly,1,,,0.01/60+1,no\n")]
    public void WrongNumberOfColumnsOrQuoting_IsRefused(string row)
    {
        var result = PriceListText.Read(row);

        Assert.Null(result.Content);
        Assert.NotEqual(0, result.ErrorCount);
    }

    [Fact]
    public void CommentsBlankLinesAndByteOrderMark_AreSkippedAndLinesStillCount()
    {
        var result = PriceListText.ReadFile("\uFEFF# invented prices\r\n" + PriceListText.Header + "\n# areas\n" + PriceListText.Area1 + "area,,,,8,,,1/60+1,\n");

        Assert.Equal(["6 area 8"], result.Places());
        Assert.Equal(2, result.Rows);
    }

    [Fact]
    public void BytesThatAreNotUtf8_AreRefused()
    {
        byte[] file = [.. Encoding.ASCII.GetBytes(PriceListText.Header + PriceListText.Area1 + "prefix,34,ES,Espa"), 0xF1, .. "a,1,,,,\n"u8];

        var result = PriceListText.ReadFile(file);

        Assert.Null(result.Content);
        Assert.Contains("UTF-8", Assert.Single(result.Errors).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void MoreThanAThousandErrors_AreCountedAndTheFirstThousandTold()
    {
        var rows = Enumerable.Range(0, 1_234).Select(_ => "area,,,,9,,,0.1/60+1,\n").ToArray();

        var result = PriceListText.Read(rows);

        Assert.Equal((1_234, 1_000, 2), (result.ErrorCount, result.Errors.Count, result.Errors[0].Line));
    }

    [Fact]
    public void MorePrefixesThanAFileMayHave_AreRefusedAtTheLine()
    {
        const string Rows = PriceListText.Header + PriceListText.Area1 + "prefix,33,FR,France,1,,,,\nprefix,34,ES,Spain,1,,,,\nprefix,35,,x,9,,,,\n";

        var result = PriceListText.ReadFile(Rows, new PriceListRules { MaxPrefixes = 1 });

        Assert.Equal((4, "2 prefixes up to here; expected at most 1 in a file"), (Assert.Single(result.Errors).Line, result.Errors[0].Reason));
    }

    [Fact]
    public void LongValue_IsCut()
    {
        var result = PriceListText.Read("prefix,39,IT,Italy,1,,," + new string('9', 500) + ",\n");

        Assert.Equal(PriceListRemark.MaxValueLength, Assert.Single(result.Errors).Value.Length);
    }

    [Fact]
    public void WrittenFile_ReadsBackToTheSame()
    {
        var content = PriceListText.Read(
            PriceListText.Area1, "area,,,,6,0.5,1,3/60+1|900:2.5/60+1,\n", PriceListText.Italy,
            "prefix,3906698,VA,\"Vatican \"\"City\"\", #1\",1,0.000000001,,0.02/7+1,yes\n", "prefix,8816,,Satellite,6,,,,yes\n").Content!;

        var file = new MemoryStream();
        PriceListFile.WriteCsv(file, PriceListText.Document(content));
        var again = PriceListText.ReadFile(file.ToArray());

        Assert.Empty(again.Errors);
        Assert.Equal(content.Entries, again.Content!.Entries);
        Assert.Equal(content.AreaTariffs.OrderBy(row => row.Key), again.Content.AreaTariffs.OrderBy(row => row.Key));
    }

    [Fact]
    public void GermanCulture_ChangesNothing()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            WrittenFile_ReadsBackToTheSame();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void StoredContent_StaysReadableUnderStricterRules() =>
        Assert.NotNull(PriceListText.ReadFile(
            PriceListText.Header + "area,,,,2,,60,2000000/60+60,\n", PriceListRules.Stored).Content);

    [Fact]
    public void CountryCodes_AreTheAssignedOnesAndThreeMore()
    {
        Assert.Equal(249 + 3, CountryCodes.Count);
        Assert.All(["IT", "US", "XK", "AC", "TA"], code => Assert.True(CountryCodes.IsKnown(code)));
        Assert.All(["UK", "EU", "it", "", "AN"], code => Assert.False(CountryCodes.IsKnown(code)));
    }
}
