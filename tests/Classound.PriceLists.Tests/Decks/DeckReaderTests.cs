using System.Globalization;
using Classound.Charging.Rating;
using Classound.PriceLists.Decks;
using Classound.PriceLists.Tables;
using MiniExcelLibs;

namespace Classound.PriceLists.Tests.Decks;

public sealed class DeckReaderTests
{
    private const string Simple = "Destination,Prefix,Rate\n";

    [Fact]
    public void Preamble_IsShownAndHeadingsBelowItAreFound()
    {
        var result = DeckText.Read(
            "Some Carrier Ltd.,,\nValidity of increases (date):,45062,\nCurrency: ,USD,\n,,\n"
            + "Destination,Complete Code,Rates (USD / Min)\nItaly,39,0.01\n",
            DeckText.Options with { Currency = "USD" });

        Assert.Equal(["39 0.01/60+1"], result.Entries());
        Assert.Equal(5, result.Mapping!.HeaderLine);
        Assert.Equal(
            [(1, "", "Some Carrier Ltd."), (2, "Validity of increases (date)", "2023-05-16"), (3, "Currency", "USD")],
            result.Mapping.Facts.Select(fact => (fact.Line, fact.Name, fact.Value)));
    }

    [Theory]
    [InlineData("Currency:,EUR,\nDestination,Prefix,Rate\nItaly,39,0.01\n", "1 Currency EUR")]
    [InlineData("Destination,Prefix,Rate (EUR/min)\nItaly,39,0.01\n", "1 Rate (EUR/min) EUR")]
    [InlineData("Prefix,Rate,Currency\n39,0.01,USD\n44,0.02,GBP\n", "3 Currency GBP")]
    [InlineData("Prefix,Rate\n39,0.01 USD\n44,0.02€\n", "3 Rate 0.02€")]
    [InlineData("All prices in EUR,\nPrefix,Rate all day\n39,0.01\n", "1  EUR")]
    public void OtherCurrency_IsRefusedWithItsLine(string text, string place)
    {
        var result = DeckText.Read(text, DeckText.Options with { Currency = "USD" });

        Assert.Equal([place], result.Places());
        Assert.Empty(result.Parts);
    }

    [Fact]
    public void Footers_AreNotedAndNeverLost()
    {
        var result = DeckText.Read(
            "Prefix,Destination,Rate\n39,Italy,0.01\n,,\n\"Prices without tax, by 2026\",,\n,see our terms,\nPrefix,Destination,Rate\n44,UK,0.02\n");

        Assert.Equal(["39 0.01/60+1", "44 0.02/60+1"], result.Entries());
        Assert.Equal([4, 5, 6], result.Notes.Select(note => note.Line));
    }

    [Theory]
    [InlineData("Italy,,0.01", "2 Prefix ")]
    [InlineData("Italy,39,", "2 Rate ")]
    [InlineData("Italy,39,free", "2 Rate free")]
    [InlineData("Italy,39,-0.01", "2 Rate -0.01")]
    [InlineData("Italy,39,1000.01", "2 Rate 1000.01")]
    [InlineData("Italy,039,0.01", "2 Prefix 039")]
    [InlineData("Italy,3.93E+11,0.01", "2 Prefix 3.93E+11")]
    [InlineData("Nowhere,999,0.01", "2 Prefix 999")]
    [InlineData("Italy,39 39 06,0.01", null)]
    [InlineData("Italy,39066 39067,0.01", "2 Prefix 39066 39067")]
    [InlineData("Italy,1234567890123456,0.01", "2 Prefix 1234567890123456")]
    public void UnreadableRow_IsAnErrorWithLineColumnAndValue(string row, string? place)
    {
        var result = DeckText.Read(Simple + row + "\nFrance,33,0.01\nSpain,34,0.01\n");

        Assert.Equal(place is null ? [] : [place], result.Places());
        Assert.Equal(place is null, result.Parts.Count > 0);
    }

    [Fact]
    public void TheSameHeadingTwice_AndUnknownOnes_DoNotDisturb()
    {
        var result = DeckText.Read(
            "Destination,Prefix,Rate,Rate Change,Colour,Rate Change\nItaly,39,0.01,No Change,red,Deleted\nFrance,33,0.01,Increase,red,Increase\n");

        Assert.Equal(["33 0.01/60+1"], result.Entries());
        Assert.Equal(["Colour (column 5)"], result.Mapping!.Ignored);
        Assert.Equal([4, 6], result.Mapping.Columns.Where(column => column.Target == DeckTarget.Change).Select(column => column.Number));
    }

