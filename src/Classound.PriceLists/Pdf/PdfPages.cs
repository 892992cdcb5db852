using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace Classound.PriceLists.Pdf;

/// <summary>Draws set pages and their bookmarks into a document.</summary>
internal static class PdfPages
{
    private static readonly XSolidBrush[] Brushes = // In the order of Shade.
        [Brush(0x1a1a1f), Brush(0x666b73), Brush(0x144573), Brush(0xccd1d6), Brush(0xebf0f5)];

    public static void Draw(PdfDocument document, PriceListPages print)
    {
        foreach (var page in print.Pages)
        {
            var drawn = document.AddPage();
            (drawn.Width, drawn.Height) = (XUnit.FromPoint(PrintPage.Width), XUnit.FromPoint(PrintPage.Height));
            Draw(drawn, page);
        }

        AddBookmarks(document, print.Bookmarks);
    }

    private static void Draw(PdfPage drawn, PrintPage page)
    {
        using var graphics = XGraphics.FromPdfPage(drawn);
        foreach (var box in page.Boxes) graphics.DrawRectangle(Brushes[(int)box.Shade], box.X, box.Top, box.Width, box.Height);
        foreach (var text in page.Texts)
            graphics.DrawString(text.Text, text.Style.Font, Brushes[(int)text.Style.Shade], text.X, text.Baseline);
        foreach (var link in page.Links)
        {
            var area = new XRect(link.X, Up(link.Top + link.Height), link.Width, link.Height);
            var added = drawn.AddDocumentLink(new PdfRectangle(area), link.Page + 1, new XPoint(0, Window(link.TargetTop)));
            // Its name, made by chance, and the time at which it was made: nobody asks for them.
            added.Elements.Remove("/NM");
            added.Elements.Remove("/M");
        }
    }

    // What is below sections is closed.
    private static void AddBookmarks(PdfDocument document, IReadOnlyList<Bookmark> bookmarks)
    {
        var levels = new PdfOutlineCollection[4];
        if (bookmarks.Count > 0) levels[0] = document.Outlines;
        foreach (var bookmark in bookmarks)
        {
            var entry = levels[bookmark.Level].Add(bookmark.Title, document.Pages[bookmark.Page], opened: false);
            entry.PageDestinationType = PdfPageDestinationType.Xyz;
            entry.Top = Window(bookmark.Top);
            levels[bookmark.Level + 1] = entry.Outlines;
        }
    }

    // What is shown from there on begins a little above it.
    private static double Window(double top) => Up(Math.Max(top - 12, 0));

    // The format's y axis points upwards; PDFsharp turns what is drawn, but no places to go to.
    private static double Up(double y) => PrintPage.Height - y;

    private static XSolidBrush Brush(int rgb) => new(XColor.FromArgb(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff));
}
