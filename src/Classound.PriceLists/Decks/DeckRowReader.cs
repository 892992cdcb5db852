using System.Globalization;
using Classound.Charging.Rating;
using Classound.PriceLists.Tables;

namespace Classound.PriceLists.Decks;

/// <summary>The second reading: prices row by row. Goes on after an error, so that one import tells all of them.</summary>
internal sealed class DeckRowReader(
    DeckMapping mapping, DeckOptions options, DeckTerms terms, DeckAreas areas, RemarkLog errors, RemarkLog notes)
{
    private readonly int[] _positions = [.. Enumerable.Range(0, (int)DeckTarget.ValidUntil + 1).Select(target => mapping.IndexOf((DeckTarget)target))];
    private readonly DeckCodes _codes = new(mapping.InternationalPrefix, options.CodeLists);
    private readonly DeckNames _names = new();
    private readonly DeckTariffs _tariffs = new(mapping, options, terms, errors, notes);
    private readonly DeckValidity _validity = new(mapping, options, terms, errors, notes);

    public void Read(TableRow cells, List<DeckPrice> prices)
    {
        var row = new DeckRow(mapping, _positions, cells);
        if (IsNote(row))
        {
            if (!row.IsHeader) terms.CheckCurrencies(DeckPreamble.Read([cells]));
            return;
        }

        var before = errors.Count;
        var closed = row.IsClosed;
        row.RefuseDoubtfulClosing(errors);
        if (row.MayBeSplitPrice)
            row.Refuse(DeckTarget.Price, "the row has more cells than there are headings; is the price a decimal comma without quotes? Expected quotes around it", errors);
        var countryCode = row[DeckTarget.CountryCode];
        var target = row[DeckTarget.Prefix].Length > 0 || countryCode.Length == 0 ? DeckTarget.Prefix : DeckTarget.AreaCode;
        if (mapping.IndexOf(DeckTarget.Prefix) < 0) target = DeckTarget.AreaCode;
        var codes = ReadCodes(row, target, target == DeckTarget.AreaCode ? countryCode : "");
        var tariff = closed && row[DeckTarget.Price].Length == 0 ? null : _tariffs.Read(row);
        var (from, until) = ReadValidity(row, closed);
        var isPast = !closed && _validity.IsOver(until);
        terms.CheckCurrency(row);
        if (codes is null || (tariff is null && !closed)) return;
        var deviates = false;
        foreach (var code in codes)
        {
            if (Entry(row, target, code, tariff, closed || isPast) is not { } entry) continue;
            deviates |= !closed && !isPast && entry.Area is not (CallArea.None or CallArea.Area1) && DeckTariffs.Deviates(tariff!);
            if (errors.Count == before) prices.Add(new DeckPrice(row.Line, isPast ? null : from, until, closed || isPast, entry));
        }

        // R6; a minimum above one second is a first increment by another name.
        if (deviates) _tariffs.Deviation(row, tariff!);
        if (closed) notes.Add(row.Line, "", row.Text, "withdrawn" + (from is { } date ? FormattableString.Invariant($" from {date:yyyy-MM-dd}") : ""));
        else if (isPast) notes.Add(row.Line, "", row.Text, FormattableString.Invariant($"has ended, at {until:yyyy-MM-dd HH:mm}: no price"));
    }

    /// <summary>Whether the file has come to more than it may, with an error.</summary>
    public bool IsTooMany(TableRow row, int prices)
    {
        if (prices <= options.Rules.MaxPrefixes) return false;
        errors.Add(row.Line, "", "", string.Create(
            CultureInfo.InvariantCulture, $"{prices} prefixes up to here; expected at most {options.Rules.MaxPrefixes} in a file"));
        return true;
    }

    /// <summary>After the last row: what is said of many rows at once.</summary>
    public void Finish()
    {
        areas.Report(errors);
        _validity.Report();
        _tariffs.Report();
        _names.Report(errors, notes);
    }

    private bool IsNote(in DeckRow row)
    {
        var (code, countryCode, price) = (row[DeckTarget.Prefix], row[DeckTarget.CountryCode] + row[DeckTarget.AreaCode], row[DeckTarget.Price]);
        var reason = row.IsHeader ? "the headings once more"
            : price.Length == 0 && (code + countryCode).Length == 0 ? "no code and no price"
            : price.Length == 0 && row.FilledCells == 1 && code.Any(char.IsLetter) ? "text without a code and a price"
            : null;
        if (reason is not null) notes.Add(row.Line, "", row.Text, reason + ": not a row of prices");
        return reason is not null;
    }

    private IReadOnlyList<string>? ReadCodes(in DeckRow row, DeckTarget target, string countryCode)
    {
        if (target == DeckTarget.AreaCode && countryCode.Length == 0)
        {
            row.Refuse(DeckTarget.CountryCode, "expected a country code such as 49", errors);
            return null;
        }

        if (target == DeckTarget.Prefix && row[target].Length == 0)
        {
            row.Refuse(target, "expected a code such as 4915: the row has a price", errors);
            return null;
        }

        var codes = _codes.Expand(row[target], countryCode, out var error);
        if (error is not null) row.Refuse(target, error, errors);
        return codes;
    }

    private PriceListEntry? Entry(in DeckRow row, DeckTarget target, string code, Tariff? tariff, bool closed)
    {
        if (!Numbering.TryFind(code, out var country, out var network))
        {
            errors.Add(row.Line, target.ToString(), code, "these digits belong to no country or network; expected a code in international form");
            return null;
        }

        var name = _names.Name(row[DeckTarget.Country], row[DeckTarget.Destination], network, row.Line, notes);
        if (closed) return new PriceListEntry(code, country, name, CallArea.None, tariff, false);
        _names.Compare(row[DeckTarget.Country], row[DeckTarget.Destination], country, row.Line);
        var area = areas.Find(country, name, row.Line);
        return new PriceListEntry(code, country, name, area.Area, tariff, area.HighCost);
    }

    // Of a withdrawn code the end is when, and the beginning may be that of its price.
    private (DateTimeOffset? From, DateTimeOffset? Until) ReadValidity(in DeckRow row, bool closed)
    {
        var (from, until) = (_validity.Begin(row), _validity.End(row));
        if (closed) return (until ?? from, null);
        if (until <= from) row.Refuse(DeckTarget.ValidUntil, "the price ends before it begins; expected an end behind its date", errors);
        return (from, until);
    }
}
