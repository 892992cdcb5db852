using Classound.Grains.Catalogues;
using Classound.PriceLists;
using Classound.PriceLists.Tables;
using Grpc.Core;

namespace Classound.Api.Provisioning;

/// <summary>Reads uploaded files in the format they turn out to have.</summary>
internal static class PriceListFiles
{
    private const int DefaultDecimals = 4; // product.md, money

    /// <param name="upload">The file and its header.</param>
    /// <param name="deckBase">Whose prices a deck's later ones replace; null = none.</param>
    /// <param name="known">A version of the type; null = it is new.</param>
    /// <param name="now">For decks: what is a later date.</param>
    public static ReadPriceList Read(PriceListUpload upload, PriceListContent? deckBase, PriceListRecord? known, DateTimeOffset now)
    {
        var format = Detect(upload);
        if (upload.Header.Deck is not null || format == TableFormat.Xlsx)
            throw new RpcException(new Status(StatusCode.Unimplemented, "This release reads its own format as CSV only."));
        var file = PriceListFile.Read(upload.Content, format, new PriceListRules { AllowOtherIncrements = upload.Header.AllowOtherIncrements });
        var read = new ReadPriceList
        {
            Format = format, Rows = file.Rows, Prefixes = file.Prefixes, Errors = file.Errors, ErrorCount = file.ErrorCount,
            Notes = file.Notes, NoteCount = file.NoteCount,
        };
        return file.Content is null ? read : read with
        {
            Header = Header(upload.Header, known), Parts = [new DatedContent(upload.Header.EffectiveTime?.ToDateTimeOffset(), file.Content)],
        };
    }

    private static TableFormat Detect(PriceListUpload upload)
    {
        var start = new byte[TableFile.LookedAt];
        var length = upload.Content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        upload.Content.Position = 0;
        if (FileKinds.Foreign(start.AsSpan(0, length)) is { } kind)
            throw PriceListUpload.Malformed("chunk", $"is no table: the file is {kind}; expected CSV, TSV or XLSX.");
        return upload.Header.FileFormat == Contracts.Provisioning.V1.PriceListFileFormat.Unspecified
            ? TableFile.Detect(start.AsSpan(0, length))
            : (TableFormat)upload.Header.FileFormat;
    }

    private static PriceListHeader Header(Contracts.Provisioning.V1.ImportPriceListHeader header, PriceListRecord? known) => new(
        header.PriceListType, header.CurrencyCode, header.TimeZone, header.HasDecimals ? header.Decimals : DefaultDecimals,
        header.AllowOtherIncrements);
}
