using System.Globalization;
using System.Text;
using Classound.Charging.Rating;
using CsvHelper;
using CsvHelper.Configuration;

namespace Classound.PriceLists.OwnFormat;

internal static class PriceListCsvWriter
{
    public static void Write(Stream utf8, PriceListContent content)
    {
        using var text = new StreamWriter(utf8, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        using var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        WriteRow(csv, PriceListFile.Columns);
        foreach (var (area, tariff) in content.AreaTariffs.OrderBy(row => row.Key))
            WriteRow(csv, ["area", "", "", "", AreaText(area), .. TariffCells(tariff), ""]);
        foreach (var entry in content.Entries)
            WriteRow(csv,
            [
                "prefix", entry.Prefix, entry.Country, entry.Destination, AreaText(entry.Area),
                .. entry.OwnTariff is { } own ? TariffCells(own) : ["", "", ""], entry.HighCost ? "yes" : "no",
            ]);
    }

    private static string[] TariffCells(Tariff tariff)
    {
        // A band would be lost without a word; nothing makes one yet.
        if (!tariff.Bands.IsEmpty) throw new NotSupportedException("time bands have no column in a price-list file");
        return
        [
            tariff.ConnectFee.ToString(), tariff.MinimumSeconds.ToString(CultureInfo.InvariantCulture), Tariff.FormatSteps(tariff.Steps),
        ];
    }

    private static string AreaText(CallArea area) => ((int)area).ToString(CultureInfo.InvariantCulture);

    private static void WriteRow(CsvWriter csv, IEnumerable<string> cells)
    {
        foreach (var cell in cells) csv.WriteField(cell);
        csv.NextRecord();
    }
}
