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
            Assert.Equal(print.Pages[i].Texts.Select(text => text.Text), PdfReadBack.Texts(read.Pages[i]));
        Assert.Equal(
            print.Bookmarks.Select(bookmark => (bookmark.Level, bookmark.Title, bookmark.Page, WindowFrom(bookmark.Top))),
            read.Outline().Select(entry => (entry.Level, entry.Title, entry.Page, Math.Round(entry.Top, 2))));
        Assert.Equal(
            print.Pages[0].Links.Select(link =>
                (Math.Round(link.X, 2), Math.Round(PrintPage.Height - link.Top - link.Height, 2), link.Page, WindowFrom(link.TargetTop))),
            read.Links(read.Pages[0]).Select(link =>
                (Math.Round(link.Left, 2), Math.Round(link.Bottom, 2), link.Page, Math.Round(link.Top, 2))));
        Assert.Equal("Price list End User, version 3", read.Info.Title);
        Assert.Equal("Northwind Telephony", read.Info.Author);
        Assert.Equal("D:20261231230000Z", read.Info.Elements.GetString("/CreationDate"));
    }

    [Fact]
    public void Pages_AreA4()
    {
        var read = new PdfReadBack(Write(Document(Full())));

        Assert.All(read.Pages, page => Assert.Equal((595.28, 841.89), (Math.Round(page.Width.Point, 2), Math.Round(page.Height.Point, 2))));
    }

    [Fact]
    public void Fonts_AreEmbedded_AsFarAsTheyAreUsed()
    {
        var fonts = new PdfReadBack(Write(Document(Full()))).Fonts;

        Assert.Equal(
            ["Liberation Sans", "Liberation Sans,Bold"],
            fonts.Select(font => font.Elements.GetName("/FontName").Split('+')[1]).Order(StringComparer.Ordinal));
        // The whole files have 400 kB each.
        Assert.All(fonts, font => Assert.InRange(
            font.Elements.GetDictionary("/FontFile2")!.Stream.UnfilteredValue.Length, 20_000, 80_000));
    }

    [Fact]
    public void OperatorOfAnyName_LeavesTheDescriptionsReadable()
    {
        const string Name = "Smith & Sons <Россия>";

        var read = new PdfReadBack(Write(Document(Content()) with { OperatorName = Name }));

        Assert.Equal(Name, read.Info.Author);
        Assert.NotNull(read.Xmp.Root);
    }

    [Fact]
    public void ManyAtOnce_AreEachTheSameAsOneAlone()
    {
        var document = Document(Full());
        var expected = Write(document);

        var written = new byte[8][];
        Parallel.For(0, written.Length, new ParallelOptions { MaxDegreeOfParallelism = written.Length }, i => written[i] = Write(document));

        Assert.All(written, file => Assert.Equal(expected, file));
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

        Assert.Equal("", read.Info.Author);
        Assert.False(read.Info.Elements.ContainsKey("/CreationDate"));
        Assert.Equal("Price list End User, draft", read.Info.Title);
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

    // A place is shown with a little of what stands above it.
    private static double WindowFrom(double top) => Math.Round(PrintPage.Height - Math.Max(top - 12, 0), 2);
}
