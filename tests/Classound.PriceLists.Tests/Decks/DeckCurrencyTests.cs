using Classound.PriceLists.Decks;

namespace Classound.PriceLists.Tests.Decks;

/// <summary>Prices in another currency than the list's are refused, wherever the deck says so.</summary>
public sealed class DeckCurrencyTests
{
    [Theory]
    [InlineData("EUR", "$0.05")]
    [InlineData("EUR", "0.05 USD")]
    [InlineData("EUR", "usd 0.05")]
    [InlineData("EUR", "US$ 0.05")]
    [InlineData("USD", "0.05 £")]
    [InlineData("USD", "R$0.05")]
    [InlineData("USD", "0.05 EUR/min")]
    [InlineData("USD", "-€0.05")]
    [InlineData("EUR", "XYZ 0.05")]
    [InlineData("USD", "5¢")]
    [InlineData("USD", "0.05 cents")]
    [InlineData("USD", "(0.05)")]
    [InlineData("USD", "0.05 0.06")]
    [InlineData("USD", "1 05")]
    public void PriceInAnotherCurrency_IsRefusedByLineAndColumn(string currency, string cell)
    {
        var result = Read($"Prefix,Rate\n39,0.01\n44,{cell}\n", currency);

        Assert.Equal([$"3 Rate {cell}"], result.Places());
        Assert.Empty(result.Parts);
    }

    [Theory]
    [InlineData("USD", "$0.05")]
    [InlineData("CAD", "$ 0.05")]
    [InlineData("USD", "0.05 USD")]
    [InlineData("USD", "USD $0.05")]
    [InlineData("USD", "US$0.05")]
    [InlineData("EUR", "0.05€")]
    [InlineData("EUR", "eur 0.05")]
    [InlineData("EUR", "0.05 EUR / min")]
    [InlineData("GBP", "£.05")]
    [InlineData("SEK", "0.05 kr")]
    [InlineData("PKR", "Rs. 0.05")]
    public void OwnCurrencyBesideThePrice_IsAccepted(string currency, string cell) =>
        Assert.Equal(["44 0.05/60+1"], Read($"Prefix,Rate\n44,{cell}\n", currency).Entries());

    [Theory]
    [InlineData("1 234,5", "1234.5")]
    [InlineData("1'234,5", "1234.5")]
    [InlineData("€ 12,5", "12.5")]
    public void SpacesAndApostrophes_GroupThousands(string cell, string price)
    {
        var dear = DeckText.Options with { Currency = "EUR", Rules = PriceListRules.Stored };

        Assert.Equal([$"44 {price}/60+1"], DeckText.Read($"Prefix;Rate\n44;{cell}\n", dear).Entries());
    }

    [Fact]
    public void ConnectFeeInAnotherCurrency_IsRefused() =>
        Assert.Equal(["2 Connect Fee $0.1"], Read("Prefix,Rate,Connect Fee\n39,0.01,$0.1\n", "EUR").Places());

    [Theory]
    [InlineData("USD", "2 Currency USD")]
    [InlineData("Dollars", "2 Currency Dollars")]
    [InlineData("USD or EUR", "2 Currency USD or EUR")]
    [InlineData("$", "2 Currency $")]
    [InlineData("EUR", null)]
    [InlineData("€", null)]
    [InlineData("eur per minute", null)]
    [InlineData("", null)]
    public void CurrencyColumn_HoldsTheListsCurrencyOrNothing(string cell, string? place) =>
        Assert.Equal(place is null ? [] : [place], Read($"Prefix,Rate,Currency\n39,0.01,{cell}\n", "EUR").Places());

    [Fact]
    public void CurrencyColumnThatSaysNothing_CanBePassedOver()
    {
        var options = DeckText.Options with { Currency = "EUR", Columns = [new DeckColumnChoice(DeckTarget.Currency, DeckColumnChoice.None)] };

        Assert.Empty(DeckText.Read("Prefix,Rate,Currency\n39,0.01,local\n", options).Errors);
    }

    [Theory]
    [InlineData("Prefix,Rate ($/min)\n39,0.01\n", "1 Rate ($/min) $")]
    [InlineData("Prefix,Rate (US$)\n39,0.01\n", "1 Rate (US$) US$")]
    [InlineData("Prefix,Rate (¢/min)\n39,0.01\n", "1 Rate (¢/min) ¢")]
    [InlineData("Currency:,US Dollars\nPrefix,Rate\n39,0.01\n", "1 Currency US Dollars")]
    [InlineData("All prices in $,\nPrefix,Rate\n39,0.01\n", "1  $")]
    [InlineData("Prefix,Rate\n39,0.01\nAll prices in USD per minute,\n", "3  USD")]
    public void DeckThatSaysAnotherCurrencyOfAll_IsRefused(string deck, string place) => Assert.Equal([place], Read(deck, "EUR").Places());

    [Theory]
    [InlineData("Prefix,Rate ($/min)\n39,0.01\n")]
    [InlineData("Prefix,Rate US$\n39,0.01\n")]
    [InlineData("Currency:,US Dollars (USD)\nPrefix,Rate\n39,0.01\n")]
    [InlineData("Prefix,Rate\n39,0.01\nAll prices in USD per minute,\n")]
    public void DeckThatSaysTheListsCurrency_IsRead(string deck) => Assert.Equal(["39 0.01/60+1"], Read(deck, "USD").Entries());

    private static DeckResult Read(string deck, string currency) => DeckText.Read(deck, DeckText.Options with { Currency = currency });
}
