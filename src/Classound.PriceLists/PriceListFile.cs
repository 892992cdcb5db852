using Classound.Charging.Rating;
using Classound.PriceLists.OwnFormat;
using Classound.PriceLists.Tables;

namespace Classound.PriceLists;

/// <summary>
/// The project's own price-list file: UTF-8, comma-separated (RFC 4180), a header with exactly <see cref="Columns"/> in any order,
/// then rows of two kinds. <c>area</c> is a row of the Areas table: its number, connect fee, minimum seconds and steps.
/// <c>prefix</c> is a destination: leading digits without '+', ISO country (empty where it belongs to none), name, area, and
/// either no tariff of its own (the area's row applies) or steps with an optional connect fee and minimum. <c>high_cost</c> is
/// <c>yes</c> or <c>no</c> (also empty). Steps are written as <see cref="Tariff.TryParseSteps"/> reads them; lines that begin
/// with '#' and blank lines are skipped.
/// </summary>
public static class PriceListFile
{
    internal const string Kind = "kind";
    internal const string Prefix = "prefix";
    internal const string Country = "country";
    internal const string Destination = "destination";
    internal const string Area = "area";
    internal const string ConnectFee = "connect_fee";
    internal const string MinimumSeconds = "minimum_seconds";
    internal const string Steps = "steps";
    internal const string HighCost = "high_cost";

    /// <summary>Most characters of a destination's name.</summary>
    public const int MaxDestinationLength = 128;

    /// <summary>The columns, in the order in which <see cref="WriteCsv"/> puts them.</summary>
    public static readonly IReadOnlyList<string> Columns =
        [Kind, Prefix, Country, Destination, Area, ConnectFee, MinimumSeconds, Steps, HighCost];

    /// <summary>Reads a file; never throws for what stands in it.</summary>
    public static PriceListReadResult Read(Stream content, TableFormat format, PriceListRules rules)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(rules);
        return new PriceListReader(rules).Read(content);
    }

    /// <summary>Writes the file that reads back to the same content.</summary>
    public static void WriteCsv(Stream utf8, PriceListDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        PriceListCsvWriter.Write(utf8, document.Content);
    }
}
