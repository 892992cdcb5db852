using System.Globalization;
using System.Text;

namespace Classound.PriceLists.Pdf;

/// <summary>
/// A price list as a PDF that can be handed to a customer: title page with contents, flat-fee plans, DID numbers, FreePhone and
/// call termination. Contains no time of writing: the same document gives the same bytes.
/// </summary>
public static class PriceListPdf
{
    /// <summary>Some 2,500 pages. What is longer nobody reads, and it is held in memory while it is set.</summary>
    public const int MaxPrefixes = 100_000;

    /// <summary>Null when <see cref="Write"/> accepts the list, else why it does not and what to do instead.</summary>
    public static string? Check(PriceListContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return content.Entries.Count <= MaxPrefixes ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{content.Entries.Count} prefixes: expected at most {MaxPrefixes} for a PDF; export this list as XLSX or CSV");
    }

    /// <summary>Writes the file; the stream is only written to, and left open.</summary>
    /// <exception cref="ArgumentException">What <see cref="Check"/> says.</exception>
    public static void Write(Stream target, PriceListDocument document)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(document);
        if (Check(document.Content) is { } reason) throw new ArgumentException(reason, nameof(document));
        var print = PriceListPages.Of(document);
        using var file = new PdfFile(target);
        var (catalog, info, tree, resources) = (file.Reserve(), file.Reserve(), file.Reserve(), file.Reserve());
        var (regular, bold) = (new PdfFont(FontFace.Regular), new PdfFont(FontFace.Bold));
        var pages = print.Pages.Select(_ => file.Reserve()).ToArray();
        new PdfPages(file, regular, bold).Write(print.Pages, tree, pages, resources);
        WriteResources(file, resources, regular, bold);
        var outline = PdfOutline.Write(file, print.Bookmarks, pages);
        var outlines = outline == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" /Outlines {outline} 0 R /PageMode /UseOutlines");
        file.Write(catalog, $"<< /Type /Catalog /Pages {tree} 0 R{outlines} /Lang (en) /ViewerPreferences << /DisplayDocTitle true >> >>");
        file.WriteText(info, Info(document));
        file.End(catalog, info);
    }

    private static void WriteResources(PdfFile file, int number, PdfFont regular, PdfFont bold)
    {
        var (regularNumber, boldNumber) = (file.Reserve(), file.Reserve());
        regular.Write(file, regularNumber);
        bold.Write(file, boldNumber);
        file.Write(number, $"<< /Font << /R {regularNumber} 0 R /B {boldNumber} 0 R >> >>");
    }

    // Dated by the list, not by the clock; a draft has no date.
    private static string Info(PriceListDocument document)
    {
        var info = new StringBuilder("<< /Title ").Append(PdfFile.Text(PriceListPages.Title(document)));
        if (document.OperatorName.Length > 0) info.Append(" /Author ").Append(PdfFile.Text(document.OperatorName));
        info.Append(" /Creator (Classound) /Producer (Classound)");
        if (document.EffectiveFrom is { } from)
            info.Append(CultureInfo.InvariantCulture, $" /CreationDate (D:{from.UtcDateTime:yyyyMMddHHmmss}Z)");
        return info.Append(" >>").ToString();
    }
}
