using System.Globalization;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Pdf;

/// <summary>Call termination: the Areas table, then every prefix under its country and destination.</summary>
internal static class TerminationSection
{
    /// <summary>Follows the name of a destination that new PBXs are barred from.</summary>
    public const string HighCostMark = " †";

    /// <summary>Of destinations without a country, listed behind all others.</summary>
    public const string NoCountry = "International and other services";

    // A row is never split; this many spans fit on a page even where each has a line of its own.
    private const int SpansPerRow = 24;

    public static PrintSection Build(PriceListContent content)
    {
        var own = content.Entries.Where(entry => entry.OwnTariff is not null).Select(entry => entry.OwnTariff!);
        var cells = new TariffCells(content.AreaTariffs.Values.Concat(own));
        var tables = new List<PrintTable>();
        if (content.AreaTariffs.Count > 0) tables.Add(Areas(content, cells));
        if (content.Entries.Count > 0) tables.Add(Destinations(content, cells));
        return new PrintSection("Call termination", tables);
    }

    private static PrintTable Areas(PriceListContent content, TariffCells cells) => new(
        "Areas", [new("Area"), .. cells.Columns],
        [.. content.AreaTariffs.OrderBy(row => row.Key).SelectMany(row => cells.Rows([$"Area {Number(row.Key)}"], row.Value))]);

    private static PrintTable Destinations(PriceListContent content, TariffCells cells)
    {
        var rows = new List<PrintRow>();
        var countries = content.Entries.GroupBy(entry => entry.Country, StringComparer.Ordinal)
            .Select(group => (Name: group.Key.Length == 0 ? NoCountry : CountryNames.Of(group.Key), Entries: group))
            .OrderBy(country => country.Entries.Key.Length == 0)
            .ThenBy(country => CountryNames.SortKey(country.Name), StringComparer.Ordinal);
        foreach (var (name, entries) in countries)
        {
            var group = new PrintGroup(name, entries.Key.Length == 0 ? "Other" : CountryNames.SortKey(name)[..1]);
            var destinations = ByDestination(entries, content.AreaTariffs).SelectMany(destination => Rows(destination, cells)).ToList();
            if (IsOnlyItself(name, entries)) destinations[0] = destinations[0] with { Kind = PrintRowKind.Group, Group = group };
            else rows.Add(new PrintRow(PrintRowKind.Group, [name, .. destinations[0].Cells.Skip(1).Select(_ => "")], Group: group));
            rows.AddRange(destinations);
        }

        return new PrintTable(
            "Countries and destinations", [new("Destination", Share: 5), new("Prefixes", Share: 6), new("Area"), .. cells.Columns], rows);
    }

    // "Malta" over nothing but "Malta" would double the length of a simple list.
    private static bool IsOnlyItself(string country, IEnumerable<PriceListEntry> entries) =>
        entries.All(entry => CountryNames.SortKey(entry.Destination) == CountryNames.SortKey(country))
        && entries.Select(entry => (entry.Area, entry.OwnTariff, entry.HighCost)).Distinct().Count() == 1;

    // Prefixes of one name, area and price are one row, whether the price is their own or their area's.
    private static IEnumerable<IGrouping<Destination, string>> ByDestination(
        IEnumerable<PriceListEntry> entries, IReadOnlyDictionary<CallArea, Tariff> areas) =>
        entries.GroupBy(
                entry => new Destination(
                    entry.Destination, entry.Area, entry.OwnTariff ?? areas.GetValueOrDefault(entry.Area), entry.HighCost),
                entry => entry.Prefix)
            .OrderBy(group => CountryNames.SortKey(group.Key.Name), StringComparer.Ordinal)
            .ThenBy(group => group.Min(StringComparer.Ordinal), StringComparer.Ordinal);

    private static IEnumerable<PrintRow> Rows(IGrouping<Destination, string> destination, TariffCells cells)
    {
        var (name, area, tariff, highCost) = destination.Key;
        var shown = highCost ? name + HighCostMark : name;
        var chunks = PrefixSpans.Compress(destination).Chunk(SpansPerRow).ToList();
        for (var i = 0; i < chunks.Count; i++)
        {
            var rows = cells.Rows([shown, string.Join(", ", chunks[i]), Number(area)], tariff).ToList();
            yield return i == 0 ? rows[0] : Continued(rows[0]);
            if (i < chunks.Count - 1) continue;
            foreach (var further in rows.Skip(1)) yield return further;
        }
    }

    private static PrintRow Continued(PrintRow row) => row with { SameAsAbove = ((1 << row.Cells.Count) - 1) & ~0b10 };

    private static string Number(CallArea area) => area == CallArea.None ? "" : ((int)area).ToString(CultureInfo.InvariantCulture);

    private sealed record Destination(string Name, CallArea Area, Tariff? Tariff, bool HighCost);
}
