using Classound.Charging;
using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Storage;
using Classound.Storage.Mapping;

namespace Classound.Grains.Pbxs;

/// <summary>A billing month as it is stored.</summary>
/// <param name="Ledger">Null = nothing was ever counted in it.</param>
/// <param name="Closed">Its totals never change again.</param>
public sealed record BillingMonthView(PbxSettings Settings, int Month, MonthLedger? Ledger, bool Closed);

/// <summary>A rated call with its place in the feed.</summary>
/// <param name="Data">As it is stored, for whoever has to recognise it.</param>
public readonly record struct FeedEntry(long Sequence, RatedCall Call, byte[] Data);

/// <summary>What billing reads: always the store, never a grain's working state, so that it sees only what is durable.</summary>
public sealed class LedgerReader(ILedgerStore store)
{
    /// <summary>The partition whose feed has the rated calls of a PBX.</summary>
    public int PartitionOf(string pbxId) => PbxPartition.Of(pbxId, store.PartitionCount);

    /// <returns>Null = no such PBX.</returns>
    public async Task<BillingMonthView?> Month(string pbxId, int month, CancellationToken cancellation)
    {
        var snapshot = await store.LoadAsync(pbxId, cancellation);
        var pbx = Pbx.Restore(pbxId, StoredPbx.Read(pbxId, snapshot.Fields));
        if (pbx.Settings is not { } settings) return null;
        var ledger = pbx.NeedsArchived(month)
            ? StoredPbx.ReadMonth(month, await store.LoadMonthAsync(pbxId, month, cancellation))
            : pbx.Months.GetValueOrDefault(month);
        return new BillingMonthView(settings, month, ledger, month < pbx.FirstOpenMonth);
    }

    /// <summary>
    /// Calls of a billing month that were closed without a reported end and not corrected since, in the order they were closed. All at
    /// once: they are read with their month and are few, unless an edge is gone for good.
    /// </summary>
    public async Task<IReadOnlyList<RatedCall>> Unconfirmed(string pbxId, int billingMonth, CancellationToken cancellation) =>
        StoredPbx.ReadUnconfirmed(await store.LoadMonthAsync(pbxId, billingMonth, cancellation));

    /// <summary>Rated calls of a billing month in the order they were settled, after a sequence number.</summary>
    public async Task<IReadOnlyList<FeedEntry>> RatedCalls(
        string pbxId, int billingMonth, long afterSequence, int max, CancellationToken cancellation) =>
        Read(await store.ListRatedCallsAsync(pbxId, billingMonth, afterSequence, max, cancellation));

    /// <summary>The same from the newest on, before a sequence number.</summary>
    public async Task<IReadOnlyList<FeedEntry>> NewestRatedCalls(
        string pbxId, int billingMonth, long beforeSequence, int max, CancellationToken cancellation) =>
        Read(await store.ListNewestRatedCallsAsync(pbxId, billingMonth, beforeSequence, max, cancellation));

    /// <summary>Denials and emergency calls of a PBX, newest first, without those of the last moments, which are not written yet.</summary>
    public async Task<IReadOnlyList<Denial>> Log(string pbxId, CallLogPosition? after, int max, CancellationToken cancellation)
    {
        var stored = await store.ListCallLogAsync(pbxId, after, max, cancellation);
        return [.. stored.Select(entry => StoredCalls.ReadDenial(pbxId, entry.CallId, entry.Data))];
    }

    private static FeedEntry[] Read(IReadOnlyList<StoredRatedCall> stored) =>
        [.. stored.Select(entry => new FeedEntry(entry.Sequence, StoredCalls.ReadRated(entry.Data), entry.Data))];
}
