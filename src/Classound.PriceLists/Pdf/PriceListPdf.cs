using System.Globalization;
using PdfSharp.Pdf;

namespace Classound.PriceLists.Pdf;

/// <summary>
/// A price list as a PDF that can be handed to a customer: title page with contents, flat-fee plans, DID numbers, FreePhone and
/// call termination. Contains no time of writing: the same document gives the same bytes. May be used by several threads at once.
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
        using var file = new PdfDocument();
        file.Language = "en";
        file.ViewerPreferences.DisplayDocTitle = true;
        PdfPages.Draw(file, print);
        PdfIdentity.Write(file, document, print);
        using var written = new MemoryStream();
        file.Save(written, closeStream: false);
        var bytes = written.GetBuffer().AsSpan(0, (int)written.Length);
        PdfIdentity.EmptyXmp(bytes);
        target.Write(bytes);
    }
}
