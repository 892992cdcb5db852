using System.Globalization;

namespace Classound.PriceLists.Decks;

/// <summary>What holds for all rows: the currency and, where rows have none, the date.</summary>
internal sealed class DeckTerms
{
    private static readonly DateTime LastDay = new(9000, 1, 1);

    private readonly DeckOptions _options;
    private readonly string _currency;
    private readonly RemarkLog _errors;
    private readonly TimeZoneInfo _zone;
    private readonly DeckMapping _mapping;

    public DeckTerms(DeckMapping mapping, DeckOptions options, RemarkLog errors, RemarkLog notes)
    {
        _options = options;
        _currency = options.Currency;
        _errors = errors;
        _mapping = mapping;
        _zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZoneId);
        CheckCurrencies(mapping.Facts);
        foreach (var column in mapping.Columns.Where(static column => column.Target is DeckTarget.Price or DeckTarget.ConnectFee))
            CheckCurrency(mapping.HeaderLine, column.Heading, Currencies.In(column.Heading));
        if (mapping.IndexOf(DeckTarget.ValidFrom) < 0 && DeckPreamble.EffectiveDate(mapping.Facts) is { } begin) ReadBegin(begin, notes);
        if (mapping.IndexOf(DeckTarget.ValidUntil) < 0 && DeckPreamble.EndDate(mapping.Facts) is { } end) ReadEnd(end, options.ReferenceTime, notes);
    }

    /// <summary>Of rows without their own date; null = at once.</summary>
    public DateTimeOffset? ValidFrom { get; private set; }

    /// <summary>What the deck says of its currency above its headings, or below its prices.</summary>
    public void CheckCurrencies(IReadOnlyList<DeckFact> facts)
    {
        foreach (var (fact, currency) in DeckPreamble.CurrenciesOf(facts))
        {
            if (currency.Length > 0) CheckCurrency(fact.Line, fact.Name, currency);
            else _errors.Add(fact.Line, fact.Name, fact.Value, $"names no currency that is known; expected {Example}");
        }
    }

    /// <summary>What the row says of its currency in a column of its own.</summary>
    public void CheckCurrency(in DeckRow row)
    {
        var text = row[DeckTarget.Currency];
        if (text.Length == 0 || (Currencies.IsMark(text) && Currencies.Fits(text, _currency))) return;
        row.Refuse(DeckTarget.Currency, Currencies.IsMark(text)
            ? $"expected {_currency}, the currency of the price list"
            : $"names no currency that is known; expected {Example}, or currency=- (--column) if the column says nothing of it", _errors);
    }

    /// <summary>Whether a price stands without a currency or with the list's own, as in "EUR 0.05"; with an error where not.</summary>
    public bool FitsCurrency(in DeckRow row, DeckTarget target)
    {
        if (!row[target].AsSpan().ContainsAnyExceptInRange('+', '9')) return true;
        DeckNumber.Split(row[target], out var mark);
        if (mark.Length == 0 || Currencies.Fits(mark, _currency)) return true;
        row.Refuse(target, $"a price in {mark}; expected {_currency}, the currency of the price list, or the number alone", _errors);
        return false;
    }

    /// <summary>The moment at which a date of the deck begins in its zone.</summary>
    public bool TryParseTime(string text, out DateTimeOffset time)
    {
        time = default;
        if (!TryParseLocal(text, out var local)) return false;
        time = InZone(local);
        return true;
    }

    /// <summary>The first moment after an end. What ends a minute or a second before midnight ends at midnight.</summary>
    /// <param name="text">A date, with or without a time of day.</param>
    /// <param name="lastDayCounts">Whether a date without a time of day is the last day, not the first one without a price.</param>
    /// <param name="time">The moment.</param>
    public bool TryParseEnd(string text, bool lastDayCounts, out DateTimeOffset time)
    {
        time = default;
        if (!TryParseLocal(text, out var local)) return false;
        if (local > LastDay) local = LastDay;
        var isDay = local.TimeOfDay == TimeSpan.Zero && !text.Contains(':', StringComparison.Ordinal);
        if (isDay && lastDayCounts) local = local.AddDays(1);
        else if (local.TimeOfDay >= new TimeSpan(23, 59, 0)) local = local.Date.AddDays(1);
        time = InZone(local);
        return true;
    }

    // 26-Oct-01 may be a day of October 2026: what is far from now is believed only with all digits of its year, or in a given order.
    private bool TryParseLocal(string text, out DateTime local) => DeckDate.TryParse(text, _mapping.DateOrder, out local)
        && (_options.DateOrder is not null || !DeckDate.HasShortYear(text) || DeckDate.IsNear(local.Year, _options.ReferenceTime.Year));

    private DateTimeOffset InZone(DateTime local)
    {
        // 9999-12-31 means for ever, and is not to pass the end of the calendar in some zone.
        if (local > LastDay) local = LastDay;
        // A clock that is put forward at midnight has no midnight: the day begins when it goes on.
        while (_zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = _zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local).Max() : _zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }

    private void ReadBegin(DeckFact fact, RemarkLog notes)
    {
        if (TryParseTime(fact.Value, out var time))
        {
            ValidFrom = time;
            notes.Add(fact.Line, fact.Name, fact.Value, "taken for the date of all rows, which have none of their own");
        }
        else if (!DeckDate.IsAtOnce(fact.Value))
        {
            _errors.Add(fact.Line, fact.Name, fact.Value, "expected a date such as 2026-10-01, for all rows");
        }
    }

    // If all prices ended by themselves, calls would be refused from then on; a late successor is the lesser evil.
    private void ReadEnd(DeckFact fact, DateTimeOffset reference, RemarkLog notes)
    {
        if (DeckDate.IsOpen(fact.Value)) return;
        if (!TryParseEnd(fact.Value, lastDayCounts: true, out var time))
            _errors.Add(fact.Line, fact.Name, fact.Value, "expected a date such as 2026-10-01, at which the deck ends");
        else if (time <= reference)
            _errors.Add(fact.Line, fact.Name, fact.Value, string.Create(CultureInfo.InvariantCulture, $"the deck has ended; expected one that is valid at {reference:yyyy-MM-dd HH:mm}"));
        else
            notes.Add(fact.Line, fact.Name, fact.Value, "the deck ends then, but its prices stay until another version is in force");
    }

    private string Example => _currency.Length > 0 ? $"the code {_currency}" : "an ISO 4217 code such as USD";

    private void CheckCurrency(int line, string column, string named)
    {
        if (named.Length == 0 || (_currency.Length == 0 && CurrencyCodes.IsKnown(named)) || Currencies.Is(named, _currency)) return;
        _errors.Add(line, column, named, $"expected {(_currency.Length > 0 ? $"{_currency}, the currency of the price list" : Example)}");
    }
}
