using Classound.Contracts.Provisioning.V1;
using Classound.Grains.Catalogues;
using Classound.PriceLists;
using Classound.PriceLists.Pdf;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Classound.Api.Provisioning;

/// <summary>Writes whole versions as files and streams of differences.</summary>
public sealed class PriceListExporter(PriceListVersions versions, HeavyWork heavy, IOptions<ClassoundApiOptions> options, TimeProvider clock)
{
    private const int ChangesPerMessage = 500;

    public async Task ExportAsync(
        ExportPriceListRequest request, IServerStreamWriter<ExportPriceListResponse> replies, CancellationToken ct)
    {
        using var place = heavy.Take();
        var now = clock.GetUtcNow();
        var found = await versions.FindAsync(request.PriceListType, request.Version, now);
        var document = Document(found, await versions.ContentAsync(found.Record, ct));
        if (request.FileFormat == PriceListFileFormat.Pdf && PriceListPdf.Check(document.Content) is { } reason)
            throw Refusals.FailedPrecondition("PRICE_LIST_TOO_LONG_FOR_PDF", Refusals.Sentence(reason), "file_format");
        await using var file = TemporaryFile.Create(ct);
        await OwnThread.RunAsync(
            () =>
            {
                Write(file, document, request.FileFormat);
                return file.Length;
            },
            ct);
        file.Position = 0;
        var header = new ExportPriceListHeader
        {
            FileName = $"{document.Type}-{document.Version}.{Ending(request.FileFormat)}", MediaType = MediaType(request.FileFormat),
            SizeBytes = file.Length, PriceList = PriceListMapping.ToWire(found.Record, found.Metadata, now),
        };
        await replies.WriteAsync(new ExportPriceListResponse { Header = header }, ct);
        var buffer = new byte[PriceListRequests.MaxChunkBytes];
        int read;
        while ((read = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct)) > 0)
            await replies.WriteAsync(new ExportPriceListResponse { Chunk = ByteString.CopyFrom(buffer, 0, read) }, ct);
    }

    public async Task DiffAsync(DiffPriceListsRequest request, IServerStreamWriter<DiffPriceListsResponse> replies, CancellationToken ct)
    {
        using var place = heavy.Take();
        var now = clock.GetUtcNow();
        var before = await versions.FindAsync(request.PriceListType, request.BeforeVersion, now);
        var after = await versions.FindAsync(request.PriceListType, request.AfterVersion, now);
        var (was, becomes) = (await versions.ContentAsync(before.Record, ct), await versions.ContentAsync(after.Record, ct));
        var counts = new PriceListChangeCounts();
        foreach (var some in PriceListDiff.Between(was, becomes).Chunk(ChangesPerMessage))
        {
            var reply = new DiffPriceListsResponse();
            foreach (var change in some)
            {
                ChangeReport.Count(counts, change);
                reply.Changes.Add(PriceListContents.ToWire(change));
            }

            await replies.WriteAsync(reply, ct);
        }

        await replies.WriteAsync(new DiffPriceListsResponse { Counts = counts }, ct);
    }

    private PriceListDocument Document(FoundPriceList found, PriceListContent content) => new(
        options.Value.OperatorName, found.Record.Type, found.Record.Number, found.Record.Currency, found.Record.TimeZoneId,
        found.Record.Decimals, found.Record.EffectiveAt, found.EffectiveUntil, content);

    private static void Write(Stream file, PriceListDocument document, PriceListFileFormat format)
    {
        switch (format)
        {
            case PriceListFileFormat.Xlsx:
                PriceListFile.WriteXlsx(file, document);
                break;
            case PriceListFileFormat.Pdf:
                PriceListPdf.Write(file, document);
                break;
            default:
                PriceListFile.WriteCsv(file, document);
                break;
        }
    }

    private static string Ending(PriceListFileFormat format) => format switch
    {
        PriceListFileFormat.Xlsx => "xlsx",
        PriceListFileFormat.Pdf => "pdf",
        _ => "csv",
    };

    private static string MediaType(PriceListFileFormat format) => format switch
    {
        PriceListFileFormat.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        PriceListFileFormat.Pdf => "application/pdf",
        _ => "text/csv; charset=utf-8",
    };
}
