using Classound.Charging.Rating;
using Classound.PriceLists.OwnFormat;
using Classound.PriceLists.Tables;

namespace Classound.PriceLists;

/// <summary>
/// The project's own price-list file. As CSV or TSV it is one table whose column <c>kind</c> says what a row is about; in a workbook
/// each kind has a sheet. Columns stand in any order, and those that no row fills may be missing. Blank lines are skipped, and lines
/// that begin with '#'.
/// <list type="bullet">
/// <item><c>list</c> (sheet List), at most once: type, currency, time_zone, decimals; version, valid_from, valid_until and operator are
/// for people.</item>
/// <item><c>area</c> (Areas): a row of the Areas table: area 1 to 6, connect_fee, minimum_seconds, steps.</item>
/// <item><c>prefix</c> (Call termination): leading digits without '+', country (ISO, or empty), destination, area, and either no tariff
/// of its own (the area's row applies) or steps with an optional connect_fee and minimum_seconds; high_cost <c>yes</c> or <c>no</c>.</item>
/// <item><c>band</c> (Time bands): other prices of an area, or of a prefix with steps of its own: days (Mon-Fri or Sat,Sun), from and to
/// (08:00; at or below <c>from</c>: on the next day), band_time_zone (empty = the list's), connect_fee, steps.</item>
/// <item><c>plan</c> (Plans): a user band of a flat plan: code, term (1m, 1y, 5y), sharing (POOLED, PER_USER), minutes_per_user,
/// users_from, users_to (empty = any number), monthly_fee per user.</item>
/// <item><c>did</c> (DIDs): country, number_kind, setup_fee, monthly_fee.</item>
/// <item><c>freephone</c> (FreePhone): country, monthly_fee, fixed_per_minute, mobile_per_minute, payphone_per_minute.</item>
/// </list>
/// Steps are written as <see cref="Tariff.TryParseSteps"/> reads them.
/// </summary>
public static class PriceListFile
{
    /// <summary>Most characters of a destination's name.</summary>
    public const int MaxDestinationLength = 128;

    /// <summary>Reads a file; never throws for what stands in it.</summary>
    /// <param name="content">Can seek, and stands at its beginning; stays open.</param>
    /// <param name="format">As <see cref="TableFile.Detect"/> says.</param>
    /// <param name="rules">What is checked beyond the form.</param>
    public static PriceListReadResult Read(Stream content, TableFormat format, PriceListRules rules)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(rules);
        return new PriceListReader(rules).Read(content, format);
    }

    /// <summary>
    /// Whether a file is of the own format, right or wrong, and no foreign rate deck: its header has the column <c>kind</c>, or a sheet
    /// has a title and a header of ours.
    /// </summary>
    /// <param name="content">Can seek, and stands at its beginning; it stands there again afterwards.</param>
    /// <param name="format">As <see cref="TableFile.Detect"/> says.</param>
    public static bool Recognises(Stream content, TableFormat format)
    {
        ArgumentNullException.ThrowIfNull(content);
        var start = content.Position;
        var header = TableFile.Read(content, format, new RemarkLog(), skipComments: true).FirstOrDefault();
        content.Position = start;
        return header is not null
            && (header.Cells.Contains(OwnColumn.Kind.Name(), StringComparer.Ordinal)
                || (RowKinds.OfSheet(header.Sheet) is { } kind && IsOurs(header.Cells, kind)));
    }

    /// <summary>Writes a CSV file that reads back to the same content.</summary>
    public static void WriteCsv(Stream utf8, PriceListDocument document)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(document);
        PriceListCsvWriter.Write(utf8, document);
    }

    /// <summary>Writes a workbook that reads back to the same content. More than a million prefixes go on to further sheets.</summary>
    public static void WriteXlsx(Stream file, PriceListDocument document)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(document);
        PriceListXlsxWriter.Write(file, document);
    }

    // A sheet of ours may have a wrong column; a deck's sheet that happens to be called "List" has hardly a right one.
    private static bool IsOurs(IReadOnlyList<string> header, RowKind kind)
    {
        foreach (var column in OwnColumns.NeededBy(kind))
            if (!header.Contains(column.Name(), StringComparer.Ordinal)) return false;
        return header.Count(name => OwnColumns.Find(name) >= 0) * 2 > header.Count;
    }
}