    [Fact]
    public void SplitCodes_AreJoined()
    {
        var result = DeckText.Read("Country,Country Code,Area Code,Price\nItaly,39,\"06, 02-03\",0.01\nFrance,33,,0.02\n");

        Assert.Equal(["33 0.02/60+1", "3902 0.01/60+1", "3903 0.01/60+1", "3906 0.01/60+1"], result.Entries());
    }

    [Fact]
    public void CodeBesideACountryCode_IsAnAreaCodeUnlessItStartsWithIt()
    {
        Assert.Equal(["396 0.01/60+1"], DeckText.Read("Country Code,Code,Price\n39,6,0.01\n").Entries());
        Assert.Equal(["396 0.01/60+1"], DeckText.Read("Country Code,Code,Price\n39,396,0.01\n").Entries());
    }

    [Fact]
    public void InternationalPrefix_IsTakenOffOnlyWhereAllCodesHaveIt()
    {
        Assert.Equal(["33 0.01/60+1", "39 0.01/60+1"], DeckText.Read("Prefix,Rate\n^0039..*,0.01\n0033,0.01\n").Entries());
        Assert.Equal(["2 Prefix 0039"], DeckText.Read("Prefix,Rate\n0039,0.01\n33,0.01\n").Places());
        Assert.Equal(
            ["33 0.01/60+1", "39 0.01/60+1"],
            DeckText.Read("Prefix,Rate\n0039,0.01\n33,0.01\n", DeckText.Options with { InternationalPrefix = "00" }).Entries());
    }

    [Fact]
    public void Columns_CanBeGivenByHeadingOrNumber()
    {
        var options = DeckText.Options with
        {
            Columns = [new DeckColumnChoice(DeckTarget.Price, "old RATE"), new DeckColumnChoice(DeckTarget.Prefix, "1")],
            DecimalSeparator = ',',
            Increments = new DeckIncrements(60, 60),
        };

        var result = DeckText.Read("Thing,Old rate,New rate\n39,\"1,234\",2\n", options);

        Assert.Equal(["39 1.234/60+60"], result.Entries());
        Assert.All(result.Mapping!.Columns, column => Assert.True(column.Given));
        var missing = DeckText.Options with { Columns = [new DeckColumnChoice(DeckTarget.Change, "Gone")] };
        Assert.StartsWith("no column has this heading", DeckText.Read("Prefix,Rate\n39,1\n", missing).Reason(), StringComparison.Ordinal);
    }

    [Fact]
    public void Headings_MayBeMissingWhereColumnsAreGiven()
    {
        var options = DeckText.Options with { Columns = [new DeckColumnChoice(DeckTarget.Prefix, "2"), new DeckColumnChoice(DeckTarget.Price, "3")] };

        var result = DeckText.Read("Rome,3906,0.01\nParis,331,0.02\n", options);

        Assert.Equal(["331 0.02/60+1", "3906 0.01/60+1"], result.Entries());
        Assert.Equal(0, result.Mapping!.HeaderLine);
    }

    [Theory]
    [InlineData("Pulse\n39,0.06,30/6", "0.06/60+30|30:0.06/60+6")]
    [InlineData("Billing\n39,0.06,60/60", "0.06/60+60")]
    [InlineData("Increment\n39,0.06,1+1", "0.06/60+1")]
    [InlineData("Increments\n39,0.06,60/1", "0.06/60+60|60:0.06/60+1")]
    [InlineData("Billing Interval\n39,0.06,6 sec", "0.06/60+6")]
    [InlineData("Billing\n39,0.06,Per Minute", "0.06/60+60")]
    [InlineData("Interval 1,Interval N\n39,0.06,30,6", "0.06/60+30|30:0.06/60+6")]
    public void Increments_BecomeSteps(string columns, string steps) =>
        Assert.Equal([$"39 {steps}"], DeckText.Read($"Prefix,Rate,{columns}\n").Entries());

