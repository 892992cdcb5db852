using System.Collections.Immutable;
using Classound.Charging;
using Classound.Charging.Rating;

namespace Classound.Grains.Catalogues;

/// <summary>
/// The silo's catalogue: an immutable snapshot, swapped whole, read without locks on the call path. Of every version that was ever
/// activated it has the outline, and the prefixes of those that calls may need (<see cref="WantedContents"/>): the others are never
/// replaced by an older one, but brought back when they are asked for (<see cref="PastPriceLists"/>).
/// </summary>
public sealed class CatalogueCache
{
    /// <summary>Most versions that stay because they were asked for; the one that came first goes first.</summary>
    public const int MaxLent = 4;

    private const long Ageless = long.MinValue;

    private readonly Lock _gate = new();
    private readonly List<PriceListVersion> _lent = [];
    private IReadOnlyList<PriceListVersion> _loaded = [];
    private volatile Snapshot _snapshot = new(Catalogue.Empty, CatalogueMetadata.Empty, [], IsLoaded: false);
    private volatile bool _wasComplete;
    private long _confirmedAt = Ageless;

    public Catalogue Current => _snapshot.Catalogue;

    /// <summary>What the catalogue grain said last.</summary>
    public CatalogueMetadata Metadata => _snapshot.Metadata;

    /// <summary>Versions in force, or due within the hour, that are not loaded: just announced, or they could not be; they are tried again.</summary>
    public ImmutableArray<PriceListRecord> Missing => _snapshot.Missing;

    /// <summary>False until the first metadata: then not even the plans are known.</summary>
    public bool IsLoaded => _snapshot.IsLoaded;

    /// <summary>Of <see cref="Missing"/>, those that are in force at a time: their calls are refused.</summary>
    public IEnumerable<PriceListRecord> MissingAt(DateTimeOffset now) => _snapshot.Missing.Where(list => list.EffectiveAt <= now);

    /// <summary>Loaded, and nothing that is in force is missing: chargeable calls can be decided.</summary>
    public bool IsCompleteAt(DateTimeOffset now) => IsLoaded && !MissingAt(now).Any();

    /// <summary>
    /// Once since the start nothing was <see cref="Missing"/>. Readiness follows this and not what is missing now: a store that fails later
    /// must not take emergency calls away from this silo (product.md, emergency).
    /// </summary>
    public bool WasComplete => _wasComplete;

    /// <summary>
    /// False when the version in force at that time is not loaded, or nothing is yet: then the price is unknown here, and
    /// <see cref="Current"/> must not be asked for it.
    /// </summary>
    public bool Covers(string priceListType, DateTimeOffset at)
    {
        var snapshot = _snapshot;
        return snapshot.IsLoaded && snapshot.Catalogue.Covers(priceListType, at);
    }

    /// <summary>
    /// The catalogue to price a call by that is of a time, or null when the price cannot be known here: the version in force then is
    /// not loaded, or another one may be in force by now (<see cref="FollowerTimes.MaxAge"/>), or the PBX names what is not known here,
    /// for another silo imported it a moment ago. Decided nevertheless, the call would have a wrong price, or none of its minutes.
    /// </summary>
    public Catalogue? ForPrice(string priceListType, string planCode, DateTimeOffset at, TimeProvider clock)
    {
        // In this order: the snapshot is at least as new as its confirmation, however long the process stood still in between.
        var confirmedAt = Interlocked.Read(ref _confirmedAt);
        var snapshot = _snapshot;
        return snapshot.IsLoaded && IsCurrent(confirmedAt, clock)
            && snapshot.Catalogue.Covers(priceListType, at) && Knows(snapshot, priceListType, planCode) ? snapshot.Catalogue : null;
    }

    /// <summary>Whether the catalogue grain was asked, and answered, within <see cref="FollowerTimes.MaxAge"/>.</summary>
    public bool IsCurrent(TimeProvider clock) => IsCurrent(Interlocked.Read(ref _confirmedAt), clock);

    private static bool IsCurrent(long confirmedAt, TimeProvider clock) =>
        confirmedAt == Ageless || clock.GetElapsedTime(confirmedAt) < FollowerTimes.MaxAge;

    /// <summary>What was published last was all there is at a time of the monotonic clock.</summary>
    internal void Confirm(long timestamp) => Interlocked.Exchange(ref _confirmedAt, timestamp);

    /// <summary>Whether what a PBX names is known here, in force or not.</summary>
    public bool Knows(string priceListType, string planCode) => Knows(_snapshot, priceListType, planCode);

    private static bool Knows(Snapshot snapshot, string priceListType, string planCode) =>
        (planCode.Length == 0 || snapshot.Catalogue.HasPlan(priceListType, planCode) || snapshot.Metadata.ListHasPlan(priceListType, planCode))
        && (snapshot.Catalogue.HasList(priceListType) || snapshot.Metadata.PriceLists.Any(list => list.Type == priceListType));

    /// <summary>Replaces everything by a catalogue that is complete in itself, and does not age.</summary>
    public void Swap(Catalogue next)
    {
        lock (_gate)
        {
            _snapshot = new Snapshot(next, CatalogueMetadata.Empty, [], IsLoaded: true);
            _wasComplete = true;
            Confirm(Ageless);
        }
    }

    /// <summary>Replaces everything: what is known, which of it is loaded, and what should be but is not.</summary>
    internal void Publish(CatalogueMetadata metadata, IReadOnlyList<PriceListVersion> loaded, ImmutableArray<PriceListRecord> missing)
    {
        lock (_gate)
        {
            _loaded = loaded;
            Build(metadata, missing);
            if (missing.IsEmpty) _wasComplete = true;
        }
    }

    /// <summary>Adds a version that was brought back.</summary>
    internal void Lend(PriceListVersion version)
    {
        lock (_gate)
        {
            _lent.RemoveAll(lent => lent.Type == version.Type && lent.Number == version.Number);
            _lent.Add(version);
            if (_lent.Count > MaxLent) _lent.RemoveAt(0);
            Build(_snapshot.Metadata, _snapshot.Missing);
        }
    }

    private void Build(CatalogueMetadata metadata, ImmutableArray<PriceListRecord> missing) => _snapshot = new Snapshot(
        new Catalogue([.. _lent, .. _loaded], metadata.Plans.Select(entry => entry.Plan), metadata.Activated()), metadata, missing, IsLoaded: true);

    private sealed record Snapshot(
        Catalogue Catalogue, CatalogueMetadata Metadata, ImmutableArray<PriceListRecord> Missing, bool IsLoaded);
}
