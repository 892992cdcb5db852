using System.Text;

namespace Classound.PriceLists.Tests;

/// <summary>Small price-list files for tests.</summary>
internal static class PriceListText
{
    public const string Header = "kind,prefix,country,destination,area,connect_fee,minimum_seconds,steps,high_cost\n";

    public const string Area1 = "area,,,,1,,,0.012/60+60,\n";

    public const string Italy = "prefix,39,IT,Italy,1,,,,no\n";

    /// <summary>Reads the header and these rows.</summary>
    public static PriceListCsvResult Read(params string[] rows) => ReadFile(Header + string.Concat(rows));

    public static PriceListCsvResult ReadFile(string text, PriceListCsvRules? rules = null) =>
        PriceListCsv.Read(Encoding.UTF8.GetBytes(text), rules ?? new PriceListCsvRules());

    /// <summary>"line column value" of each error.</summary>
    public static string[] Places(this PriceListCsvResult result) => [.. result.Errors.Select(e => $"{e.Line} {e.Column} {e.Value}")];
}
