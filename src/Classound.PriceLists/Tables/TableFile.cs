using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Classound.PriceLists.Tables;

/// <summary>Reads the rows of a file, one after the other: a price list of a million rows never stands in memory as text.</summary>
public static class TableFile
{
    /// <summary>Bytes that <see cref="Detect"/> looks at.</summary>
    public const int LookedAt = 64 * 1024;

    private static ReadOnlySpan<byte> Zip => "PK\x03\x04"u8;

    private static ReadOnlySpan<byte> OldExcel => [0xD0, 0xCF, 0x11, 0xE0];

    /// <summary>The format by the first bytes; what is no workbook counts as text, with tabs where those separate its columns.</summary>
    public static TableFormat Detect(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith(Zip)) return TableFormat.Xlsx;
        return Delimiters.Find(start) == '\t' ? TableFormat.Tsv : TableFormat.Csv;
    }

    /// <summary>
    /// The rows, blank ones left out, comments only if asked. What cannot be read ends them with a remark in <paramref name="errors"/>: a
    /// damaged workbook, text that is neither UTF-8 nor UTF-16 with a byte order mark.
    /// </summary>
    /// <param name="content">Can seek, and stands at its beginning; stays open.</param>
    /// <param name="format">As <see cref="Detect"/> says.</param>
    /// <param name="errors">Takes what is wrong with the file.</param>
    /// <param name="skipComments">Leaves out lines that begin with '#', whatever quotes stand in them.</param>
    public static IEnumerable<TableRow> Read(Stream content, TableFormat format, RemarkLog errors, bool skipComments = false)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(errors);
        var start = Peek(content);
        if (start.AsSpan().StartsWith(OldExcel))
        {
            errors.Add(0, "", "", "an old Excel workbook (.xls); expected .xlsx, CSV or TSV");
            return [];
        }

        if (format == TableFormat.Xlsx) return Workbook.Read(content, errors).Where(row => !skipComments || !row.Cells[0].StartsWith('#'));
        if (start.AsSpan().StartsWith(Zip))
        {
            errors.Add(0, "", "", "a workbook or an archive, not text; expected CSV or TSV");
            return [];
        }

        return ReadText(content, format == TableFormat.Tsv ? '\t' : Delimiters.Find(start) is ';' ? ';' : ',', errors, skipComments);
    }

    private static IEnumerable<TableRow> ReadText(Stream content, char delimiter, RemarkLog errors, bool skipComments)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(),
            TrimOptions = TrimOptions.Trim,
            AllowComments = skipComments,
            BadDataFound = bad => errors.Add(
                FirstLine(bad.Context.Parser!), "", bad.RawRecord.Trim(), "a quote stands where none may; expected RFC 4180 quoting"),
        };
        using var text = new StreamReader(
            content, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        using var rows = new BoundedText(text);
        using var csv = new CsvParser(rows, configuration);
        while (TryRead(csv, errors))
        {
            rows.NextRow();
            var cells = csv.Record!;
            if (Array.Exists(cells, static cell => cell.Length > 0)) yield return new TableRow("", FirstLine(csv), cells);
        }
    }

    private static bool TryRead(CsvParser csv, RemarkLog errors)
    {
        var before = csv.RawRow;
        try
        {
            return csv.Read();
        }
        catch (DecoderFallbackException)
        {
            errors.Add(csv.RawRow + 1, "", "", "the text from about here on is not UTF-8; expected UTF-8, or UTF-16 with a byte order mark");
            return false;
        }
        catch (InvalidDataException)
        {
            errors.Add(before + 1, "", "", string.Create(
                CultureInfo.InvariantCulture, $"a row of more than {BoundedText.MaxRow} characters from here on; is a quote never closed, or is it no table?"));
            return false;
        }
    }

    // The parser counts the line on which a record ends; a quoted cell may hold line breaks.
    private static int FirstLine(IParser csv) => csv.RawRow - csv.RawRecord.AsSpan().TrimEnd().Count('\n');

    private static byte[] Peek(Stream content)
    {
        var start = new byte[LookedAt];
        var at = content.Position;
        var read = content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        content.Position = at;
        return start[..read];
    }
}
