using System.Globalization;
using Classound.PriceLists.Tables;

namespace Classound.PriceLists.Stored;

/// <summary>
/// The form in which content is stored, whatever file it came from: the same content is the same bytes, in whatever order its
/// rows came, so that the hash of the bytes names the content. A million prefixes take about four megabytes. They are not
/// compressed: the bytes of a compressor change with its version, and the name would with them.
/// </summary>
public static class PriceListStore
{
    /// <summary>The format that <see cref="Write"/> writes, and the highest that <see cref="Read"/> reads.</summary>
    public const byte Format = 1;

    // The first byte is one with which no text in UTF-8 starts: releases before this form stored the imported CSV file itself.
    private static ReadOnlySpan<byte> Magic => [0x89, (byte)'C', (byte)'P', (byte)'L'];

    /// <summary>The one form of this content.</summary>
    /// <exception cref="ArgumentException">The same row is there twice, or a value is out of its range; the message names it.</exception>
    public static byte[] Write(PriceListContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var bytes = new StoredWriter();
        bytes.Raw(Magic);
        bytes.Byte(Format);
        StoredContent.Write(bytes, content);
        return bytes.ToArray();
    }

    /// <summary>
    /// What <see cref="Write"/> wrote, entries in the order of their digits, equal terms being one object; or the CSV file that an
    /// earlier release stored.
    /// </summary>
    /// <exception cref="InvalidDataException">It is damaged, or of a later release; the message says what is wrong and where.</exception>
    public static PriceListContent Read(byte[] stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (stored.Length == 0 || stored[0] != Magic[0]) return ReadFile(stored);
        var bytes = new StoredReader(stored);
        if (!bytes.Raw(Magic.Length).SequenceEqual(Magic)) throw bytes.Damaged("it does not start as stored price lists do");
        var format = bytes.Byte();
        if (format != Format)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"the stored price list is of format {format}, and this release reads {Format}: a later release stored it"));
        }

        return StoredContent.Read(ref bytes);
    }

    private static PriceListContent ReadFile(byte[] stored)
    {
        var file = PriceListFile.Read(new MemoryStream(stored, writable: false), TableFormat.Csv, PriceListRules.Stored);
        if (file.Content is { } content) return content;
        var error = file.Errors[0];
        throw new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture, $"the stored price-list file cannot be read: line {error.Line}, {error.Column}: {error.Reason}"));
    }
}
