using Classound.Charging.Allowances;
using Classound.Grains.Pbxs;
using Orleans.Concurrency;

namespace Classound.Grains.Catalogues;

/// <summary>
/// The one catalogue of price lists and plans (key = <see cref="Key"/>): metadata only, small and slow-moving. A change is
/// durable when it is answered. Throws <see cref="ChargingUnavailableException"/> when it may or may not have been stored:
/// the caller may repeat the same request.
/// </summary>
[Alias("classound.catalogue")]
public interface ICatalogueGrain : IGrainWithStringKey
{
    const string Key = "catalogue";

    /// <summary>
    /// Makes new versions from content that was checked and stored, all of the order in one write. A part that has a version
    /// already gets that one; the same order again is a repeat.
    /// </summary>
    [Alias("import"), ResponseTimeout("00:00:10")]
    Task<PriceListReply> Import(PriceListOrder order);

    /// <summary>
    /// Puts a version into force from a time on. A past time is allowed only where no other version was in force then, so that
    /// the price of a time never changes after the fact; a version that is not in force yet can be moved to another future time.
    /// </summary>
    [Alias("activate"), ResponseTimeout("00:00:10")]
    Task<PriceListReply> Activate(string type, int number, DateTimeOffset at);

    /// <summary>Adds a version to a plan code. The same code, date and content again is a repeat.</summary>
    [Alias("create-plan"), ResponseTimeout("00:00:10")]
    Task<PlanReply> CreatePlan(PlanVersion plan);

    /// <summary>
    /// Announces contents that are about to come into force, and answers which silos have not loaded them yet. Asked again until there
    /// are none, or for as long as the caller is willing to wait; then the activation itself only changes metadata, and a silo that is
    /// still behind refuses calls of that list until it has loaded. Nothing is stored: an announcement is forgotten after a minute.
    /// </summary>
    [Alias("prepare"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<IReadOnlyList<string>> Prepare(IReadOnlyList<string> contents);

    /// <summary>What every silo asks twice a second: has anything changed, and is there something to load ahead?</summary>
    [Alias("follow"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<CatalogueNews> Follow(FollowerReport report);

    /// <summary>Everything there is; null when the revision is still <paramref name="knownRevision"/> (-1 = none known).</summary>
    [Alias("metadata"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<CatalogueMetadata?> GetMetadata(long knownRevision);
}
