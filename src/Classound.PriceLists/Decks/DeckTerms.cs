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
        foreach (var (line, name, currency) in DeckPreamble.CurrenciesOf(mapping.Facts)) CheckCurrency(line, name, currency);
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

    public void CheckCurrency(int line, string column, string currency)
    {
        if (currency.Length == 0 || _currency.Length == 0 || currency == _currency) return;
        _errors.Add(line, column, currency, string.Create(CultureInfo.InvariantCulture, $"expected {_currency}, the currency of the price list"));
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
}
