using System.Text;
using Classound.PriceLists.Tables;

namespace Classound.PriceLists.Tests;

/// <summary>Small price-list files for tests.</summary>
internal static class PriceListText
{
    public const string Header = "kind,prefix,country,destination,area,connect_fee,minimum_seconds,steps,high_cost\n";

    public const string Area1 = "area,,,,1,,,0.012/60+60,\n";

    public const string Italy = "prefix,39,IT,Italy,1,,,,no\n";

    /// <summary>Reads the header and these rows.</summary>
    public static PriceListReadResult Read(params string[] rows) => ReadFile(Header + string.Concat(rows));

    public static PriceListReadResult ReadFile(string text, PriceListRules? rules = null) =>
        ReadFile(Encoding.UTF8.GetBytes(text), rules: rules);

    public static PriceListReadResult ReadFile(byte[] file, TableFormat format = TableFormat.Csv, PriceListRules? rules = null) =>
        PriceListFile.Read(new MemoryStream(file, writable: false), format, rules ?? new PriceListRules());

    /// <summary>The content with a title page.</summary>
    public static PriceListDocument Document(PriceListContent content) => new(
        "Invented Telephone", "END_USER", 7, "EUR", "Europe/Berlin", 4, new DateTimeOffset(2026, 12, 31, 23, 0, 0, TimeSpan.Zero), null, content);

    /// <summary>"line column value" of each error.</summary>
    public static string[] Places(this PriceListReadResult result) => [.. result.Errors.Select(e => $"{e.Line} {e.Column} {e.Value}")];
}
