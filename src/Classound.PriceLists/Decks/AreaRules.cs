using System.Globalization;
using Classound.Charging.Rating;
using Classound.PriceLists.Tables;

namespace Classound.PriceLists.Decks;

/// <summary>What of a country lies in which area (R7).</summary>
/// <param name="Country">ISO 3166-1 alpha-2; "*" or empty = any.</param>
/// <param name="Destination">
/// "mobile", "special" or any other text that the destination's name contains; with '*' a pattern of the whole name; empty = all.
/// </param>
/// <param name="HighCost">New PBXs are barred from it until someone allows it.</param>
public sealed record AreaRule(string Country, string Destination, CallArea Area, bool HighCost = false);

/// <summary>
/// The areas of a deck. The rule that says more wins: country and destination, country, any country and destination, any; of
/// equals the later.
/// </summary>
public sealed class AreaRules
{
    public static readonly AreaRules None = new([]);

    private const string AnyCountry = "*";
    private const string Columns = "country,destination,area and, if needed, high_cost";

    private readonly Dictionary<string, List<AreaRule>> _byCountry = new(StringComparer.Ordinal);

    public AreaRules(IEnumerable<AreaRule> rules)
    {
        foreach (var rule in rules)
        {
            var country = rule.Country.Length == 0 ? AnyCountry : rule.Country;
            if (!_byCountry.TryGetValue(country, out var list)) _byCountry.Add(country, list = []);
            list.Add(rule with { Country = country });
        }
    }

    /// <summary>All of them, by country in the order in which they were first named.</summary>
    public IEnumerable<AreaRule> All => _byCountry.Values.SelectMany(static list => list);

    /// <summary>Null where no rule names it.</summary>
    /// <param name="country">Empty for numbers of no country.</param>
    public AreaRule? Find(string country, string destination) =>
        (country.Length > 0 ? Best(country, destination) : null) ?? Best(AnyCountry, destination);

    /// <summary>Reads a table with the columns country, destination, area and optionally high_cost (yes or no).</summary>
    public static AreaRules Read(Stream content, TableFormat format, RemarkLog errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        var rules = new List<AreaRule>();
        var header = default(string[]);
        foreach (var row in TableFile.Read(content, format, errors))
        {
            if (row.Cells[0].StartsWith('#')) continue;
            if (header is null) header = ReadHeader(row, errors);
            else if (header.Length > 0 && ReadRule(header, row, errors) is { } rule) rules.Add(rule);
        }

        if (header is null) errors.Add(0, "", "", $"the area table is empty; expected the columns {Columns}");
        return new AreaRules(rules);
    }

    private AreaRule? Best(string country, string destination)
    {
        if (!_byCountry.TryGetValue(country, out var rules)) return null;
        AreaRule? all = null;
        for (var i = rules.Count - 1; i >= 0; i--)
        {
            if (rules[i].Destination.Length == 0) all ??= rules[i];
            else if (DestinationPattern.Matches(rules[i].Destination, destination)) return rules[i];
        }

        return all;
    }

    // Empty after errors.
    private static string[] ReadHeader(TableRow row, RemarkLog errors)
    {
        var header = row.Cells.Select(static cell => cell.ToLowerInvariant()).ToArray();
        var names = header.Where(static name => name.Length > 0).ToList();
        if (names.Contains("country") && names.Contains("area") && names.Distinct().Count() == names.Count
            && names.TrueForAll(static name => name is "country" or "destination" or "area" or "high_cost")) return header;
        errors.Add(row.Line, "", string.Join(',', row.Cells), $"no header of an area table; expected the columns {Columns}");
        return [];
    }

    private static AreaRule? ReadRule(string[] header, TableRow row, RemarkLog errors)
    {
        string Cell(string column) => Array.IndexOf(header, column) is >= 0 and var at && at < row.Cells.Count ? row.Cells[at] : "";
        var before = errors.Count;
        var country = Cell("country");
        if (country is not ("" or AnyCountry) && !CountryCodes.IsKnown(country))
            errors.Add(row.Line, "country", country, "expected an ISO 3166-1 code such as IT, or * for any");
        if (!int.TryParse(Cell("area"), NumberStyles.None, CultureInfo.InvariantCulture, out var area) || area is < 1 or > 6)
            errors.Add(row.Line, "area", Cell("area"), "expected 1 to 6");
        var highCost = Cell("high_cost");
        if (highCost is not ("" or "yes" or "no")) errors.Add(row.Line, "high_cost", highCost, "expected yes or no");
        return errors.Count == before ? new AreaRule(country, Cell("destination"), (CallArea)area, highCost is "yes") : null;
    }
}
