using System.Globalization;

namespace Classound.PriceLists.Decks;

/// <summary>What holds for all rows: the currency and, where rows have none, the date.</summary>
internal sealed class DeckTerms
{
    private readonly string _currency;
    private readonly RemarkLog _errors;
    private readonly TimeZoneInfo _zone;
    private readonly DeckMapping _mapping;

    public DeckTerms(DeckMapping mapping, DeckOptions options, RemarkLog errors, RemarkLog notes)
    {
        _currency = options.Currency;
        _errors = errors;
        _mapping = mapping;
        _zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZoneId);
        CheckCurrencies(mapping.Facts);
        foreach (var column in mapping.Columns.Where(static column => column.Target is DeckTarget.Price or DeckTarget.ConnectFee))
            CheckCurrency(mapping.HeaderLine, column.Heading, Currencies.In(column.Heading));
        if (mapping.IndexOf(DeckTarget.ValidFrom) >= 0 || DeckPreamble.EffectiveDate(mapping.Facts) is not { } fact) return;
        if (TryParseTime(fact.Value, out var time))
        {
            ValidFrom = time;
            notes.Add(fact.Line, fact.Name, fact.Value, "taken for the date of all rows, which have none of their own");
        }
        else if (!DeckDate.IsAtOnce(fact.Value))
        {
            errors.Add(fact.Line, fact.Name, fact.Value, "expected a date such as 2026-10-01, for all rows");
        }
    }

    /// <summary>Of rows without their own date; null = at once.</summary>
    public DateTimeOffset? ValidFrom { get; }

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
        if (!DeckDate.TryParse(text, _mapping.DateOrder, out var local)) return false;
        // A clock that is put forward at midnight has no midnight: the day begins when it goes on.
        while (_zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        var offset = _zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local).Max() : _zone.GetUtcOffset(local);
        time = new DateTimeOffset(local, offset);
        return true;
    }

    private string Example => _currency.Length > 0 ? $"the code {_currency}" : "an ISO 4217 code such as USD";

    private void CheckCurrency(int line, string column, string named)
    {
        if (named.Length == 0 || (_currency.Length == 0 && CurrencyCodes.IsKnown(named)) || Currencies.Is(named, _currency)) return;
        _errors.Add(line, column, named, $"expected {(_currency.Length > 0 ? $"{_currency}, the currency of the price list" : Example)}");
    }
}
