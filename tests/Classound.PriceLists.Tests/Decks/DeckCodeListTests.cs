using Classound.PriceLists.Decks;

namespace Classound.PriceLists.Tests.Decks;

/// <summary>Lists of codes that may be meant in two ways are never guessed at; an option decides.</summary>
public sealed class DeckCodeListTests
{
    [Theory]
    [InlineData("49151,152", "--codes shorthand")]
    [InlineData("49151, 152, 153", "--codes shorthand")]
    [InlineData("49151/2/3", "--codes shorthand")]
    [InlineData("49152,151", "--codes shorthand")]
    [InlineData("4915,49160,162", "--codes shorthand")]
    [InlineData("7701,702", "--codes shorthand")]
    [InlineData("1201,202,203", "--codes shorthand")]
    [InlineData("61 38,39", "--codes shorthand")]
    [InlineData("52 33,555", "--codes shorthand")]
    [InlineData("+4915,1520", "--codes shorthand")]
    [InlineData("3906698,378", "--codes shorthand")]
    [InlineData("49151-153", "--codes shorthand")]
    [InlineData("49151-3", "--codes shorthand")]
    [InlineData("49151-49153,155-157", "--codes shorthand")]
    [InlineData("49/151", "--codes complete")]
    [InlineData("49,1512", "--codes complete")]
    [InlineData("1, 340", "--codes complete")]
    [InlineData("870; 8816", "--codes complete")]
    [InlineData("52-55", "different countries")]
    [InlineData("49151 152", "expected commas")]
    [InlineData("49(151,152)", "brackets")]
    [InlineData("49,151", "--codes thousands")]
    [InlineData("+49,151", "--codes thousands")]
    [InlineData("49.151", "--codes thousands")]
    [InlineData("49'151", "--codes thousands")]
    [InlineData("4,915,123", "--codes thousands")]
    [InlineData("49,151; 49,152", "--codes thousands")]
    [InlineData("49,151, 49,152", "--codes thousands")]
    [InlineData("212,213", "--codes thousands")]
    public void WhatMayMeanTwoThings_IsRefusedWithTheOptionThatDecides(string cell, string option)
    {
        var result = DeckText.Read($"Prefix,Rate\n33,0.02\n\"{cell}\",0.01\n");

        Assert.Equal([$"3 Prefix {cell}"], result.Places());
        Assert.Contains(option, result.Reason(), StringComparison.Ordinal);
        Assert.Empty(result.Parts);
    }

    [Theory]
    [InlineData("49, 4915, 49160", "49 4915 49160")]
    [InlineData("4930,49", "4930 49")]
    [InlineData("49160,4917", "49160 4917")]
    [InlineData("377, 386, 381, 383", "377 386 381 383")]
    [InlineData("37744, 38343, 383", "37744 38343 383")]
    [InlineData("+3906698, +378", "3906698 378")]
    [InlineData("1242,1246", "1242 1246")]
    [InlineData("8816; 8817; 870", "8816 8817 870")]
    [InlineData("8816-8818", "8816 8817 8818")]
    [InlineData("336 07, 336 08", "33607 33608")]
    [InlineData("201,202,203,205,206,207", "201 202 203 205 206 207")]
    public void WholeCodes_AreReadAsSuch(string cell, string codes) => Assert.Equal(Sorted(codes.Split(' ')), Codes(cell, null));

    [Theory]
    [InlineData(DeckCodeLists.Complete, "49151,152", "49151 152")]
    [InlineData(DeckCodeLists.Complete, "49,151", "49 151")]
    [InlineData(DeckCodeLists.Complete, "3906698, 378", "3906698 378")]
    [InlineData(DeckCodeLists.Complete, "870; 8816", "870 8816")]
    [InlineData(DeckCodeLists.Complete, "51-52", "51 52")]
    [InlineData(DeckCodeLists.Shorthand, "49151,152", "49151 49152")]
    [InlineData(DeckCodeLists.Shorthand, "49151/2/3", "49151 49152 49153")]
    [InlineData(DeckCodeLists.Shorthand, "49151-153, 155-6, 4917", "49151 49152 49153 49155 49156 4917")]
    [InlineData(DeckCodeLists.Shorthand, "61 38,39", "6138 6139")]
    [InlineData(DeckCodeLists.Shorthand, "49151, +43", "49151 43")]
    [InlineData(DeckCodeLists.Thousands, "49,151", "49151")]
    [InlineData(DeckCodeLists.Thousands, "4.915.123; 49,152", "4915123 49152")]
    [InlineData(DeckCodeLists.Thousands, "4915, 4916", "4915 4916")]
    public void Option_Decides(DeckCodeLists lists, string cell, string codes) => Assert.Equal(Sorted(codes.Split(' ')), Codes(cell, lists));

    [Theory]
    [InlineData("52 33,555")]
    [InlineData("4917-49172")]
    [InlineData("49/151")]
    public void Shorthand_NeverChangesTheCountry(string cell)
    {
        var result = DeckText.Read($"Prefix,Rate\n\"{cell}\",0.01\n", DeckText.Options with { CodeLists = DeckCodeLists.Shorthand });

        Assert.Equal([$"2 Prefix {cell}"], result.Places());
    }

    [Fact]
    public void AreaCodesBehindACountryCode_AreWhole() => Assert.Equal(
        ["4916 0.01/60+1", "492 0.01/60+1", "4930 0.01/60+1"],
        DeckText.Read("Country Code,Area Code,Rate\n49,\"16, 2, 30\",0.01\n").Entries());

    [Fact]
    public void ThousandsInAColumnOfAreaCodes_AreAskedFor() =>
        Assert.Equal(["2 Area Code 242,246"], DeckText.Read("Country Code,Area Code,Rate\n1,\"242,246\",0.01\n").Places());

    [Fact]
    public void Mapping_SaysHowListsWereRead()
    {
        Assert.Equal(DeckCodeLists.Complete, DeckText.Read("Prefix,Rate\n49,0.01\n").Mapping!.CodeLists);
        var shorthand = DeckText.Options with { CodeLists = DeckCodeLists.Shorthand };
        Assert.Equal(DeckCodeLists.Shorthand, DeckText.Read("Prefix,Rate\n49,0.01\n", shorthand).Mapping!.CodeLists);
    }

    private static string Codes(string cell, DeckCodeLists? lists)
    {
        var result = DeckText.Read($"Prefix,Rate\n\"{cell}\",0.01\n", DeckText.Options with { CodeLists = lists });
        Assert.Empty(result.Errors);
        return Sorted(result.Prices.Select(price => price.Entry.Prefix));
    }

    private static string Sorted(IEnumerable<string> codes) => string.Join(' ', codes.Order(StringComparer.Ordinal));
}
