using Classound.PriceLists.Decks;

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
