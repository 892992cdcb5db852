using Classound.Grains.Catalogues;
using Classound.PriceLists;
using Grpc.Core;

namespace Classound.Api.Provisioning;

/// <summary>Finds versions of price lists and what stands in them, drafts included.</summary>
public sealed class PriceListVersions(CatalogueClient catalogue)
{
    /// <param name="type">END_USER, GOLD ...</param>
    /// <param name="number">0 = the one in force at <paramref name="at"/>.</param>
    /// <param name="at">For number 0 only.</param>
    /// <exception cref="RpcException">NOT_FOUND.</exception>
    public async Task<FoundPriceList> FindAsync(string type, int number, DateTimeOffset at)
    {
        var metadata = await catalogue.DescribeAsync();
        var record = number == 0
            ? metadata.InForce(type, at)
            : metadata.PriceLists.FirstOrDefault(list => list.Type == type && list.Number == number);
        return record is null ? throw PriceListMapping.Unknown(type, number) : new FoundPriceList(record, metadata);
    }

    /// <inheritdoc cref="CatalogueClient.LoadAsync"/>
    public async Task<PriceListContent> ContentAsync(PriceListRecord record, CancellationToken ct)
    {
        var version = await catalogue.LoadAsync(record, ct);
        return new PriceListContent(version.AreaTariffs, version.Prefixes.Entries)
        {
            Plans = version.Plans, DidFees = version.DidFees, FreePhoneFees = version.FreePhoneFees,
        };
    }
}

/// <summary>A version and the catalogue it was found in.</summary>
public sealed record FoundPriceList(PriceListRecord Record, CatalogueMetadata Metadata)
{
    /// <summary>Where the next version takes over; null = it does not end, or never began.</summary>
    public DateTimeOffset? EffectiveUntil => Metadata.PriceLists
        .Where(other => other.Type == Record.Type && other.EffectiveAt is { } at
            && (at > Record.EffectiveAt || (at == Record.EffectiveAt && other.Number > Record.Number)))
        .Min(other => other.EffectiveAt);
}
