using PdfSharp.Drawing;
using PdfSharp.Fonts;

namespace Classound.PriceLists.Pdf;

/// <summary>
/// One of the two embedded fonts: which characters it has, and how wide they are. Immutable. Measured once for all: pages are set
/// before there is a document, and most of setting them is measuring.
/// </summary>
internal sealed class FontFace
{
    /// <summary>Stands where a character has no glyph.</summary>
    public const char Missing = '□';

    public static readonly FontFace Regular = new(isBold: false);

    public static readonly FontFace Bold = new(isBold: true);

    private const short None = -1;

    private readonly bool _isBold;
    private readonly short[] _widths = new short[char.MaxValue + 1]; // In units of the font.

    private FontFace(bool isBold)
    {
        _isBold = isBold;
        UnitsPerEm = Font(1).Metrics.UnitsPerEm;
        var font = Font(UnitsPerEm); // At this size a point is a unit.
        using var measure = XGraphics.CreateMeasureContext(new XSize(1, 1), XGraphicsUnit.Point, XPageDirection.Downwards);
        for (var c = '\0'; c < char.MaxValue; c++)
        {
            var hasGlyph = GlyphHelper.GlyphIndexFromCodePoint(c, font) != 0;
            _widths[c] = hasGlyph ? (short)Math.Round(measure.MeasureString(c.ToString(), font).Width) : None;
        }
    }

    public int UnitsPerEm { get; }

    /// <param name="size">Points.</param>
    public XFont Font(double size) => EmbeddedFonts.Font(_isBold, size);

    public bool Has(char c) => _widths[c] != None;

    /// <summary>Width of a character in units of the font.</summary>
    public int Advance(char c) => Has(c) ? _widths[c] : _widths[Missing];

    /// <summary>Of a line in points.</summary>
    public double Width(ReadOnlySpan<char> text, double size)
    {
        long units = 0;
        foreach (var c in text) units += Advance(c);
        return units * size / UnitsPerEm;
    }
}
