using System.Globalization;
using System.Xml;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace Classound.PriceLists.Tables;

/// <summary>Rows of the sheets of a workbook, in their order.</summary>
internal static class Workbook
{
    public static IEnumerable<TableRow> Read(Stream content, RemarkLog errors)
    {
        if (!TryOpen(content, errors, out var sheets)) yield break;
        using var folder = new StringsFolder();
        var configuration = new OpenXmlConfiguration { SharedStringCachePath = folder.Path };
        foreach (var sheet in sheets)
        {
            using var rows = MiniExcel.Query(
                content, useHeaderRow: false, sheetName: sheet, excelType: ExcelType.XLSX, configuration: configuration).GetEnumerator();
            for (var line = 1; TryNext(rows, sheet, line, errors, out var row); line++)
            {
                if (line > WorkbookBounds.MaxRows)
                {
                    errors.Add(line, "", "", string.Create(CultureInfo.InvariantCulture, $"sheet \"{sheet}\" goes on; expected at most {WorkbookBounds.MaxRows} rows"));
                    yield break;
                }

                var cells = Cells((IDictionary<string, object?>)row!);
                if (cells.Length > 0) yield return new TableRow(sheet, line, cells);
            }
        }
    }

    // Columns come in their order, each with its letter; empty ones behind the last value are no part of the row.
    private static string[] Cells(IDictionary<string, object?> row)
    {
        var cells = new string[row.Count];
        var used = 0;
        var at = 0;
        foreach (var value in row.Values)
        {
            cells[at++] = Text(value);
            if (cells[at - 1].Length > 0) used = at;
        }

        return cells[..used];
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text.Trim(),
        DateTime { TimeOfDay.Ticks: 0 } date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        bool flag => flag ? "TRUE" : "FALSE",
        // A workbook holds numbers as binary fractions. Fifteen digits are what it shows and what it keeps exactly.
        double number => Number(number),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Number(double number) =>
        decimal.TryParse(number.ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            ? exact.ToString("0.############################", CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);

    private static bool TryOpen(Stream content, RemarkLog errors, out List<string> sheets)
    {
        try
        {
            sheets = [];
            var start = content.Position;
            if (WorkbookBounds.Refusal(content) is { } refusal)
            {
                errors.Add(0, "", "", $"the workbook has {refusal}");
                return false;
            }

            content.Position = start;
            sheets = MiniExcel.GetSheetNames(content);
            return true;
        }
        catch (Exception e) when (IsDamage(e))
        {
            sheets = [];
            errors.Add(0, "", "", $"the workbook cannot be opened ({e.GetType().Name}); expected an undamaged .xlsx without a password");
            return false;
        }
    }

    private static bool TryNext(IEnumerator<dynamic> rows, string sheet, int line, RemarkLog errors, out object? row)
    {
        row = null;
        try
        {
            if (!rows.MoveNext()) return false;
            row = rows.Current;
            return true;
        }
        catch (Exception e) when (IsDamage(e))
        {
            errors.Add(line, "", "", $"sheet \"{sheet}\" cannot be read from here on ({e.GetType().Name}); expected an undamaged .xlsx");
            return false;
        }
    }

    /// <summary>
    /// Where the reader keeps the texts of a large workbook meanwhile. If it is broken off while it puts them there, it leaves them to the
    /// finaliser.
    /// </summary>
    private sealed class StringsFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("classound-").FullName;

        public void Dispose()
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (IOException)
            {
                // Windows deletes no open files: the finaliser will.
            }
        }
    }

    // What the parts of a workbook throw when they are not what they say: the archive, its XML, and the reader over them.
    private static bool IsDamage(Exception e) =>
        e is InvalidDataException or XmlException or IOException or FormatException or InvalidOperationException or ArgumentException
            or NullReferenceException or KeyNotFoundException or NotSupportedException or IndexOutOfRangeException;
}
