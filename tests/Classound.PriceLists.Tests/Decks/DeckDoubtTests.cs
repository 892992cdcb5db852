using System.Globalization;
using Classound.PriceLists.Decks;
using Classound.PriceLists.Tables;
using MiniExcelLibs;

namespace Classound.PriceLists.Tests.Decks;

/// <summary>Where a deck can be read in two ways, no price is guessed.</summary>
public sealed class DeckDoubtTests
{
    [Theory]
    [InlineData("Rate (Old)")]
    [InlineData("Price (USD/sec)")]
    [InlineData("Rate (cents/min)")]
    public void PriceOfAnotherMeaning_IsNotReadAsPerMinute(string heading)
    {
        var result = DeckText.Read($"Prefix,Destination,{heading}\n39,Italy,0.01\n");

        Assert.Contains("no column of prices per minute", result.Reason(), StringComparison.Ordinal);
    }

    [Fact]
    public void TwoPricesThatDiffer_NeedAChoice()
    {
        const string Text = "Prefix,Price 1,Price N\n39,0.01,0.02\n";

        Assert.Contains("two columns of prices", DeckText.Read(Text).Reason(), StringComparison.Ordinal);
        var chosen = DeckText.Read(Text, DeckText.Options with { Columns = [new DeckColumnChoice(DeckTarget.Price, "Price 1")] });
        Assert.Equal(["39 0.01/60+1"], chosen.Entries());
    }

    [Fact]
    public void DateUnderDiscontinued_IsNoYesAndNoNo()
    {
        const string Deck = "Prefix,Rate,Discontinued\n39,0.01,2026-10-01\n33,0.02,no\n34,0.02,0\n";
        var end = DeckText.Options with { Columns = [new DeckColumnChoice(DeckTarget.ValidUntil, "Discontinued")] };

        Assert.Equal(["2 Discontinued 2026-10-01"], DeckText.Read(Deck).Places());
        Assert.Equal(["33 0.02/60+1"], DeckText.Read("Prefix,Rate,Discontinued\n39,0.01,2026-09-01\n33,0.02,-\n", end).Entries());
    }

    [Fact]
    public void TwoSheetsOfPrices_NeedAChoice()
    {
        using var file = new MemoryStream();
        var (one, two) = (new[] { new { Prefix = "39", Rate = "0.01" } }, new[] { new { Prefix = "33", Rate = "0.02" } });
        MiniExcel.SaveAs(file, new Dictionary<string, object> { ["A-K"] = one, ["L-Z"] = two });
        file.Position = 0;

        var result = DeckReader.Read(file, TableFormat.Xlsx, DeckText.Options);

        Assert.Contains("--sheet", result.Reason(), StringComparison.Ordinal);
        file.Position = 0;
        Assert.Equal(["33 0.02/60+1"], DeckReader.Read(file, TableFormat.Xlsx, DeckText.Options with { Sheet = "L-Z" }).Entries());
    }

    [Fact]
    public void NameOfADeck_IsOneLineOfWholeCharacters()
    {
        var name = DeckText.Read("Prefix,Rate,Destination\n39,0.01,\"It\u0001aly\nMobile\"\n").Prices[0].Entry.Destination;
        Assert.Equal("It aly Mobile", name);
        var cut = DeckText.Read($"Prefix,Rate,Destination\n39,0.01,{new string('x', 127)}\U0001F4DE\n").Prices[0].Entry.Destination;
        Assert.Equal(new string('x', 127), cut);
    }

    [Fact]
    public void MorePrefixesThanAFileMayHave_AreRefusedAtTheLine()
    {
        var few = DeckText.Options with { Rules = new PriceListRules { MaxPrefixes = 12 } };

        Assert.Equal(12, DeckText.Read("Prefix,Rate\n4910-4919,0.01\n39,0.01\n33,0.01\n", few).Prefixes);
        var result = DeckText.Read("Prefix,Rate\n4910-4919,0.01\n39,0.01\n\"33,34\",0.01\nwrong,0.01\n", few);
        Assert.Equal((4, "13 prefixes up to here; expected at most 12 in a file"), (Assert.Single(result.Errors).Line, result.Reason()));
        Assert.Equal(4_000_000, new PriceListRules().MaxPrefixes);
    }

    [Fact]
    public void MorePrefixesInAllVersionsThanADeckMayMake_AreRefused()
    {
        var few = DeckText.Options with { Rules = new PriceListRules { MaxPrefixes = 10 } };
        var dates = string.Concat(Enumerable.Range(1, 5).Select(day => string.Create(CultureInfo.InvariantCulture, $"39,0.0{day},2026-10-0{day}\n")));

        Assert.Empty(DeckText.Read("Prefix,Rate,Effective\n491-495,0.01,\n" + dates, few).Errors);
        dates = string.Concat(Enumerable.Range(1, 6).Select(day => string.Create(CultureInfo.InvariantCulture, $"39{day},0.0{day},2026-10-0{day}\n")));
        var result = DeckText.Read("Prefix,Rate,Effective\n491-494,0.01,\n" + dates, few);
        Assert.Contains("expected at most 40 together", result.Reason(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Prefix,Rate\n44,0.01\n39,0,01\n", "3 Rate 0")]
    [InlineData("Prefix,Rate,Pulse\n39,0,01,60/1\n", "2 Rate 0")]
    [InlineData("Prefix,Rate,,\n39,0,01,\n", "2 Rate 0")]
    public void DecimalCommaWithoutQuotes_IsNoPriceOfZero(string deck, string place)
    {
        var result = DeckText.Read(deck);

        Assert.Equal([place], result.Places());
        Assert.Contains("quotes", result.Reason(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Prefix,Rate\n39,0,\n", "39 0/60+1")]
    [InlineData("Prefix,Rate\n39,0.01,Rome\n", "39 0.01/60+1")]
    [InlineData("Prefix;Rate\n39;0,01\n", "39 0.01/60+1")]
    public void OtherCellsBehindTheLastColumn_AreNothing(string deck, string entry) => Assert.Equal([entry], DeckText.Read(deck).Entries());

    [Theory]
    [InlineData("Status", "No longer offered: closed")]
    [InlineData("Status", "Inactive")]
    [InlineData("Closed?", "Yes")]
    public void WithdrawnCode_HasNoPrice(string heading, string text)
    {
        var result = DeckText.Read($"Prefix,Rate,{heading}\n39,0.01,\n44,0.02,{text}\n");

        Assert.Equal(["39 0.01/60+1"], result.Entries());
    }
}
