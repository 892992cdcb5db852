using Classound.PriceLists.Pdf;
using CsCheck;

namespace Classound.PriceLists.Tests.Pdf;

public sealed class PrintableTextTests
{
    [Theory]
    [InlineData("Česká republika – Žďár", "Česká republika – Žďár")]
    [InlineData("Ελλάδα Россия Україна Łódź Đà", "Ελλάδα Россия Україна Łódź Đà")]
    [InlineData("e\u0301te\u0301", "été")]
    [InlineData("日本 Japan", "□□ Japan")]
    [InlineData("\ud83d\ude00!", "□!")]
    [InlineData("ישראל", "□□□□□")]
    [InlineData("tab\there\u00a0and\u200bthere", "tab here andthere")]
    public void Text_IsShown_OrVisiblyReplaced(string text, string expected) => Assert.Equal(expected, PrintableText.Of(text));

    [Fact]
    public void HalfOfASurrogatePair_IsVisiblyReplaced() => Assert.Equal("half □ of a pair", PrintableText.Of("half \ud83d of a pair"));

    [Theory]
    [InlineData("Germany mobile other carriers", 60, "Germany|mobile other|carriers")]
    [InlineData("Wwwwwwwwwwwwwww mobile", 40, "Wwwwww|wwwwww|www|mobile")]
    [InlineData("", 40, "")]
    [InlineData("   ", 40, "")]
    public void Lines_BreakAtSpaces_AndInsideWordsOnlyWhereTheyMust(string text, int width, string expected) =>
        Assert.Equal(expected, string.Join('|', PrintableText.Lines(text, TextStyle.Body, width)));

    [Fact]
    public void Lines_KeepEveryCharacter_AndFit() =>
        Gen.Select(Gen.String[Gen.Char["ab Wщ-,é日"], 0, 60], Gen.Int[12, 90]).Sample((text, width) =>
        {
            var lines = PrintableText.Lines(text, TextStyle.Body, width);

            Assert.Equal(WithoutSpaces(PrintableText.Of(text)), WithoutSpaces(string.Concat(lines)));
            Assert.All(lines, line => Assert.InRange(TextStyle.Body.Width(line), 0, width));
        });

    [Fact]
    public void Digits_HaveOneWidth_SoThatPointsStandBelowEachOther() =>
        Assert.Single("0123456789".Select(digit => FontFace.Regular.Width([digit], 10)).Distinct());

    [Fact]
    public void CountryNames_AreThereForEveryCode_AndHaveGlyphs()
    {
        var codes = Enumerable.Range(0, 26 * 26).Select(i => $"{(char)('A' + i / 26)}{(char)('A' + i % 26)}")
            .Where(CountryCodes.IsKnown).ToList();

        Assert.Equal(CountryCodes.Count, codes.Count);
        Assert.All(codes, code => Assert.True(CountryNames.Of(code).Length > 2));
        Assert.Equal(codes.Count, codes.Select(CountryNames.Of).Distinct().Count());
        Assert.All(codes.Select(CountryNames.Of), name => Assert.Equal(name, PrintableText.Of(name)));
        Assert.All(codes.Select(CountryNames.Of), name => Assert.InRange(CountryNames.SortKey(name)[0], 'A', 'Z'));
        Assert.Equal("ZZ", CountryNames.Of("ZZ"));
    }

    private static string WithoutSpaces(string text) => text.Replace(" ", "", StringComparison.Ordinal);
}
