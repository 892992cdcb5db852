using System.Globalization;
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
        var now = clock.GetUtcNow();
        var at = header.EffectiveTime?.ToDateTimeOffset() ?? now;
        var before = await BaseAsync(header.PriceListType, header.CompareWithVersion, at, ct);
        var deckBase = header.Deck is null or { NoBase: true } ? null
            : header.Deck.BaseVersion == header.CompareWithVersion ? before
            : await BaseAsync(header.PriceListType, header.Deck.BaseVersion, at, ct);
        await using var upload = await PriceListUpload.ReadAsync(header, parts, clock, ct);
        var metadata = await catalogue.DescribeAsync();
        var known = metadata.PriceLists.FirstOrDefault(list => list.Type == header.PriceListType);
        var file = await OwnThread.RunAsync(() => PriceListFiles.Read(upload, deckBase?.Content, known, now), ct);
        if (header.Deck is { NoBase: false, BaseVersion: 0 }) file = file.WithNotes(Scheduled(file, header.PriceListType, metadata, now));
        var reply = file.ToWire();
        if (file.ErrorCount > 0) return reply;
        reply.Versions.AddRange(await OwnThread.RunAsync(() => Compare(file, before).ToList(), ct));
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

    /// <summary>What a deck passes over, or starts from, without a word: a list that comes into force before the last of its versions.</summary>
    private static IEnumerable<PriceListRemark> Scheduled(ReadPriceList file, string type, CatalogueMetadata metadata, DateTimeOffset now)
    {
        if (file.Mapping is null) return [];
        // At the time of a part stands the same deck, imported before, or what the part supersedes at once.
        return metadata.PriceLists
            .Where(list => list.Type == type && list.EffectiveAt > now && list.EffectiveAt < file.Parts.Max(part => part.EffectiveAt)
                && !file.Parts.Any(part => part.EffectiveAt == list.EffectiveAt))
            .Select(list => new PriceListRemark(0, "", "", string.Create(
                CultureInfo.InvariantCulture,
                $"version {list.Number} comes into force at {list.EffectiveAt:O}, before prices of this deck; the deck starts from the version in force at its effective time, or from base_version")));
    }

    /// <summary>Null where version 0 is asked for and none is in force at that time.</summary>
    private async Task<(int Number, PriceListContent Content)?> BaseAsync(string type, int number, DateTimeOffset at, CancellationToken ct)
    {
        var metadata = await catalogue.DescribeAsync();
        if (number == 0 && metadata.InForce(type, at) is null) return null;
        var found = await versions.FindAsync(type, number, at);
        return (found.Record.Number, await versions.ContentAsync(found.Record, ct));
    }
}
