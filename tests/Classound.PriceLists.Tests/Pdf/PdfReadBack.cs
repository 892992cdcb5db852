using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Classound.PriceLists.Tests.Pdf;

/// <summary>
/// Reads a file as a viewer would, from its end: where the objects are, what they refer to, and the text of the pages by the fonts'
/// own maps. Knows only what our files use; throws for whatever is not as the format says.
/// </summary>
internal sealed partial class PdfReadBack
{
    private readonly byte[] _file;
    private readonly string _latin;
    private readonly long[] _offsets;
    private readonly string _trailer;

    public PdfReadBack(byte[] file)
    {
        _file = file;
        _latin = Encoding.Latin1.GetString(file);
        Assert.StartsWith("%PDF-1.7\n", _latin, StringComparison.Ordinal);
        Assert.EndsWith("\n%%EOF\n", _latin, StringComparison.Ordinal);
        var end = _latin[_latin.LastIndexOf("startxref\n", StringComparison.Ordinal)..].Split('\n');
        var start = int.Parse(end[1], CultureInfo.InvariantCulture);
        var lines = _latin[start..].Split('\n');
        Assert.Equal("xref", lines[0]);
        var count = int.Parse(lines[1].Split(' ')[1], CultureInfo.InvariantCulture);
        Assert.All(lines[2..(2 + count)], line => Assert.Equal(19, line.Length));
        _offsets = [.. lines[2..(2 + count)].Select(line => long.Parse(line[..10], CultureInfo.InvariantCulture))];
        _trailer = string.Join('\n', lines[(2 + count)..]);
        for (var number = 1; number < count; number++)
            Assert.Equal((int)_offsets[number], _latin.IndexOf($"{number} 0 obj\n", (int)_offsets[number], StringComparison.Ordinal));
    }

    public int Objects => _offsets.Length - 1;

    public string Catalog => Object(Reference(_trailer, "Root"));

    public string Info => Object(Reference(_trailer, "Info"));

    public IReadOnlyList<string> Pages => [.. AllReferences(Value(Object(Reference(Catalog, "Pages")), "Kids")).Select(Object)];

    /// <summary>The object without its stream.</summary>
    public string Object(int number)
    {
        var start = (int)_offsets[number];
        var end = _latin.IndexOf("\nendobj\n", start, StringComparison.Ordinal);
        var stream = _latin.IndexOf("\nstream\n", start, StringComparison.Ordinal);
        return _latin[start..(stream >= 0 && stream < end ? stream : end)];
    }

    public byte[] Stream(int number)
    {
        var header = Object(number);
        var start = (int)_offsets[number] + header.Length + "\nstream\n".Length;
        var length = int.Parse(Value(header, "Length"), CultureInfo.InvariantCulture);
        Assert.Equal("\nendstream\nendobj\n", _latin.Substring(start + length, 18));
        using var zlib = new ZLibStream(new MemoryStream(_file, start, length), CompressionMode.Decompress);
        using var content = new MemoryStream();
        zlib.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>The texts of a page, in the order in which they are drawn.</summary>
    public IEnumerable<string> Texts(string page)
    {
        var fonts = Object(Reference(page, "Resources"));
        var maps = new Dictionary<string, Dictionary<string, char>> { ["R"] = Characters(fonts, "R"), ["B"] = Characters(fonts, "B") };
        var font = "";
        foreach (var line in Encoding.ASCII.GetString(Stream(Reference(page, "Contents"))).Split('\n'))
        {
            if (line.EndsWith(" Tf", StringComparison.Ordinal)) font = line[1..2];
            if (!line.EndsWith(" Tj", StringComparison.Ordinal)) continue;
            var hex = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..^4];
            yield return string.Concat(hex.Chunk(4).Select(glyph => maps[font][new string(glyph)]));
        }
    }

    /// <summary>Titles of the outline in reading order, each with its level.</summary>
    public IEnumerable<(int Level, string Title)> Outline() => Catalog.Contains("/Outlines", StringComparison.Ordinal)
        ? Below(Object(Reference(Catalog, "Outlines")), 0)
        : [];

    public static string Text(string dictionary, string key) =>
        Encoding.BigEndianUnicode.GetString(Convert.FromHexString(Regex.Match(dictionary, $"/{key} <FEFF([0-9A-F]*)>").Groups[1].Value));

    public static int Reference(string dictionary, string key) => AllReferences(Value(dictionary, key))[0];

    private IEnumerable<(int Level, string Title)> Below(string parent, int level)
    {
        if (!parent.Contains("/First", StringComparison.Ordinal)) yield break;
        for (var number = Reference(parent, "First"); ;)
        {
            var entry = Object(number);
            yield return (level, Text(entry, "Title"));
            foreach (var below in Below(entry, level + 1)) yield return below;
            if (number == Reference(parent, "Last")) yield break;
            Assert.Contains($"/Prev {number} 0 R", Object(Reference(entry, "Next")), StringComparison.Ordinal);
            number = Reference(entry, "Next");
        }
    }

    private Dictionary<string, char> Characters(string fonts, string name)
    {
        var map = Encoding.ASCII.GetString(Stream(Reference(Object(Reference(fonts, name)), "ToUnicode")));
        return CharacterOfGlyph().Matches(map).ToDictionary(m => m.Groups[1].Value, m => (char)Convert.ToInt32(m.Groups[2].Value, 16));
    }

    private static string Value(string dictionary, string key) =>
        Regex.Match(dictionary, $@"/{key} (\[[^\]]*\]|[^/>]*)").Groups[1].Value.Trim();

    private static int[] AllReferences(string value) =>
        [.. ObjectReference().Matches(value).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"(\d+) 0 R")]
    private static partial Regex ObjectReference();

    [GeneratedRegex(@"^<([0-9A-F]{4})> <([0-9A-F]{4})>$", RegexOptions.Multiline)]
    private static partial Regex CharacterOfGlyph();
}
