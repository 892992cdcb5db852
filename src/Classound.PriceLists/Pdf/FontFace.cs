using static Classound.PriceLists.Pdf.TrueTypeFile;

namespace Classound.PriceLists.Pdf;

/// <summary>One of the two embedded fonts: which glyph a character has, and how wide it is. Immutable.</summary>
internal sealed class FontFace
{
    /// <summary>Stands where a character has no glyph.</summary>
    public const char Missing = '□';

    public static readonly FontFace Regular = new("LiberationSans", "LiberationSans-Regular.ttf");

    public static readonly FontFace Bold = new("LiberationSans-Bold", "LiberationSans-Bold.ttf");

    private readonly ushort[] _glyphs = new ushort[char.MaxValue + 1];
    private readonly ushort[] _advances;

    private FontFace(string name, string resource)
    {
        using var stream = typeof(FontFace).Assembly.GetManifestResourceStream(resource)!;
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        Name = name;
        File = new TrueTypeFile(file);
        UnitsPerEm = U16(File["head"], 18);
        _advances = new ushort[U16(File["maxp"], 4)];
        ReadAdvances();
        ReadGlyphs();
    }

    /// <summary>PostScript name.</summary>
    public string Name { get; }

    public TrueTypeFile File { get; }

    public int UnitsPerEm { get; }

    public int GlyphCount => _advances.Length;

    public bool Has(char c) => _glyphs[c] != 0;

    public ushort Glyph(char c) => _glyphs[c] != 0 ? _glyphs[c] : _glyphs[Missing];

    /// <summary>In units of the font.</summary>
    public int Advance(ushort glyph) => _advances[glyph];

    /// <summary>Of a line in points.</summary>
    public double Width(ReadOnlySpan<char> text, double size)
    {
        long units = 0;
        foreach (var c in text) units += _advances[Glyph(c)];
        return units * size / UnitsPerEm;
    }

    private void ReadAdvances()
    {
        var metrics = U16(File["hhea"], 34);
        var table = File["hmtx"];
        for (var glyph = 0; glyph < _advances.Length; glyph++) _advances[glyph] = U16(table, 4 * Math.Min(glyph, metrics - 1));
    }

    // Format 4 of the Windows Unicode table: segments of characters, each with a shift or a list of its glyphs.
    private void ReadGlyphs()
    {
        var table = UnicodeTable(File["cmap"]);
        var segments = U16(table, 6) / 2;
        for (var i = 0; i < segments; i++)
        {
            var (end, start) = (U16(table, 14 + 2 * i), U16(table, 16 + 2 * (segments + i)));
            var shift = U16(table, 16 + 2 * (2 * segments + i));
            var listAt = 16 + 2 * (3 * segments + i);
            var list = U16(table, listAt);
            for (int c = start; c <= end && c < char.MaxValue; c++)
            {
                var glyph = list == 0 ? (ushort)c : U16(table, listAt + list + 2 * (c - start));
                if (glyph != 0) _glyphs[c] = unchecked((ushort)(glyph + shift));
            }
        }
    }

    private static ReadOnlySpan<byte> UnicodeTable(ReadOnlySpan<byte> cmap)
    {
        for (var i = 0; i < U16(cmap, 2); i++)
        {
            var record = cmap[(4 + 8 * i)..];
            if (U16(record, 0) == 3 && U16(record, 2) == 1) return cmap[(int)U32(record, 4)..];
        }

        throw new InvalidDataException("the embedded font has no table of Unicode characters");
    }
}
