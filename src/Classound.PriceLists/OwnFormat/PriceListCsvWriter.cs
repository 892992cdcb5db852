using System.Buffers;
using System.Globalization;
using System.Text;
using Classound.Charging.Rating;

namespace Classound.PriceLists.OwnFormat;

/// <summary>One table with the columns that the document needs, in RFC 4180 text.</summary>
internal static class PriceListCsvWriter
{
    // A leading '#' would make a comment of a row, in whatever column it came first.
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\"\r\n#");

    public static void Write(Stream utf8, PriceListDocument document)
    {
        using var text = new StreamWriter(utf8, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        var kinds = DocumentTables.Kinds(document).ToList();
        var columns = Enumerable.Range(0, OwnColumns.Count).Select(column => (OwnColumn)column)
            .Where(column => column == OwnColumn.Kind || kinds.Exists(kind => OwnColumns.Of(kind).Contains(column))).ToList();
        text.Write(string.Join(',', columns.Select(OwnColumns.Name)));
        text.Write('\n');
        foreach (var kind in kinds) Write(text, document, kind, columns);
    }

    private static void Write(StreamWriter text, PriceListDocument document, RowKind kind, List<OwnColumn> columns)
    {
        // For each column of the file the cell of a row, or -1.
        var from = columns.Select(column => OwnColumns.Of(kind).IndexOf(column)).ToArray();
        foreach (var row in DocumentTables.Rows(document, kind))
        {
            text.Write(kind.Word());
            for (var i = 1; i < from.Length; i++)
            {
                text.Write(',');
                if (from[i] >= 0) Write(text, row[from[i]]);
            }

            text.Write('\n');
        }
    }

    private static void Write(StreamWriter text, string word)
    {
        if (!word.AsSpan().ContainsAny(Quoted))
        {
            text.Write(word);
            return;
        }

        text.Write('"');
        text.Write(word.Replace("\"", "\"\"", StringComparison.Ordinal));
        text.Write('"');
    }

    private static void Write(StreamWriter text, object? cell)
    {
        switch (cell)
        {
            case string word:
                Write(text, SpreadsheetText.Guard(word.Trim(' ', '\t', '\r', '\n')));
                break;
            case Amount amount:
                text.Write(amount.ToString());
                break;
            case int number:
                text.Write(number.ToString(CultureInfo.InvariantCulture));
                break;
        }
    }
}
