using System.Globalization;
using Classound.Charging.Rating;
using MiniExcelLibs;
using MiniExcelLibs.Attributes;
using MiniExcelLibs.OpenXml;

namespace Classound.PriceLists.OwnFormat;

/// <summary>A workbook with a sheet of each kind, header rows fixed and with a filter.</summary>
internal static class PriceListXlsxWriter
{
    /// <summary>Rows of a sheet beside its header; a sheet may have 1,048,576.</summary>
    public const int MaxRows = 1_000_000;

    // What a binary fraction of 64 bits keeps for sure.
    private const int ExactDigits = 15;

    public static void Write(Stream file, PriceListDocument document, int maxRows = MaxRows)
    {
        var sheets = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var kind in DocumentTables.Kinds(document))
        {
            var rows = DocumentTables.Rows(document, kind);
            var count = kind == RowKind.Prefix ? document.Content.Entries.Count : rows.Count();
            for (var number = 0; number * maxRows < count; number++)
            {
                var title = number == 0 ? kind.Sheet() : string.Create(CultureInfo.InvariantCulture, $"{kind.Sheet()} {number + 1}");
                sheets.Add(title, Cells(kind, rows.Skip(number * maxRows).Take(maxRows)));
            }
        }

        // FastMode: rows are written as they come, and counted and measured only then. Without widths, names and steps are cut at
        // the next cell; the default style frames only cells that are not empty, which looks torn.
        MiniExcel.SaveAs(file, sheets, configuration: new OpenXmlConfiguration
        {
            FastMode = true, EnableAutoWidth = true, MaxWidth = 60, TableStyles = TableStyles.None, DynamicColumns = HeaderWidths(document),
        });
    }

    // Widths grow with the cells, but not with the header: it is the least.
    private static DynamicExcelColumn[] HeaderWidths(PriceListDocument document) =>
    [
        .. DocumentTables.Kinds(document).SelectMany(kind => OwnColumns.Of(kind).ToArray()).Select(OwnColumns.Name).Distinct()
            .Select(name => new DynamicExcelColumn(name) { Width = name.Length + 3 }),
    ];

    private static IEnumerable<IDictionary<string, object?>> Cells(RowKind kind, IEnumerable<object?[]> rows)
    {
        var names = OwnColumns.Of(kind).ToArray().Select(OwnColumns.Name).ToArray();
        foreach (var row in rows)
        {
            var cells = new Dictionary<string, object?>(names.Length, StringComparer.Ordinal);
            for (var i = 0; i < names.Length; i++) cells.Add(names[i], row[i] is Amount amount ? Cell(amount) : row[i]);
            yield return cells;
        }
    }

    private static object Cell(Amount amount)
    {
        var text = amount.ToString();
        return text.Count(char.IsAsciiDigit) <= ExactDigits ? decimal.Parse(text, CultureInfo.InvariantCulture) : text;
    }
}
