using System.Globalization;

namespace Classound.Cli.Cdr;

/// <summary>
/// Reads the fields of one record; the first one that cannot be read becomes <see cref="Refusal"/> and later ones are
/// read as empty, so that a row is refused for its first mistake only.
/// </summary>
public sealed class RowFields
{
    /// <summary>MySQL writes 1000-01-01 and 0000-00-00 for "no date"; no telephone switch wrote CDRs before this year.</summary>
    private const int EarliestYear = 1985;

    private const string Missing = "NULL";

    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFF",
        "yyyy/M/d H:mm", "yyyy/M/d H:mm:ss", "yyyy-M-d H:mm",
    ];

    private readonly DelimitedRecord _record;
    private readonly CdrColumns _columns;

    public RowFields(DelimitedRecord record, CdrColumns columns)
    {
        _record = record;
        _columns = columns;
    }

    public int Line => _record.Line;

    public CdrRefusal? Refusal { get; private set; }

    /// <summary>The text of the first of the named columns that the file has; empty for an absent column and for NULL.</summary>
    public string Text(params ReadOnlySpan<string> aliases)
    {
        var index = _columns.Find(aliases);
        return index < 0 || index >= _record.Fields.Length ? "" : Clean(_record.Fields[index]);
    }

    public bool Has(params ReadOnlySpan<string> aliases) => _columns.Find(aliases) >= 0;

    /// <summary>A whole number of seconds, zero or more.</summary>
    public int Seconds(params ReadOnlySpan<string> aliases)
    {
        var text = Text(aliases);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return seconds;
        Refuse(text, "expected a whole number of seconds, zero or more", aliases);
        return 0;
    }

    /// <summary>Seconds since 1970, in UTC.</summary>
    public DateTimeOffset EpochTime(params ReadOnlySpan<string> aliases)
    {
        var text = Text(aliases);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1L << 33)
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        Refuse(text, "expected whole seconds since 1970-01-01 UTC", aliases);
        return default;
    }

    /// <summary>A date and time on the clock of <paramref name="zone"/>.</summary>
    public DateTimeOffset LocalTime(TimeZoneInfo zone, params ReadOnlySpan<string> aliases)
    {
        var text = Text(aliases);
        if (!DateTime.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return Refuse(text, "is not a date and time; expected one like 2026-11-22 17:05:09", aliases);
        if (local.Year < EarliestYear)
            return Refuse(text, "is a database's placeholder for \"no date\", not the time of a call", aliases);
        if (zone.IsInvalidTime(local))
            return Refuse(text, $"does not exist in time zone {zone.Id}: the clock was put forward over it", aliases);
        // An hour that happens twice is read as its first pass: the greatest offset of the two.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }

    /// <summary>Refuses the row, unless an earlier field already did.</summary>
    public DateTimeOffset Refuse(string value, string reason, params ReadOnlySpan<string> aliases)
    {
        var index = _columns.Find(aliases);
        var column = index < 0 ? aliases[0] : _columns.NameOf(index);
        Refusal ??= CdrRefusal.Of(_record.Line, column, value, index < 0 ? "the file has no such column" : reason);
        return default;
    }

    private static string Clean(string field)
    {
        var text = field.Trim();
        return text is Missing or "\\N" ? "" : text;
    }
}
