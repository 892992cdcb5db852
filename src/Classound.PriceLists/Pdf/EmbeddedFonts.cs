using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;

namespace Classound.PriceLists.Pdf;

/// <summary>
/// Gives PDFsharp the fonts of this assembly and no others: a list looks the same on every machine, and needs no font on it.
/// </summary>
internal sealed class EmbeddedFonts : IFontResolver
{
    private const string Family = "LiberationSans";

    // All glyphs by number, so that text of any script is one font, searchable and copied as it reads.
    private static readonly XPdfFontOptions ByGlyphNumber = new(PdfFontEncoding.Unicode);

    private EmbeddedFonts()
    {
    }

    public static XFont Font(bool isBold, double size)
    {
        // Once for the process, before its first font.
        GlobalFontSettings.FontResolver ??= new EmbeddedFonts();
        return new XFont(Family, size, isBold ? XFontStyleEx.Bold : XFontStyleEx.Regular, ByGlyphNumber);
    }

    public FontResolverInfo ResolveTypeface(string familyName, bool isBold, bool isItalic) =>
        new(isBold ? $"{Family}-Bold" : $"{Family}-Regular");

    public byte[] GetFont(string faceName)
    {
        using var stream = typeof(EmbeddedFonts).Assembly.GetManifestResourceStream($"{faceName}.ttf")!;
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return file;
    }
}
