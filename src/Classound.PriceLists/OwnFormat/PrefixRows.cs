using System.Globalization;
using Classound.Charging;
using Classound.Charging.Rating;

namespace Classound.PriceLists.OwnFormat;

/// <summary>Rows of kind <c>prefix</c>: call termination. There may be a million, so each keeps no more than it must.</summary>
internal sealed class PrefixRows(TariffCells tariffs, PlacedRemarks errors)
{
    private readonly List<(PriceListEntry? Entry, Place Place)> _rows = [];
    private readonly Dictionary<ulong, int> _byDigits = [];
    private readonly SharedTerms _terms = new();
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>Different prefixes, those of rows with errors too.</summary>
    public int Different => _rows.Count;

    /// <summary>Rows without an error.</summary>
    public int Count { get; private set; }

    public void Read(PriceListRow row)
    {
        var before = row.ErrorCount;
        var text = row[OwnColumn.Prefix];
        var known = NumberPrefix.TryParse(text, out var prefix);
        if (!known) row.Refuse(OwnColumn.Prefix, "expected 1 to 15 digits without '+', the first of them 1 to 9");
        var country = row.ReadCountry(optional: true);
        var name = ReadDestination(row);
        var area = row.ReadArea();
        var own = ReadOwn(row, area);
        var highCost = ReadHighCost(row);
        var twin = -1;
        // Also of a row with other errors: its twin should be told in the same report.
        if (known && !_byDigits.TryAdd(prefix.SortKey, _rows.Count)) twin = _byDigits[prefix.SortKey];
        if (twin >= 0) row.Refuse(OwnColumn.Prefix, $"given twice: {row.Name(_rows[twin].Place)} has this prefix too");
        PriceListEntry? entry = row.ErrorCount == before ? _terms.Share(new PriceListEntry(text, country, name, area, own, highCost)) : null;
        if (entry is not null) Count++;
        if (known && twin < 0) _rows.Add((entry, row.Place));
    }

    /// <summary>At the end, because area rows may stand anywhere in the file.</summary>
    public void RequireAreaRows(AreaRows areas)
    {
        foreach (var (read, place) in _rows)
        {
            if (read is not { } entry || entry.OwnTariff is not null || areas.Has(entry.Area)) continue;
            errors.Add(place, OwnColumn.Area, ((int)entry.Area).ToString(CultureInfo.InvariantCulture),
                "the file has no row of this area, and the prefix no steps of its own: it would have no price");
        }
    }

    /// <summary>False where the file has no such prefix; the entry is null where its row has an error.</summary>
    public bool TryFind(NumberPrefix prefix, out PriceListEntry? entry)
    {
        var found = _byDigits.TryGetValue(prefix.SortKey, out var index);
        entry = found ? _rows[index].Entry : null;
        return found;
    }

    public void Replace(NumberPrefix prefix, Tariff own)
    {
        var index = _byDigits[prefix.SortKey];
        _rows[index] = (_terms.Share(_rows[index].Entry!.Value with { OwnTariff = own }), _rows[index].Place);
    }

    public PriceListEntry[] Build()
    {
        var entries = new PriceListEntry[_rows.Count];
        for (var i = 0; i < entries.Length; i++) entries[i] = _rows[i].Entry!.Value;
        return entries;
    }

    private string ReadDestination(PriceListRow row)
    {
        if (_names.TryGetValue(row[OwnColumn.Destination], out var known)) return known;
        var before = row.ErrorCount;
        var name = row.ReadName(OwnColumn.Destination, PriceListFile.MaxDestinationLength);
        if (row.ErrorCount == before) _names.Add(name, name);
        return name;
    }

    private Tariff? ReadOwn(PriceListRow row, CallArea area)
    {
        if (row[OwnColumn.Steps].Length > 0) return tariffs.Read(row, area);
        TariffCells.ExpectNone(row);
        return null;
    }

    private static bool ReadHighCost(PriceListRow row)
    {
        var text = row[OwnColumn.HighCost];
        if (text is "yes") return true;
        if (text is not ("no" or "")) row.Refuse(OwnColumn.HighCost, "expected yes or no");
        return false;
    }
}
