using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Classound.Grains.Catalogues.Directory;
using Classound.Grains.Pbxs;
using Classound.Storage;

namespace Classound.Api.Calls;

/// <summary>What an edge says of its calls, told to every PBX that it concerns.</summary>
public sealed class EdgeSync(ILedgerStore store, PbxCalls pbxs, PbxDirectory directory)
{
    private const int Parallelism = 16;
    private const int MostLeases = 1_000;

    // The end of any lease lies before it, and both stores take it.
    private static readonly DateTimeOffset FarAhead = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="listedAt">When the edge made the list, by its own clock.</param>
    /// <param name="closeBefore">Calls of the edge that are not listed and were authorised before this are closed; null closes none.</param>
    /// <returns>How each listed call stands, and how many were closed.</returns>
    /// <exception cref="ChargingUnavailableException">Not every PBX could be told, all others were; repeat it all.</exception>
    public async Task<(IReadOnlyDictionary<(string PbxId, string CallId), SyncedCall> Calls, int Closed)> SyncAsync(
        string edgeId, IEnumerable<(string PbxId, LiveCall Call)> listed, DateTimeOffset listedAt, DateTimeOffset? closeBefore,
        CancellationToken ct)
    {
        var live = listed.ToLookup(call => call.PbxId, call => call.Call, StringComparer.Ordinal);
        var answers = new ConcurrentDictionary<(string PbxId, string CallId), SyncedCall>();
        var (closed, failure) = (0, (Exception?)null);
        // What the edge has comes first: its leases must not wait for what it has not, nor for a PBX that cannot answer.
        var concerned = live.Select(pbx => pbx.Key).ToHashSet(StringComparer.Ordinal);
        await Tell(concerned);
        if (closeBefore is not null)
        {
            var (others, unread) = await WithActiveCalls(ct);
            failure ??= unread;
            await Tell(others.Except(concerned, StringComparer.Ordinal));
        }
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        return (answers, closed);

        Task Tell(IEnumerable<string> pbxIds) => Parallel.ForEachAsync(
            pbxIds, new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = ct }, async (pbxId, _) =>
            {
                try
                {
                    var sync = new PbxSync(edgeId, [.. live[pbxId]], listedAt, closeBefore);
                    var reply = await pbxs.Report(pbxId, pbx => pbx.Sync(sync));
                    foreach (var call in reply.Calls) answers[(pbxId, call.CallId)] = call;
                    Interlocked.Add(ref closed, reply.Closed);
                }
                catch (Exception e)
                {
                    failure = e;
                }
            });
    }

    /// <summary>Every PBX that may have active calls: an active call has a lease. Those of a partition that cannot be read are left out.</summary>
    private async Task<(HashSet<string> PbxIds, Exception? Failure)> WithActiveCalls(CancellationToken ct)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        Exception? failure = null;
        for (var partition = 0; partition < store.PartitionCount; partition++)
        {
            try
            {
                var leases = await store.ListDueLeasesAsync(partition, FarAhead, MostLeases, ct);
                // More than a page cannot be listed past its beginning: then all PBXs of the partition are asked.
                if (leases.Count < MostLeases) found.UnionWith(leases.Select(lease => lease.PbxId));
                else found.UnionWith(directory.Ids.Where(pbxId => PbxPartition.Of(pbxId, store.PartitionCount) == partition));
            }
            catch (StoreUnavailableException e)
            {
                failure = e;
            }
        }
        return (found, failure);
    }
}
