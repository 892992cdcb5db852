using System.Text;
using Classound.Charging.Rating;
using Classound.PriceLists.Decks;
using Classound.PriceLists.Tables;

namespace Classound.PriceLists.Tests.Decks;

public sealed class AreaRulesTests
{
    private const string Table =
        "country,destination,area,high_cost\n*,,6,\n*,mobile,5,\n*,*satellite*,6,yes\nIT,,1,\nIT,special,4,yes\nIT,Mobile,2,no\nIT,Rome,3,\n";

    private readonly RemarkLog _errors = new();

    [Theory]
    [InlineData("IT", "Italy", "Area1 IT  False")]
    [InlineData("IT", "Italy-TIM-Mobile", "Area2 IT Mobile False")]
    [InlineData("IT", "Italy GSM", "Area2 IT Mobile False")]
    [InlineData("IT", "Italy premium", "Area4 IT special True")]
    [InlineData("IT", "ITALY ROME", "Area3 IT Rome False")]
    [InlineData("IT", "Italy Rome Mobile", "Area3 IT Rome False")]
    [InlineData("FR", "France Mobile", "Area5 * mobile False")]
    [InlineData("FR", "Automobile Club", "Area6 *  False")]
    [InlineData("", "A Satellite network", "Area6 * *satellite* True")]
    public void RuleThatSaysMore_Wins(string country, string destination, string expected)
    {
        var rule = Read(Table).Find(country, destination)!;

        Assert.Empty(_errors.First);
        Assert.Equal(expected, $"{rule.Area} {rule.Country} {rule.Destination} {rule.HighCost}");
    }

    [Theory]
    [InlineData("country,area\nZZ,1\n", "2 country ZZ")]
    [InlineData("country,area\nIT,7\n", "2 area 7")]
    [InlineData("country,area,high_cost\nIT,1,maybe\n", "2 high_cost maybe")]
    [InlineData("country,zone\nIT,1\n", "1  country,zone")]
    [InlineData("", "0  ")]
    public void WrongTable_IsRefusedWithItsLine(string text, string place)
    {
        Read(text);

        Assert.Equal([place], _errors.First.Select(error => $"{error.Line} {error.Column} {error.Value}"));
    }

    [Fact]
    public void Assignment_IsShownByCountryAreaAndRule()
    {
        var result = DeckText.Read(
            "Destination,Prefix,Rate\nItaly,39,0.01\nItaly Mobile,\"393, 394\",0.02\nFrance,33,0.01\nInmarsat satellite,870,5\n",
            DeckText.Options with { DefaultArea = CallArea.Area3, AreaRules = Read(Table.Replace("*,,6,\n", "", StringComparison.Ordinal)) });

        Assert.Equal(
            [
                ("", CallArea.Area6, "* *satellite*", 1), ("FR", CallArea.Area3, "default", 1),
                ("IT", CallArea.Area1, "IT", 1), ("IT", CallArea.Area2, "IT Mobile", 2),
            ],
            result.Areas.Select(row => (row.Country, row.Area, row.Rule, row.Prefixes)));
        Assert.True(result.Prices.Single(price => price.Entry.Prefix == "870").Entry.HighCost);
    }

    [Fact]
    public void PrefixesWithoutAnArea_AreAnErrorByDestination()
    {
        var result = DeckText.Read(
            "Destination,Prefix,Rate\nItaly,39,0.01\nFrance,\"33, 331\",0.02\nFrance,332,0.02\nSpain,34,0.02\n",
            DeckText.Options with { DefaultArea = null, AreaRules = new AreaRules([new AreaRule("IT", "", CallArea.Area1)]) });

        Assert.Equal(["3 area France", "5 area Spain"], result.Places());
        Assert.StartsWith("3 prefixes of FR", result.Errors[0].Reason, StringComparison.Ordinal);
        Assert.Empty(result.Parts);
    }

    private AreaRules Read(string text) => AreaRules.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), TableFormat.Csv, _errors);
}
