using Classound.Charging.Rating;

namespace Classound.PriceLists;

/// <summary>
/// The project's own price-list file: UTF-8, comma-separated (RFC 4180), a header with exactly <see cref="Columns"/> in any order,
/// then rows of two kinds. <c>area</c> is a row of the Areas table: its number, connect fee, minimum seconds and steps.
/// <c>prefix</c> is a destination: leading digits without '+', ISO country (empty where it belongs to none), name, area, and
/// either no tariff of its own (the area's row applies) or steps with an optional connect fee and minimum. <c>high_cost</c> is
/// <c>yes</c> or <c>no</c> (also empty). Steps are written as <see cref="Tariff.TryParseSteps"/> reads them; lines that begin
/// with '#' and blank lines are skipped.
/// </summary>
public static class PriceListCsv
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

    /// <summary>The columns, in the order in which <see cref="Write"/> puts them.</summary>
    public static readonly IReadOnlyList<string> Columns =
        [Kind, Prefix, Country, Destination, Area, ConnectFee, MinimumSeconds, Steps, HighCost];

    /// <summary>Reads a file; never throws for what stands in it.</summary>
    public static PriceListCsvResult Read(Stream utf8, PriceListCsvRules rules)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(rules);
        return new PriceListCsvReader(rules).Read(utf8);
    }

    /// <inheritdoc cref="Read(Stream, PriceListCsvRules)"/>
    public static PriceListCsvResult Read(byte[] utf8, PriceListCsvRules rules) => Read(new MemoryStream(utf8, writable: false), rules);

    /// <summary>Writes the file that reads back to the same content.</summary>
    public static void Write(Stream utf8, PriceListContent content) => PriceListCsvWriter.Write(utf8, content);
}
