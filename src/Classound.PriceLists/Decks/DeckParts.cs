using System.Globalization;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Decks;

/// <summary>
/// The versions that a deck comes to: one as of the reference time, and one for each later date. No price is in force before its
/// date, or behind its end; until its date that of the base stays. A deck replaces all prefixes of the base that it does not name.
/// </summary>
internal sealed class DeckParts
{
    /// <summary>Versions that one deck may make; real ones come to a handful.</summary>
    public const int MaxParts = 100;

    private const int VersionsOfMost = 4; // Later versions may hold as many prefixes as this number of the longest files.

    private readonly IReadOnlyList<DeckPrice> _prices;
    private readonly PriceListContent _base;
    private readonly Dictionary<ulong, PriceListEntry> _baseEntries;

    private DeckParts(IReadOnlyList<DeckPrice> prices, PriceListContent? basis)
    {
        _prices = prices;
        _base = basis ?? new PriceListContent(new Dictionary<CallArea, Tariff>(), []);
        _baseEntries = _base.Entries.ToDictionary(static entry => entry.SortKey);
    }

    public static IReadOnlyList<DeckPart> Of(IReadOnlyList<DeckPrice> sorted, DeckOptions options, RemarkLog errors)
    {
        var now = options.ReferenceTime;
        var later = sorted.Select(static price => price.ValidFrom).Concat(sorted.Select(static price => price.ValidUntil))
            .Where(time => time > now).Select(static time => time!.Value).Distinct().Order().ToList();
        if (later.Count >= MaxParts)
        {
            errors.Add(0, "", "", string.Create(CultureInfo.InvariantCulture,
                $"{later.Count} different dates after {now:yyyy-MM-dd HH:mm}; expected at most {MaxParts - 1}, or a later reference time"));
            return [];
        }

        var parts = new DeckParts(sorted, options.Base);
        var made = new List<DeckPart>();
        // A deck that says nothing of now leaves what is in force alone.
        if (sorted.Any(price => !(price.ValidFrom > now))) made.Add(new DeckPart(null, parts.At(now)));
        var most = VersionsOfMost * (long)options.Rules.MaxPrefixes;
        var prefixes = 0L;
        foreach (var time in later)
        {
            made.Add(new DeckPart(time, parts.At(time)));
            prefixes += made[^1].Content.Entries.Count;
            if (prefixes <= most) continue;
            errors.Add(0, "", "", string.Create(CultureInfo.InvariantCulture,
                $"{prefixes} prefixes in the versions of later dates up to {time:yyyy-MM-dd HH:mm}; expected at most {most} together"));
            return [];
        }

        var ends = sorted.Any(static price => price.ValidUntil is not null) ? ", or valid-until=- (--column) if the ends of the rows do not matter" : "";
        foreach (var part in made.Where(static part => part.Content.Entries.Count == 0))
        {
            errors.Add(0, "", "", string.Create(CultureInfo.InvariantCulture,
                $"no price would be in force from {part.ValidFrom ?? now:yyyy-MM-dd HH:mm} on; expected at least one{ends}"));
        }

        return made;
    }

    private PriceListContent At(DateTimeOffset time)
    {
        var entries = new List<PriceListEntry>(_prices.Count);
        for (int first = 0, next; first < _prices.Count; first = next)
        {
            var prefix = _prices[first].Entry.SortKey;
            DeckPrice? inForce = null;
            var begun = false;
            for (next = first; next < _prices.Count && _prices[next].Entry.SortKey == prefix; next++)
            {
                if (_prices[next].ValidFrom > time) continue;
                begun = true;
                // What has ended gives way to what was there before it and goes on.
                if (_prices[next] is { Closed: true } or { ValidUntil: null } || _prices[next].ValidUntil > time) inForce = _prices[next];
            }

            if (inForce is { Closed: false }) entries.Add(inForce.Entry);
            else if (!begun && _baseEntries.TryGetValue(prefix, out var before)) entries.Add(before);
        }

        return _base with { Entries = entries };
    }
}
