using Classound.Contracts.Provisioning.V1;
using Classound.Grains.Catalogues;
using Classound.PriceLists;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Classound.Api.Provisioning;

/// <summary>One import from the first message to the report.</summary>
public sealed class PriceListImporter(CatalogueClient catalogue, PriceListVersions versions, HeavyWork heavy, TimeProvider clock)
{
    public async Task<ImportPriceListResponse> ImportAsync(IAsyncStreamReader<ImportPriceListRequest> parts, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var header = await PriceListUpload.ReadHeaderAsync(parts, ct);
        using var place = heavy.Take();
        // The header is sound and there is room: a client may wait for this before it sends 256 MB.
        await context.WriteResponseHeadersAsync([]);
        var before = await BaseAsync(header.PriceListType, header.CompareWithVersion, ct);
        var deckBase = header.Deck is null or { NoBase: true } ? null
            : header.Deck.BaseVersion == header.CompareWithVersion ? before
            : await BaseAsync(header.PriceListType, header.Deck.BaseVersion, ct);
        await using var upload = await PriceListUpload.ReadAsync(header, parts, clock, ct);
        var metadata = await catalogue.DescribeAsync();
        var known = metadata.PriceLists.FirstOrDefault(list => list.Type == header.PriceListType);
        var file = await HeavyWork.RunAsync(() => PriceListFiles.Read(upload, deckBase?.Content, known, clock.GetUtcNow()), ct);
        var reply = file.ToWire();
        if (file.ErrorCount > 0) return reply;
        reply.Versions.AddRange(await HeavyWork.RunAsync(() => Compare(file, before).ToList(), ct));
        if (!header.ValidateOnly) await StoreAsync(file, reply, ct);
        else if (await catalogue.CheckAsync(file.Header!, file.Parts, ct) is { Refusal: not CatalogueRefusal.None } no)
            throw PriceListMapping.Refusal(no);
        return reply;
    }

    /// <summary>Each version against the one that it follows.</summary>
    private static IEnumerable<ImportedVersion> Compare(ReadPriceList file, (int Number, PriceListContent Content)? before)
    {
        var report = new ChangeReport(file.Parts.Count);
        foreach (var part in file.Parts)
        {
            yield return new ImportedVersion
            {
                EffectiveTime = part.EffectiveAt?.ToTimestamp(), Prefixes = part.Content.Entries.Count,
                Changes = report.Compare(before?.Content, part.Content, before?.Number ?? 0),
            };
            before = (0, part.Content);
        }
    }

    private async Task StoreAsync(ReadPriceList file, ImportPriceListResponse reply, CancellationToken ct)
    {
        var made = await catalogue.ImportAsync(file.Header!, file.Parts, ct);
        if (made.Refusal != CatalogueRefusal.None) throw PriceListMapping.Refusal(made);
        var metadata = await catalogue.DescribeAsync();
        reply.PriceList = PriceListMapping.ToWire(made.PriceLists[0], metadata, clock.GetUtcNow());
        reply.Repeated = made.Repeated;
        for (var i = 0; i < made.PriceLists.Count; i++) reply.Versions[i].Version = made.PriceLists[i].Number;
    }

    /// <summary>Null where version 0 is asked for and none is in force.</summary>
    private async Task<(int Number, PriceListContent Content)?> BaseAsync(string type, int number, CancellationToken ct)
    {
        var metadata = await catalogue.DescribeAsync();
        if (number == 0 && metadata.InForce(type, clock.GetUtcNow()) is null) return null;
        var found = await versions.FindAsync(type, number, clock.GetUtcNow());
        return (found.Record.Number, await versions.ContentAsync(found.Record, ct));
    }
}
