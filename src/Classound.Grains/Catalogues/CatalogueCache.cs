using System.Collections.Immutable;
using Classound.Charging;

namespace Classound.Grains.Catalogues;

/// <summary>
/// The silo's catalogue: an immutable snapshot, swapped whole, read without locks on the call path. It holds every version
/// that was ever activated, because calls stay pinned to theirs (R20), and no drafts.
/// </summary>
public sealed class CatalogueCache
{
    private volatile Snapshot _snapshot = new(Catalogue.Empty, CatalogueMetadata.Empty, [], IsLoaded: false);
    private volatile bool _wasComplete;

    public Catalogue Current => _snapshot.Catalogue;

    /// <summary>What the catalogue grain said last.</summary>
    public CatalogueMetadata Metadata => _snapshot.Metadata;

    /// <summary>Activated versions that could not be loaded; they are tried again.</summary>
    public ImmutableArray<PriceListRecord> Missing => _snapshot.Missing;

    /// <summary>False until the first loading: then not even the plans are known.</summary>
    public bool IsLoaded => _snapshot.IsLoaded;

    /// <summary>Loaded, and nothing is missing: chargeable calls can be decided.</summary>
    public bool IsComplete => _snapshot is { IsLoaded: true, Missing.IsEmpty: true };

    /// <summary>
    /// It was complete once since the start. Readiness follows this and not <see cref="IsComplete"/>: a store that fails later
    /// must not take emergency calls away from this silo (product.md, emergency).
    /// </summary>
    public bool WasComplete => _wasComplete;

    /// <summary>
    /// False when the version in force at that time is not loaded, or nothing is yet: then the price is unknown here, and a
    /// decision by <see cref="Current"/> would be made with an older price.
    /// </summary>
    public bool Covers(string priceListType, DateTimeOffset at)
    {
        var snapshot = _snapshot;
        if (snapshot.Missing.IsEmpty) return snapshot.IsLoaded;
        return snapshot.Metadata.InForce(priceListType, at) is not { } wanted || !snapshot.Missing.Contains(wanted);
    }

    /// <summary>
    /// False when a PBX names what is not known here: another silo imported it a moment ago, for a PBX is only given what the
    /// catalogue has. Decided now, its calls would have no price, or none of its minutes.
    /// </summary>
    public bool Knows(string priceListType, string planCode)
    {
        var snapshot = _snapshot;
        return (planCode.Length == 0 || snapshot.Catalogue.HasPlan(priceListType, planCode) || snapshot.Metadata.ListHasPlan(priceListType, planCode))
            && (snapshot.Catalogue.HasList(priceListType) || snapshot.Metadata.PriceLists.Any(list => list.Type == priceListType));
    }

    /// <summary>Replaces everything by a catalogue that is complete in itself.</summary>
    public void Swap(Catalogue next) => Swap(next, CatalogueMetadata.Empty, []);

    /// <summary>Replaces everything: what is loaded, by which metadata, and what should have been loaded but could not be.</summary>
    public void Swap(Catalogue next, CatalogueMetadata metadata, ImmutableArray<PriceListRecord> missing)
    {
        _snapshot = new Snapshot(next, metadata, missing, IsLoaded: true);
        if (missing.IsEmpty) _wasComplete = true;
    }

    private sealed record Snapshot(
        Catalogue Catalogue, CatalogueMetadata Metadata, ImmutableArray<PriceListRecord> Missing, bool IsLoaded);
}
