using System.Globalization;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Decks;

/// <summary>Assigns areas to destinations, and keeps the ones that have none.</summary>
internal sealed class DeckAreas(DeckOptions options)
{
    private readonly Dictionary<(string Country, string Name), DeckArea> _known = [];
    private readonly Dictionary<(string Country, string Name), (int Line, int Prefixes)> _without = [];

    /// <summary>Area None where no rule and no default gives one.</summary>
    public DeckArea Find(string country, string name, int line)
    {
        if (!_known.TryGetValue((country, name), out var area))
        {
            var rule = options.AreaRules.Find(country, name);
            area = rule is not null ? new DeckArea(rule.Area, $"{rule.Country} {rule.Destination}".TrimEnd(), rule.HighCost)
                : options.DefaultArea is { } given ? new DeckArea(given, "default", false)
                : new DeckArea(CallArea.None, "", false);
            _known.Add((country, name), area);
        }

        if (area.Area == CallArea.None)
        {
            var (first, prefixes) = _without.GetValueOrDefault((country, name), (line, 0));
            _without[(country, name)] = (first, prefixes + 1);
        }

        return area;
    }

    public void Report(RemarkLog errors)
    {
        foreach (var ((country, name), (line, prefixes)) in _without.OrderBy(static pair => pair.Value.Line))
        {
            var counted = string.Create(CultureInfo.InvariantCulture, $"{prefixes} {(prefixes == 1 ? "prefix" : "prefixes")}");
            errors.Add(line, "area", name,
                $"{counted} of {(country.Length > 0 ? country : "no country")} without an area, this the first; expected a rule, or a default area");
        }
    }

    /// <summary>By country, area and rule; each prefix once, closed ones not.</summary>
    public IReadOnlyList<DeckAreaAssignment> Summary(IReadOnlyList<DeckPrice> sorted)
    {
        var counts = new Dictionary<(string Country, CallArea Area, string Rule), int>();
        for (var i = 0; i < sorted.Count; i++)
        {
            var entry = sorted[i].Entry;
            if (sorted[i].Closed || entry.Area == CallArea.None) continue;
            if (i + 1 < sorted.Count && sorted[i + 1].Entry.Prefix == entry.Prefix && !sorted[i + 1].Closed) continue;
            var key = (entry.Country, entry.Area, _known[(entry.Country, entry.Destination)].Rule);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        return [.. counts.OrderBy(static pair => pair.Key.Country, StringComparer.Ordinal).ThenBy(static pair => pair.Key.Area)
            .ThenBy(static pair => pair.Key.Rule, StringComparer.Ordinal)
            .Select(static pair => new DeckAreaAssignment(pair.Key.Country, pair.Key.Area, pair.Key.Rule, pair.Value))];
    }
}

/// <summary>An area and the rule that gave it.</summary>
internal sealed record DeckArea(CallArea Area, string Rule, bool HighCost);
