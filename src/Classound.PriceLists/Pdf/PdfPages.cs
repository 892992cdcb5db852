using System.Globalization;
using System.Text;

namespace Classound.PriceLists.Pdf;

/// <summary>Draws pages: content streams in the format's own operators, with its y axis upwards, and links.</summary>
internal sealed class PdfPages(PdfFile file, PdfFont regular, PdfFont bold)
{
    private static readonly string[] Colours = // In the order of Shade.
        ["0.10 0.10 0.12 rg", "0.40 0.42 0.45 rg", "0.08 0.27 0.45 rg", "0.80 0.82 0.84 rg", "0.92 0.94 0.96 rg"];

    public void Write(IReadOnlyList<PrintPage> pages, int tree, int[] numbers, int resources)
    {
        for (var i = 0; i < pages.Count; i++)
        {
            var content = file.Reserve();
            var links = Links(pages[i], numbers);
            file.Write(numbers[i], $"<< /Type /Page /Parent {tree} 0 R /Resources {resources} 0 R /Contents {content} 0 R{links} >>");
            file.WriteStream(content, "", Encoding.ASCII.GetBytes(Content(pages[i])));
        }

        var kids = string.Join(' ', numbers.Select(number => string.Create(CultureInfo.InvariantCulture, $"{number} 0 R")));
        file.Write(tree, $"<< /Type /Pages /Count {pages.Count} /MediaBox [0 0 {PrintPage.Width} {PrintPage.Height}] /Kids [{kids}] >>");
    }

    /// <summary>A place to go to: the page, with this height at the window's upper edge.</summary>
    public static string Destination(int pageNumber, double top) =>
        string.Create(CultureInfo.InvariantCulture, $"[{pageNumber} 0 R /XYZ null {Up(Math.Max(top - 12, 0))} null]");

    private string Content(PrintPage page)
    {
        var content = new StringBuilder();
        Shade? shade = null;
        foreach (var box in page.Boxes)
        {
            Colour(content, box.Shade, ref shade);
            content.Append(CultureInfo.InvariantCulture, $"{box.X:0.##} {Up(box.Top + box.Height)} ");
            content.Append(CultureInfo.InvariantCulture, $"{box.Width:0.##} {box.Height:0.##} re f\n");
        }

        content.Append("BT\n");
        TextStyle? style = null;
        foreach (var text in page.Texts)
        {
            Colour(content, text.Style.Shade, ref shade);
            var isBold = text.Style.Face == FontFace.Bold;
            if (text.Style != style)
                content.Append(isBold ? "/B " : "/R ").Append(CultureInfo.InvariantCulture, $"{text.Style.Size:0.##} Tf\n");
            style = text.Style;
            content.Append(CultureInfo.InvariantCulture, $"1 0 0 1 {text.X:0.##} {Up(text.Baseline)} Tm ");
            (isBold ? bold : regular).Append(content, text.Text);
            content.Append(" Tj\n");
        }

        return content.Append("ET\n").ToString();
    }

    private static void Colour(StringBuilder content, Shade wanted, ref Shade? current)
    {
        if (wanted != current) content.Append(Colours[(int)wanted]).Append('\n');
        current = wanted;
    }

    private static string Links(PrintPage page, int[] numbers) => page.Links.Count == 0 ? "" : " /Annots ["
        + string.Join(' ', page.Links.Select(link =>
            $"<< /Type /Annot /Subtype /Link /Border [0 0 0] /Rect [{Rectangle(link)}] "
            + $"/Dest {Destination(numbers[link.Page], link.TargetTop)} >>"))
        + "]";

    private static string Rectangle(PageLink link) => string.Create(
        CultureInfo.InvariantCulture, $"{link.X:0.##} {Up(link.Top + link.Height)} {link.X + link.Width:0.##} {Up(link.Top)}");

    private static string Up(double y) => (PrintPage.Height - y).ToString("0.##", CultureInfo.InvariantCulture);
}
