using System.Globalization;
using Classound.PriceLists.Pdf;
using static Classound.PriceLists.Tests.Pdf.PdfSamples;

namespace Classound.PriceLists.Tests.Pdf;

/// <summary>The file itself, read back.</summary>
public sealed class PriceListPdfTests
{
    [Fact]
    public void File_HasThePagesTextsAndBookmarksOfTheLayout()
    {
        var print = PriceListPages.Of(Document(Full()));

        var read = new PdfReadBack(Write(Document(Full())));

        Assert.Equal(print.Pages.Count, read.Pages.Count);
        for (var i = 0; i < print.Pages.Count; i++)
            Assert.Equal(print.Pages[i].Texts.Select(text => text.Text), read.Texts(read.Pages[i]));
        Assert.Equal(print.Bookmarks.Select(bookmark => (bookmark.Level, bookmark.Title)), read.Outline());
        Assert.Equal("Price list End User, version 3", PdfReadBack.Text(read.Info, "Title"));
        Assert.Equal("Northwind Telephony", PdfReadBack.Text(read.Info, "Author"));
        Assert.Contains("/CreationDate (D:20261231230000Z)", read.Info, StringComparison.Ordinal);
    }

    [Fact]
    public void Fonts_AreEmbedded_WithTheOutlineOfEveryGlyphThatIsUsed()
    {
        var read = new PdfReadBack(Write(Document(Full())));
        var programs = Enumerable.Range(1, read.Objects).Select(read.Object)
            .Where(body => body.Contains("/FontFile2", StringComparison.Ordinal)).ToList();

        Assert.Equal(2, programs.Count);
        foreach (var descriptor in programs)
        {
            var face = descriptor.Contains("Bold", StringComparison.Ordinal) ? FontFace.Bold : FontFace.Regular;
            var subset = new TrueTypeFile(read.Stream(PdfReadBack.Reference(descriptor, "FontFile2")));
            var used = face == FontFace.Regular ? "Žďárщ0123□†–" : "PricelistÅUK";
            Assert.All(used, c => Assert.NotEqual(0, OutlineLength(subset, face.Glyph(c))));
            Assert.Equal(0, OutlineLength(subset, face.Glyph('Ω')));
        }
    }

    [Fact]
    public void SameDocument_IsTheSameBytes_UnderAnyCulture()
    {
        var expected = Write(Document(Full()));
        var before = CultureInfo.CurrentCulture;
        try
        {
            foreach (var culture in (string[])["de-DE", "sv-SE", "ar-SA"])
            {
                CultureInfo.CurrentCulture = new CultureInfo(culture);
                Assert.Equal(expected, Write(Document(Full())));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Draft_WithoutOperator_IsAFileToo()
    {
        var read = new PdfReadBack(Write(Document(Content()) with { OperatorName = "", Version = 0, EffectiveFrom = null }));

        Assert.DoesNotContain("/Author", read.Info, StringComparison.Ordinal);
        Assert.DoesNotContain("/CreationDate", read.Info, StringComparison.Ordinal);
        Assert.Equal("Price list End User, draft", PdfReadBack.Text(read.Info, "Title"));
    }

    [Fact]
    public void ListTooLongForAPdf_IsRefused_AndPointsToOtherFormats()
    {
        var entry = Entry("39", "IT", "Italy");
        var most = Content([.. Enumerable.Repeat(entry, PriceListPdf.MaxPrefixes)]);
        var tooMany = Content([.. Enumerable.Repeat(entry, PriceListPdf.MaxPrefixes + 1)]);
        using var target = new MemoryStream();

        Assert.Null(PriceListPdf.Check(most));
        var refusal = Assert.Throws<ArgumentException>(() => PriceListPdf.Write(target, Document(tooMany)));

        Assert.StartsWith(
            "100001 prefixes: expected at most 100000 for a PDF; export this list as XLSX or CSV", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, target.Length);
    }

    private static byte[] Write(PriceListDocument document)
    {
        using var target = new MemoryStream();
        PriceListPdf.Write(target, document);
        return target.ToArray();
    }

    private static long OutlineLength(TrueTypeFile font, ushort glyph) =>
        TrueTypeFile.U32(font["loca"], 4 * glyph + 4) - TrueTypeFile.U32(font["loca"], 4 * glyph);
}
