using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Classound.PriceLists.Tables;

/// <summary>
/// What a workbook may come to when it is unpacked: a few kilobytes can hold gigabytes, or a sheet so wide that its rows take seconds each.
/// </summary>
internal static class WorkbookBounds
{
    /// <summary>Bytes of all parts, unpacked: four million prefixes, as they are exported, and as much again.</summary>
    public const long MaxUnpackedBytes = 4L << 30;

    /// <summary>Columns of a sheet.</summary>
    public const int MaxColumns = 100;

    /// <summary>Rows of a sheet, as in any spreadsheet program.</summary>
    public const int MaxRows = 1_048_576;

    /// <summary>Characters of a cell.</summary>
    public const int MaxCellLength = 1 << 20;

    // A text that is shorter than this cannot hold a cell that matters for memory.
    private const long SearchedBytes = 64L << 20;

    /// <summary>What is out of bounds, in words; null = nothing.</summary>
    /// <exception cref="InvalidDataException">It is no workbook.</exception>
    /// <exception cref="XmlException">A sheet is none.</exception>
    public static string? Refusal(Stream content, long maxUnpackedBytes = MaxUnpackedBytes)
    {
        using var parts = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        var bytes = 0L;
        // Unpacking stops at the length that the archive states.
        foreach (var part in parts.Entries) bytes = long.Min(bytes + part.Length, long.MaxValue / 2);
        if (bytes > maxUnpackedBytes) return Say($"{bytes} bytes when it is unpacked; expected at most {maxUnpackedBytes}");
        foreach (var part in parts.Entries)
        {
            if (part.Length > SearchedBytes && HasLongCell(part)) return Say($"a cell of more than {MaxCellLength} characters");
            if (part.FullName.Contains("worksheets/sheet", StringComparison.OrdinalIgnoreCase) && Columns(part) is > MaxColumns and var columns)
                return Say($"{columns} columns in {part.Name}; expected at most {MaxColumns}: delete the columns at the right, even if they look empty");
        }

        return null;
    }

    // As the reader finds it: by what the sheet says of itself, or by all of its cells.
    private static int Columns(ZipArchiveEntry part)
    {
        using var stream = part.Open();
        using var sheet = XmlReader.Create(stream, new XmlReaderSettings { IgnoreComments = true, IgnoreWhitespace = true, XmlResolver = null });
        var (most, inRow) = (0, 0);
        while (sheet.Read())
        {
            if (sheet.NodeType != XmlNodeType.Element) continue;
            if (sheet.LocalName == "dimension" && sheet.GetAttribute("ref") is { Length: > 0 } extent) return Column(extent[(extent.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            if (sheet.LocalName == "row") inRow = 0;
            if (sheet.LocalName != "c") continue;
            inRow++;
            most = int.Max(most, sheet.GetAttribute("r") is { } place ? Column(place) : inRow);
        }

        return most;
    }

    // "AB12" is 28.
    private static int Column(string place)
    {
        var column = 0;
        foreach (var c in place)
        {
            if (!char.IsAsciiLetter(c) || column > MaxRows) break;
            column = column * 26 + (char.ToUpperInvariant(c) - 'A' + 1);
        }

        return column;
    }

    // Text stands between tags.
    private static bool HasLongCell(ZipArchiveEntry part)
    {
        using var stream = part.Open();
        var buffer = new byte[1 << 16];
        var run = 0L;
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            var (first, last) = (buffer.AsSpan(0, read).IndexOf((byte)'<'), buffer.AsSpan(0, read).LastIndexOf((byte)'<'));
            if (run + (first < 0 ? read : first) > MaxCellLength) return true;
            run = first < 0 ? run + read : read - last;
        }

        return false;
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
