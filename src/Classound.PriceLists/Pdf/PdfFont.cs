using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using static Classound.PriceLists.Pdf.TrueTypeFile;

namespace Classound.PriceLists.Pdf;

/// <summary>
/// A font as a document uses it: text is written as glyph numbers, and the font says which characters they stand for, so that text can
/// be searched and copied in any script (ISO 32000-1, 9.7).
/// </summary>
internal sealed class PdfFont(FontFace face)
{
    private const int MapsPerBlock = 100; // The most that one block may have.

    private readonly SortedDictionary<ushort, char> _used = [];

    /// <summary>The text as a hexadecimal string of glyphs.</summary>
    public void Append(StringBuilder content, string text)
    {
        content.Append('<');
        foreach (var c in text)
        {
            var glyph = face.Glyph(c);
            _used.TryAdd(glyph, face.Has(c) ? c : FontFace.Missing);
            content.Append(CultureInfo.InvariantCulture, $"{glyph:X4}");
        }

        content.Append('>');
    }

    /// <summary>Writes the font as far as it was used, under this number.</summary>
    public void Write(PdfFile file, int number)
    {
        var (descendant, descriptor, program, unicode) = (file.Reserve(), file.Reserve(), file.Reserve(), file.Reserve());
        var subset = FontSubset.Of(face, _used.Keys);
        var name = $"{Tag(subset)}+{face.Name}";
        var widths = string.Join(' ', _used.Keys.Select(glyph => Say($"{glyph} [{Thousandths(face.Advance(glyph))}]")));
        file.WriteText(number, Say($"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H")
            + Say($" /DescendantFonts [{descendant} 0 R] /ToUnicode {unicode} 0 R >>"));
        file.WriteText(descendant, Say($"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /FontDescriptor {descriptor} 0 R")
            + Say($" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /CIDToGIDMap /Identity /W [{widths}] >>"));
        WriteDescriptor(file, descriptor, name, program);
        file.WriteStream(program, Say($"/Length1 {subset.Length}"), subset);
        file.WriteStream(unicode, "", Encoding.ASCII.GetBytes(UnicodeMap()));
    }

    private void WriteDescriptor(PdfFile file, int number, string name, int program)
    {
        var (ascent, descent) = (Metric("hhea", 4), Metric("hhea", 6));
        var box = Say($"{Metric("head", 36)} {Metric("head", 38)} {Metric("head", 40)} {Metric("head", 42)}");
        var weight = face == FontFace.Bold ? 140 : 80; // Of the stems: the format wants some figure, viewers use the font's own.
        file.WriteText(number, Say($"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{box}] /ItalicAngle 0 /Ascent {ascent}")
            + Say($" /Descent {descent} /CapHeight {Metric("OS/2", 88)} /StemV {weight} /FontFile2 {program} 0 R >>"));
    }

    private string UnicodeMap()
    {
        var map = new StringBuilder("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n");
        map.Append("/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n");
        map.Append("/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n");
        map.Append("1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
        foreach (var block in _used.Chunk(MapsPerBlock))
        {
            map.Append(CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var (glyph, c) in block) map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}> <{(int)c:X4}>\n");
            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }

    private int Metric(string table, int at) => Thousandths(I16(face.File[table], at));

    private int Thousandths(int units) => units * 1000 / face.UnitsPerEm;

    // Six letters that tell subsets of one font apart; from their content, so that a document is written the same again.
    private static string Tag(byte[] subset) => string.Concat(SHA256.HashData(subset).Take(6).Select(b => (char)('A' + b % 26)));

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
