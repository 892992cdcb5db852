using System.Text;

namespace Classound.Api.Provisioning;

/// <summary>What a file is, by its first bytes, where it is no table: people upload what they were sent.</summary>
internal static class FileKinds
{
    private static readonly (byte[] Start, string Name)[] Known =
    [
        ("%PDF"u8.ToArray(), "a PDF document"),
        ([0xD0, 0xCF, 0x11, 0xE0], "a document of Excel 97-2003 or the like; save it as .xlsx"),
        ([0x1F, 0x8B], "compressed with gzip; unpack it first"),
        ([(byte)'7', (byte)'z', 0xBC, 0xAF], "a 7-Zip archive; unpack it first"),
        ("Rar!"u8.ToArray(), "a RAR archive; unpack it first"),
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "a picture"),
        ([0xFF, 0xD8, 0xFF], "a picture"),
        ("{\\rtf"u8.ToArray(), "a text document (RTF)"),
        ("<"u8.ToArray(), "HTML or XML"),
    ];

    /// <summary>In words; null where it may be a table.</summary>
    public static string? Foreign(ReadOnlySpan<byte> start)
    {
        var text = start.StartsWith(Encoding.UTF8.Preamble) ? start[Encoding.UTF8.Preamble.Length..] : start;
        foreach (var (bytes, name) in Known)
            if (text.StartsWith(bytes)) return name;
        // UTF-16 is full of zeros, but says so at its start; a workbook is a ZIP archive.
        return !text.Contains((byte)0) || text.StartsWith("PK"u8) || start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] ? null : "binary data";
    }
}
