using System.Globalization;
using Classound.PriceLists.Tables;

namespace Classound.PriceLists.Decks;

/// <summary>What a deck says above its headings.</summary>
internal static class DeckPreamble
{
    private static readonly string[] Effective =
        ["effective date", "effective", "effective from", "valid from", "validity date", "start date", "activation date"];

    public static IReadOnlyList<DeckFact> Read(IEnumerable<TableRow> rows) => [.. rows.Select(ReadRow)];

    /// <summary>What is said of the currency; empty where it is to be said, but only words stand there.</summary>
    public static IEnumerable<(DeckFact Fact, string Currency)> CurrenciesOf(IEnumerable<DeckFact> facts) =>
        from fact in facts
        where fact.Name.Contains("currency", StringComparison.OrdinalIgnoreCase) || IsAboutPrices(fact)
        let currency = Currencies.In(fact.Value)
        where currency.Length > 0 || DeckHeadings.Find(fact.Name)?.Target == DeckTarget.Currency
        select (fact, currency);

    /// <summary>The one date at which the whole deck ends; null where it says none, or several.</summary>
    public static DeckFact? EndDate(IEnumerable<DeckFact> facts)
    {
        var dates = facts.Where(static fact => DeckHeadings.Find(fact.Name)?.Target == DeckTarget.ValidUntil && Numbering.Words(fact.Name) != "to").ToList();
        return dates.Count == 1 ? dates[0] : null;
    }

    /// <summary>The one date from which the whole deck is valid; null where it says none, or several.</summary>
    public static DeckFact? EffectiveDate(IEnumerable<DeckFact> facts)
    {
        var dates = facts.Where(fact => Effective.Contains(Numbering.Words(fact.Name), StringComparer.Ordinal)).ToList();
        return dates.Count == 1 ? dates[0] : null;
    }

    // "All prices in USD per minute"
    private static bool IsAboutPrices(DeckFact fact) => fact.Name.Length == 0
        && Numbering.Words(fact.Value).Split(' ').Intersect(["currency", "price", "prices", "rate", "rates"], StringComparer.Ordinal).Any();

    private static DeckFact ReadRow(TableRow row)
    {
        var cells = row.Cells.Where(static cell => cell.Length > 0).ToList();
        var colon = cells[0].IndexOf(':', StringComparison.Ordinal);
        if (cells.Count == 1 && colon > 0 && colon < cells[0].Length - 1)
            return new DeckFact(row.Line, cells[0][..colon].Trim(), cells[0][(colon + 1)..].Trim());
        if (cells.Count == 1) return new DeckFact(row.Line, "", cells[0]);
        var name = cells[0].TrimEnd(':', ' ');
        return new DeckFact(row.Line, name, string.Join(", ", cells.Skip(1).Select(value => Shown(name, value))));
    }

    private static string Shown(string name, string value) =>
        name.Contains("date", StringComparison.OrdinalIgnoreCase) && DeckDate.TrySerial(value, out var date)
            ? date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            : value;
}