    [Theory]
    [InlineData("Pulse\n39,0.06,\n33,0.06,1/1\n34,0.06,", "Pulse")]
    [InlineData("Interval 1,Interval N\n39,0.06,,\n33,0.06,1,1\n34,0.06,,", "Interval 1")]
    [InlineData("Interval 1,Interval N\n39,0.06,60,\n33,0.06,1,1\n34,0.06,60,", "Interval N")]
    public void EmptyIncrements_AreAskedForUnlessTheyAreGiven(string columns, string heading)
    {
        var deck = $"Prefix,Rate,{columns}\n";

        Assert.Equal([$"2 {heading} ", $"4 {heading} "], DeckText.Read(deck).Places());
        var given = DeckText.Read(deck, DeckText.Options with { Increments = new DeckIncrements(60, 6) });
        Assert.Equal(["33 0.06/60+1", "34 0.06/60+60|60:0.06/60+6", "39 0.06/60+60|60:0.06/60+6"], given.Entries());
        var note = Assert.Single(given.Notes);
        Assert.Equal((2, "2 rows lack increments, this the first: those of 60/6 as given"), (note.Line, note.Reason));
    }

    [Theory]
    [InlineData("Billing", "whatever", "2 Billing whatever")]
    [InlineData("Effective", "week 41", "2 Effective week 41")]
    public void ColumnThatWouldChangeThePrice_IsNotPassedOver(string heading, string value, string place)
    {
        var deck = $"Prefix,Rate,{heading}\n39,0.06,{value}\n";
        DeckColumnChoice[] none =
            [new DeckColumnChoice(DeckTarget.Increments, DeckColumnChoice.None), new DeckColumnChoice(DeckTarget.ValidFrom, DeckColumnChoice.None)];

        Assert.Equal([place], DeckText.Read(deck).Places());
        Assert.Equal(["39 0.06/60+1"], DeckText.Read(deck, DeckText.Options with { Columns = none }).Entries());
    }

    [Fact]
    public void MinimumAndConnectFee_BelongToTheTariff()
    {
        var tariff = Assert.Single(DeckText.Read("Prefix,Rate,Connect Fee,Min Duration\n39,0.06,0.1,30\n").Prices).Entry.OwnTariff!;

        Assert.Equal(("0.1", 30), (tariff.ConnectFee.ToString(), tariff.MinimumSeconds));
    }

    [Fact]
    public void OtherIncrementsOutsideArea1_AreErrorsUnlessTheTypeAllowsThem()
    {
        const string deck = "Prefix,Rate,Pulse\n39,0.06,30/6\n33,0.06,1/1\n";
        var strict = DeckText.Options with { DefaultArea = CallArea.Area2 };

        Assert.Equal(["2 Pulse 0.06/60+30|30:0.06/60+6"], DeckText.Read(deck, strict).Places());
        var allowed = DeckText.Read(deck, strict with { Rules = new PriceListRules { AllowOtherIncrements = true } });
        Assert.Equal((0, 2), (allowed.ErrorCount, Assert.Single(allowed.Notes).Line));
    }

    [Fact]
    public void RowsThatDeviate_AreListedUpToAThousandAndCountedAll()
    {
        var rows = string.Concat(Enumerable.Range(0, 1_200).Select(i => string.Create(CultureInfo.InvariantCulture, $"39{1000 + i},0.06,60/60\n")));

        var result = DeckText.Read("Prefix,Rate,Pulse\n" + rows, DeckText.Options with { DefaultArea = CallArea.Area3 });

        Assert.Equal((1_200, 1_000), (result.ErrorCount, result.Errors.Count));
    }

    [Theory]
    [InlineData("Italy,39,0.01\nItaly,39,0.01", "line 2 says the same")]
    [InlineData("Italy,39,0.01\nItaly,39,0.02", "line 2 says otherwise")]
    public void TheSameCodeTwice_IsAnErrorThatNamesBothLines(string rows, string reason)
    {
        var result = DeckText.Read($"{Simple}{rows}\n");

        var error = Assert.Single(result.Errors);
        Assert.Equal((3, "39"), (error.Line, error.Value));
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
        Assert.Empty(result.Notes);
    }

