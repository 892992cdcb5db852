using System.Buffers.Binary;
using System.Text;
using static Classound.PriceLists.Pdf.TrueTypeFile;

namespace Classound.PriceLists.Pdf;

/// <summary>
/// A font file with the outlines of the used glyphs only: 20 kB instead of 400. Glyphs keep their numbers, unused ones become empty,
/// and the tables that a PDF does not need are left out.
/// </summary>
internal static class FontSubset
{
    private static readonly string[] Copied = ["cvt ", "fpgm", "head", "hhea", "hmtx", "maxp", "prep"];

    private const int ComponentArgumentsAreWords = 0x0001;
    private const int ComponentHasScale = 0x0008;
    private const int MoreComponents = 0x0020;
    private const int ComponentHasTwoScales = 0x0040;
    private const int ComponentHasMatrix = 0x0080;

    public static byte[] Of(FontFace face, IEnumerable<ushort> used)
    {
        var font = face.File;
        var kept = new SortedSet<ushort>(used) { 0 };
        foreach (var glyph in kept.ToArray()) AddComponents(font, glyph, kept);
        var (glyf, loca) = Outlines(font, kept, face.GlyphCount);
        var tables = Copied.Select(tag => (Tag: tag, Data: font[tag].ToArray())).ToList();
        tables.AddRange([("glyf", glyf), ("loca", loca)]);
        // Offsets of the new loca table have four bytes, whatever the old one had.
        BinaryPrimitives.WriteInt16BigEndian(tables.Single(table => table.Tag == "head").Data.AsSpan(50), 1);
        return Assemble([.. tables.OrderBy(table => table.Tag, StringComparer.Ordinal)]);
    }

    private static ReadOnlySpan<byte> Outline(TrueTypeFile font, int glyph)
    {
        var loca = font["loca"];
        var isLong = I16(font["head"], 50) == 1;
        var start = isLong ? (int)U32(loca, 4 * glyph) : 2 * U16(loca, 2 * glyph);
        var end = isLong ? (int)U32(loca, 4 * glyph + 4) : 2 * U16(loca, 2 * glyph + 2);
        return font["glyf"][start..end];
    }

    // An accented letter is made of other glyphs, which the file has to keep.
    private static void AddComponents(TrueTypeFile font, ushort glyph, SortedSet<ushort> kept)
    {
        var outline = Outline(font, glyph);
        if (outline.IsEmpty || I16(outline, 0) >= 0) return;
        var at = 10;
        int flags;
        do
        {
            flags = U16(outline, at);
            var component = U16(outline, at + 2);
            if (kept.Add(component)) AddComponents(font, component, kept);
            at += 4 + ((flags & ComponentArgumentsAreWords) != 0 ? 4 : 2);
            if ((flags & ComponentHasScale) != 0) at += 2;
            else if ((flags & ComponentHasTwoScales) != 0) at += 4;
            else if ((flags & ComponentHasMatrix) != 0) at += 8;
        }
        while ((flags & MoreComponents) != 0);
    }

    private static (byte[] Glyf, byte[] Loca) Outlines(TrueTypeFile font, SortedSet<ushort> kept, int glyphs)
    {
        var glyf = new MemoryStream();
        var loca = new byte[4 * (glyphs + 1)];
        for (var glyph = 0; glyph < glyphs; glyph++)
        {
            if (kept.Contains((ushort)glyph))
            {
                glyf.Write(Outline(font, glyph));
                while (glyf.Length % 4 != 0) glyf.WriteByte(0);
            }

            BinaryPrimitives.WriteUInt32BigEndian(loca.AsSpan(4 * (glyph + 1)), (uint)glyf.Length);
        }

        return (glyf.ToArray(), loca);
    }

    private static byte[] Assemble((string Tag, byte[] Data)[] tables)
    {
        var offset = 12 + 16 * tables.Length;
        var file = new byte[offset + tables.Sum(table => Padded(table.Data.Length))];
        BinaryPrimitives.WriteUInt32BigEndian(file, 0x00010000);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(4), (ushort)tables.Length);
        var power = int.Log2(tables.Length);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(6), (ushort)(16 << power));
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(8), (ushort)power);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(10), (ushort)(16 * tables.Length - (16 << power)));
        for (var i = 0; i < tables.Length; i++)
        {
            var record = file.AsSpan(12 + 16 * i, 16);
            var (tag, data) = tables[i];
            Encoding.ASCII.GetBytes(tag, record);
            data.CopyTo(file, offset);
            BinaryPrimitives.WriteUInt32BigEndian(record[4..], Checksum(file.AsSpan(offset, Padded(data.Length))));
            BinaryPrimitives.WriteUInt32BigEndian(record[8..], (uint)offset);
            BinaryPrimitives.WriteUInt32BigEndian(record[12..], (uint)data.Length);
            offset += Padded(data.Length);
        }

        return file;
    }

    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        var sum = 0u;
        for (var at = 0; at < data.Length; at += 4) sum = unchecked(sum + U32(data, at));
        return sum;
    }

    private static int Padded(int length) => (length + 3) & ~3;
}
