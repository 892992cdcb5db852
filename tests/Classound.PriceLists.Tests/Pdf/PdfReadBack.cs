using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PdfSharp.Pdf;
using PdfSharp.Pdf.Advanced;
using PdfSharp.Pdf.IO;

namespace Classound.PriceLists.Tests.Pdf;

/// <summary>
/// What a reader of the file gets to see: the text of the pages by the fonts' own maps, the outline, and what the file says of
/// itself. Knows only what our files use.
/// </summary>
internal sealed partial class PdfReadBack(byte[] file)
{
    private readonly PdfDocument _document = PdfReader.Open(new MemoryStream(file), PdfDocumentOpenMode.Import);

    public PdfDocumentInformation Info => _document.Info;

    public IReadOnlyList<PdfPage> Pages => [.. _document.Pages];

    /// <summary>Descriptions of the embedded fonts.</summary>
    public IReadOnlyList<PdfDictionary> Fonts =>
        [.. _document.Internals.GetAllObjects().OfType<PdfDictionary>().Where(part => part.Elements.ContainsKey("/FontFile2"))];

    /// <summary>The second description of the file, as XML.</summary>
    public XDocument Xmp => XDocument.Parse(Encoding.UTF8.GetString(
        _document.Internals.Catalog.Elements.GetDictionary("/Metadata")!.Stream.UnfilteredValue).TrimStart('\ufeff'));

    /// <summary>The texts of a page, in the order in which they are drawn.</summary>
    public static IEnumerable<string> Texts(PdfPage page)
    {
        var fonts = page.Elements.GetDictionary("/Resources")!.Elements.GetDictionary("/Font")!;
        var maps = fonts.Elements.Keys.ToDictionary(name => name, name => Characters(fonts.Elements.GetDictionary(name)!));
        var font = "";
        var drawn = Encoding.ASCII.GetString(page.Contents.CreateSingleContent().Stream.UnfilteredValue);
        foreach (Match operation in FontOrText().Matches(drawn))
        {
            if (operation.Groups["font"] is { Success: true } name) font = name.Value;
            else yield return string.Concat(Glyphs(operation.Groups["glyphs"].Value).Select(glyph => maps[font][glyph]));
        }
    }

    /// <summary>The area of each link of a page, and where it leads to.</summary>
    public IEnumerable<(double Left, double Bottom, int Page, double Top)> Links(PdfPage page) =>
        page.Elements.GetArray("/Annots") is not { } links ? [] : Enumerable.Range(0, links.Elements.Count).Select(i =>
        {
            var link = links.Elements.GetDictionary(i)!;
            var (target, top) = Target(link);
            var area = link.Elements.GetRectangle("/Rect");
            return (area.X1, area.Y1, target, top);
        });

    /// <summary>Titles of the outline in reading order, each with its level and where it leads to.</summary>
    public IEnumerable<(int Level, string Title, int Page, double Top)> Outline() =>
        _document.Internals.Catalog.Elements.GetDictionary("/Outlines") is { } outlines ? Below(outlines, 0) : [];

    private IEnumerable<(int Level, string Title, int Page, double Top)> Below(PdfDictionary parent, int level)
    {
        for (var entry = parent.Elements.GetDictionary("/First"); entry is not null; entry = entry.Elements.GetDictionary("/Next"))
        {
            var (page, top) = Target(entry);
            yield return (level, entry.Elements.GetString("/Title"), page, top);
            foreach (var below in Below(entry, level + 1)) yield return below;
        }
    }

    private (int Page, double Top) Target(PdfDictionary from)
    {
        var target = from.Elements.GetArray("/Dest")!;
        var number = ((PdfReference)target.Elements[0]).ObjectNumber;
        return (Pages.Select(page => page.Reference!.ObjectNumber).ToList().IndexOf(number), target.Elements.GetReal(3));
    }

    private static Dictionary<string, char> Characters(PdfDictionary font)
    {
        var map = Encoding.ASCII.GetString(font.Elements.GetDictionary("/ToUnicode")!.Stream.UnfilteredValue);
        return CharacterOfGlyph().Matches(map).ToDictionary(m => m.Groups[1].Value, m => (char)Convert.ToInt32(m.Groups[2].Value, 16));
    }

    // Long texts go on on further lines.
    private static IEnumerable<string> Glyphs(string hex) =>
        hex.Where(char.IsAsciiHexDigit).Chunk(4).Select(glyph => new string(glyph));

    [GeneratedRegex(@"(?<font>/\w+) [\d.]+ Tf|<(?<glyphs>[0-9A-F\s]*)> Tj")]
    private static partial Regex FontOrText();

    [GeneratedRegex(@"^<([0-9A-F]{4})><\1><([0-9A-F]{4})>\r?$", RegexOptions.Multiline)]
    private static partial Regex CharacterOfGlyph();
}
