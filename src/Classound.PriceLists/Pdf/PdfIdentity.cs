using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PdfSharp.Pdf;

namespace Classound.PriceLists.Pdf;

/// <summary>
/// What a file says of itself, from the list alone. PDFsharp would date it by the clock, in the calendar of the machine's culture,
/// and name it and its fonts by chance; here the same document is written the same again.
/// </summary>
internal static class PdfIdentity
{
    private const int TagLength = 6;

    public static void Write(PdfDocument file, PriceListDocument list, PriceListPages print)
    {
        file.Info.Title = PriceListPages.Title(list);
        if (list.OperatorName.Length > 0) file.Info.Author = list.OperatorName;
        file.Info.Creator = "Classound";
        // Dated by the list; a draft has no date.
        file.Info.Elements.Remove("/CreationDate");
        if (list.EffectiveFrom is { } from)
            file.Info.Elements.SetString("/CreationDate", from.UtcDateTime.ToString("'D:'yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture));
        var hash = Hash(print);
        file.Internals.FirstDocumentID = file.Internals.SecondDocumentID = Encoding.Latin1.GetString(hash.AsSpan(0, 16));
        NameFonts(file, string.Concat(hash[^TagLength..].Select(b => (char)('A' + b % 26))));
    }

    /// <summary>
    /// Empties the second description of a file, in XMP: it repeats the first, but with names that are not escaped (an operator
    /// "Smith &amp; Sons" would make it invalid), and with ids by chance.
    /// </summary>
    public static void EmptyXmp(Span<byte> file)
    {
        var end = file.LastIndexOf("</rdf:RDF>"u8);
        var start = end < 0 ? -1 : file[..end].LastIndexOf("<rdf:RDF "u8);
        if (start < 0) throw new InvalidOperationException("PDFsharp wrote no XMP where it was expected.");
        start += file[start..].IndexOf((byte)'>') + 1;
        file[start..end].Fill((byte)' ');
    }

    // Six letters that tell subsets of one font apart.
    private static void NameFonts(PdfDocument file, string tag)
    {
        foreach (var part in file.Internals.GetAllObjects().OfType<PdfDictionary>())
        {
            foreach (var key in (string[])["/BaseFont", "/FontName"])
            {
                var name = part.Elements.GetName(key);
                if (name.IndexOf('+', StringComparison.Ordinal) is var plus and > 0) part.Elements.SetName(key, $"/{tag}{name[plus..]}");
            }
        }
    }

    private static byte[] Hash(PriceListPages print)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var page in print.Pages)
            foreach (var text in page.Texts) hash.AppendData(Encoding.UTF8.GetBytes(text.Text + '\n'));
        return hash.GetCurrentHash();
    }
}
