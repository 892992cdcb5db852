using System.Globalization;
using System.Text;
using Classound.Charging.Rating;
using Classound.EndToEnd.Tests;
using Classound.PriceLists.Decks;
using Classound.PriceLists.Tables;

namespace Classound.PriceLists.Tests.Decks;

/// <summary>Decks of real operators, from the external data.</summary>
public sealed class RealDeckTests
{
    private static readonly PriceListRules AnyIncrements = new() { AllowOtherIncrements = true };

    [SkippableFact]
    public void Messy_ExpandsToWhatIsExpected()
    {
        var expected = Table(SharedData.File("data", "decks", "tcxc_acme_rate_notice_expected.csv"));
        var options = DeckText.Options with { Currency = "USD", Rules = AnyIncrements };

        var result = DeckText.ReadFile(SharedData.File("data", "decks", "tcxc_acme_rate_notice_messy.csv"), options);

        Assert.Empty(result.Errors);
        var columns = "Prefix,Effective from,Discontinued,Price 1,Price N,Interval 1,Interval N".Split(',')
            .Select(name => expected[0].ToList().IndexOf(name)).ToArray();
        Assert.Equal(
            expected.Skip(1).Select(row => string.Join(' ', columns.Select(at => row[at]))).Order(StringComparer.Ordinal),
            result.Prices.Select(Expected).Order(StringComparer.Ordinal));
        Assert.Equal(25, result.Prefixes);
        Assert.Equal(DateOrder.DayMonthYear, result.Mapping!.DateOrder);
        Assert.Contains(result.Notes, note => note.Line == 17 && note.Reason.StartsWith("no code and no price", StringComparison.Ordinal));
        Assert.Equal(["2026-09-16", "2026-09-20", "2026-09-23", "2026-10-01"], result.Parts.Select(part => Day(part.ValidFrom ?? DeckText.Now)));
        Assert.Equal([18, 18, 23, 24], result.Parts.Select(part => part.Content.Entries.Count));
    }

    [SkippableTheory]
    [InlineData("2023-05-05", "now:17987 2023-05-11:17988 2023-05-16:18253 2023-06-20:18254")]
    [InlineData("2023-05-17", "now:18253 2023-06-20:18254")]
    [InlineData("2023-06-20", "now:18254")]
    public void Airtel_HasNoFuturePriceBeforeItsDate(string now, string expected)
    {
        var options = DeckText.Options with
        {
            ReferenceTime = DateTimeOffset.Parse(now, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            Currency = "USD",
            Rules = AnyIncrements,
        };

        var result = DeckText.ReadFile(SharedData.File("data", "decks", "airtel_wholesale_gold_2023-05_pricing.csv"), options);

        Assert.Empty(result.Errors);
        Assert.Equal((18_254, 18_254), (result.Rows, result.Prefixes));
        Assert.Equal(
            expected,
            string.Join(' ', result.Parts.Select(part => $"{(part.ValidFrom is { } from ? Day(from) : "now")}:{part.Content.Entries.Count}")));
        Assert.Equal(
            ["1/1 17267", "30/6 342", "60/1 45", "60/60 600"],
            result.Prices.GroupBy(price => Increments(price.Entry.OwnTariff!)).Select(group => $"{group.Key} {group.Count()}")
                .Order(StringComparer.Ordinal));
        Assert.All(result.Prices, price => Assert.Equal(0, price.Entry.OwnTariff!.Steps[0].Price.Nanos % 100));
    }

    [SkippableFact]
    public void DecimalComma_IsDetected()
    {
        var result = DeckText.ReadFile(SharedData.File("data", "decks", "asterisell_international_rates_decimalcomma.csv"), DeckText.Options);

        Assert.Empty(result.Errors);
        Assert.Equal((11_894, ','), (result.Prefixes, result.Mapping!.DecimalSeparator));
        Assert.Equal(11_894, PrefixTable.Build(Assert.Single(result.Parts).Content.Entries).Count);
        Assert.Equal("1.9989", result.Prices.Single(price => price.Entry.Prefix == "88299").Entry.OwnTariff!.HighestPricePerMinute.ToString());
    }

    [SkippableFact]
    public void NamesOnly_IsRefusedForThatReason()
    {
        var result = DeckText.ReadFile(SharedData.File("data", "decks", "interconn_it_names_only.csv"), DeckText.Options);

        Assert.Empty(result.Parts);
        Assert.Equal(
            "has no column of prefixes: the deck names destinations only; columns found: traffic_direction, rate, time_slot", result.Reason());
    }

    private static string Expected(DeckPrice price)
    {
        var steps = price.Entry.OwnTariff!.Steps;
        var from = price.ValidFrom > DeckText.Now ? price.ValidFrom.Value.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "ASAP";
        var increments = $"{steps[0].IncrementSeconds} {steps[^1].IncrementSeconds}";
        return $"{price.Entry.Prefix} {from} {(price.Closed ? 1 : 0)} {steps[0].Price} {steps[^1].Price} {increments}";
    }

    private static string Increments(Tariff tariff) => $"{tariff.Steps[0].IncrementSeconds}/{tariff.Steps[^1].IncrementSeconds}";

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static List<IReadOnlyList<string>> Table(string path) =>
        [.. TableFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(File.ReadAllText(path))), TableFormat.Csv, new RemarkLog()).Select(row => row.Cells)];
}