    [Fact]
    public void NumberDecidesTheCountry_AndOtherNamesAreCounted()
    {
        var result = DeckText.Read($"{Simple}Canada,1416,0.01\nCanada,1212,0.01\nCanada,1213,0.01\nUSA,1,0.01\n");

        Assert.Equal(["US", "US", "US", "CA"], result.Prices.Select(price => price.Entry.Country));
        var note = Assert.Single(result.Notes);
        Assert.Equal(3, note.Line);
        Assert.StartsWith("2 prefixes named as CA", note.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void CountryThatIsUnknown_IsRefusedAsACode_AndNotedAsAName()
    {
        const string Heading = "Prefix,Country,Rate\n";
        var named = DeckText.Read(Heading + "39,Atlantis,0.01\n3906,Atlantis,0.01\n870,Ships at sea,0.01\n");

        Assert.Equal(["2 country XX"], DeckText.Read(Heading + "39,XX,0.01\n3906,XX,0.01\n44,UK,0.01\n383,XK,0.01\n870,ZZ,0.01\n").Places());
        Assert.StartsWith("2 prefixes of a country that is not known", Assert.Single(named.Notes).Reason, StringComparison.Ordinal);
        Assert.Equal("IT", named.Prices[0].Entry.Country);
    }

    [Fact]
    public void CountryAndNetwork_MakeTheName()
    {
        var result = DeckText.Read("Country,Network,Code,Rate\nGermany,Mobile - A,4915,0.01\nGermany,Germany Fixed,49,0.01\nDE,,4916,0.01\n");

        Assert.Equal(["Germany Fixed", "Germany Mobile - A", "Germany"], result.Prices.Select(price => price.Entry.Destination));
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("de-DE")]
    public void Workbook_ReadsLikeText(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            using var file = new MemoryStream();
            Dictionary<string, object?>[] rows =
            [
                Row("Carrier", null, null, null), Row("Destination", "Dial Code", "Rate", "Effective Date"),
                Row("Italy", 39d, 0.28499999999999998, new DateTime(2026, 9, 1)), Row("Italy mobile", "393, 394", 1.25, 46300),
            ];
            MiniExcel.SaveAs(file, new Dictionary<string, object> { ["About"] = new[] { new { x = "y" } }, ["Deck"] = rows }, printHeader: false);
            file.Position = 0;

            var result = DeckReader.Read(file, TableFormat.Xlsx, DeckText.Options);

            Assert.Empty(result.Errors);
            Assert.Equal(("Deck", 2), (result.Mapping!.Sheet, result.Mapping.HeaderLine));
            Assert.Equal(["39 0.285/60+1"], result.Entries());
            Assert.Equal(["39 0.285/60+1", "393 1.25/60+1", "394 1.25/60+1"], result.Entries(1));
            Assert.Equal(new DateTimeOffset(2026, 10, 5, 0, 0, 0, TimeSpan.Zero), result.Parts[1].ValidFrom);
            Assert.Contains(result.Notes, note => note.Value == "About");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Progress_IsToldInRows()
    {
        var told = new List<int>();
        var rows = string.Concat(Enumerable.Range(0, 20_001).Select(i => string.Create(CultureInfo.InvariantCulture, $"39{10_000 + i},0.06\n")));

        DeckText.Read("Prefix,Rate\n" + rows, DeckText.Options with { Progress = new Told(told) });

        Assert.Equal([10_000, 20_000], told);
    }

    [Fact]
    public void OwnFormat_IsNoDeck() => Assert.Contains(
        "own format", DeckText.Read("kind,prefix,country,destination,area,steps\nprefix,39,IT,Italy,1,0.01/60+1\n").Reason(), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("a,b\n1,2\n", "has no column of prefixes")]
    [InlineData("Prefix,Destination\n39,Italy\n", "has no column of prices")]
    [InlineData("Prefix,Rate\n", "no row of prices")]
    public void WhatIsNoDeck_IsRefused(string text, string reason) =>
        Assert.Contains(DeckText.Read(text).Errors, error => error.Reason.Contains(reason, StringComparison.Ordinal));

    private static Dictionary<string, object?> Row(object? a, object? b, object? c, object? d) => new() { ["A"] = a, ["B"] = b, ["C"] = c, ["D"] = d };

    private sealed class Told(List<int> values) : IProgress<int>
    {
        public void Report(int value) => values.Add(value);
    }
}
