using System.Collections.Immutable;
using Classound.Charging.Allowances;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Tests.Pdf;

/// <summary>Lists to print.</summary>
internal static class PdfSamples
{
    public static readonly DateTimeOffset NewYearInBerlin = new(2026, 12, 31, 23, 0, 0, TimeSpan.Zero);

    public static Amount Money(string text) => Amount.TryParse(text, out var amount) ? amount : throw new FormatException(text);

    public static ImmutableArray<TariffStep> Steps(string text) =>
        Tariff.TryParseSteps(text, out var steps, out var error) ? steps : throw new FormatException(error);

    public static Tariff Price(string steps, string fee = "0", int minimum = 0) => Tariff.Create(Money(fee), minimum, Steps(steps));

    public static PriceListEntry Entry(string prefix, string country, string destination, Tariff? own = null, bool highCost = false) =>
        new(prefix, country, destination, CallArea.Area1, own, highCost);

    public static PriceListContent Content(params PriceListEntry[] entries) =>
        new(new Dictionary<CallArea, Tariff> { [CallArea.Area1] = Price("0.012/60+60") }, entries);

    public static PriceListDocument Document(PriceListContent content) =>
        new("Northwind Telephony", "END_USER", 3, "EUR", "Europe/Berlin", 4, NewYearInBerlin, null, content);

    /// <summary>Every part; more prefixes than a page holds, in rows of all kinds and in several scripts.</summary>
    public static PriceListContent Full()
    {
        var banded = Tariff.Create(
            Money("0.02"), 30, Steps("0.03/60+6"),
            [new(WeekDays.Workdays, 480, 1080, Money("0.05"), Steps("0.09/60+60|900:0.05/60+1"))], "Europe/Rome");
        PriceListEntry[] entries =
        [
            Entry("39", "IT", "Italy", banded), Entry("39333", "IT", "Italy mobile", Price("0.123456789/60+1")),
            Entry("70000", "RU", "Россия, " + new string('щ', 100)), Entry("30000", "GR", "Ελλάδα σταθερά"),
            Entry("42000", "CZ", "Žďár nad Sázavou"), Entry("81000", "JP", "日本"), Entry("35818", "AX", new string('W', 128)),
            Entry("88160", "", "Iridium", Price("0.01/7+7"), highCost: true),
            .. Enumerable.Range(0, 400).Select(i => Entry($"{49_160_000 + 3 * i}", "DE", "Germany scattered")),
            .. Enumerable.Range(0, 400).Select(i => Entry($"{44_700_000 + 2 * i}", "GB", $"Carrier {i:000}", Price($"0.{i + 1:000}/60+1"))),
        ];
        return Content(entries) with
        {
            Plans =
            [
                new("FLAT-1m", PlanTerm.Month, AllowanceSharing.Pooled, 3000,
                    [new(5, Money("19.9")), new(6, Money("18")), new(int.MaxValue, Money("15.25"))]),
                new("SEAT-5y", PlanTerm.FiveYears, AllowanceSharing.PerUser, 1000, [new(20, Money("9"))]),
            ],
            DidFees =
            [
                new("IT", "mobile", Money("10"), Money("4.25")), new("IT", "geographic", Money("0"), Money("1.5")),
                new("DE", "national", Money("1"), Money("2")),
            ],
            FreePhoneFees = [new("ZA", Money("12"), Money("0.03"), Money("0.185"), Money("0.4"))],
        };
    }
}
