using System.Globalization;

namespace Classound.PriceLists.OwnFormat;

/// <summary>
/// The row of kind <c>list</c>: what holds for the whole list. Version, validity and operator stand there for people; an import
/// gives the list its own.
/// </summary>
internal sealed class ListRows(PriceListRules rules)
{
    private const int MaxTypeLength = 32;
    private const int MaxDecimals = Charging.Rating.Amount.MaxDecimals;

    private Place? _place;

    public PriceListFacts Facts { get; private set; } = new();

    /// <summary>The zone of the list, by the row or by who imports it; empty = neither says.</summary>
    public string TimeZoneId => Facts.TimeZoneId.Length > 0 ? Facts.TimeZoneId : rules.Header.TimeZoneId;

    public void Read(PriceListRow row)
    {
        if (_place is { } other)
        {
            row.Refuse(OwnColumn.Type, $"{row.Name(other)} is of kind list, too; expected one such row");
            return;
        }

        _place = row.Place;
        var type = row[OwnColumn.Type];
        if (type.Length > MaxTypeLength || !type.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_'))
            row.Refuse(OwnColumn.Type, Say($"expected 1 to {MaxTypeLength} characters of A-Z 0-9 _, such as END_USER"));
        var currency = row[OwnColumn.Currency];
        if (currency.Length > 0 && !CurrencyCodes.IsKnown(currency)) row.Refuse(OwnColumn.Currency, "expected an ISO 4217 code such as EUR");
        var zone = row[OwnColumn.TimeZone];
        if (zone.Length > 0 && !TimeZones.IsKnown(zone)) row.Refuse(OwnColumn.TimeZone, TimeZones.Expected);
        var decimals = ReadDecimals(row);
        ExpectSame(row, OwnColumn.Type, type, rules.Header.Type);
        ExpectSame(row, OwnColumn.Currency, currency, rules.Header.Currency);
        ExpectSame(row, OwnColumn.TimeZone, zone, rules.Header.TimeZoneId);
        if (decimals is { } own && rules.Header.Decimals is { } expected && own != expected)
            row.Refuse(OwnColumn.Decimals, Say($"the import says {expected}; expected the same, or empty"));
        Facts = new PriceListFacts { Type = type, Currency = currency, TimeZoneId = zone, Decimals = decimals };
    }

    private static int? ReadDecimals(PriceListRow row)
    {
        if (row[OwnColumn.Decimals].Length == 0) return null;
        var before = row.ErrorCount;
        var decimals = row.ReadNumber(OwnColumn.Decimals, 0, MaxDecimals, "a number of decimals");
        return row.ErrorCount == before ? decimals : null;
    }

    private static void ExpectSame(PriceListRow row, OwnColumn column, string value, string header)
    {
        if (value.Length > 0 && header.Length > 0 && value != header) row.Refuse(column, $"the import says {header}; expected the same, or empty");
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
