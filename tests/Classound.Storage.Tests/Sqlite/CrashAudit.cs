using System.Globalization;
using Classound.Storage.Tests.Contract;

namespace Classound.Storage.Tests.Sqlite;

/// <summary>What must hold in a store after a crash, given the commits that were acknowledged before it.</summary>
internal static class CrashAudit
{
    public static long Number(byte[] data) => long.Parse(TestWriter.Text(data), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Every acknowledged commit is there, every stored one is whole, and no sequence number is missing.</summary>
    /// <returns>The number of commits that are stored.</returns>
    public static async Task<long> CheckAsync(ILedgerStore store, IReadOnlyDictionary<string, long> acknowledged, IEnumerable<string> pbxs)
    {
        var sequences = new List<(int Partition, long Sequence)>();
        var stored = 0L;
        foreach (var pbx in pbxs)
        {
            var fields = (await store.LoadAsync(pbx, CancellationToken.None)).Fields;
            var last = fields.TryGetValue("last", out var data) ? Number(data) : 0;
            var expected = acknowledged.GetValueOrDefault(pbx);
            Assert.True(last >= expected, $"{pbx}: {expected} acknowledged, {last} stored");
            stored += last;
            if (last > 0)
                await CheckWholeAsync(store, pbx, fields, last);

            sequences.AddRange(await FeedAsync(store, pbx, last));
        }

        foreach (var partition in sequences.GroupBy(s => s.Partition))
            Assert.Equal(Enumerable.Range(1, partition.Count()).Select(n => (long)n), partition.Select(s => s.Sequence).Order());

        return stored;
    }

    private static async Task CheckWholeAsync(ILedgerStore store, string pbx, IReadOnlyDictionary<string, byte[]> fields, long last)
    {
        Assert.Equal(last, Number(fields["first"]));
        Assert.Equal(last, Number((await store.LoadMonthAsync(pbx, 202610, CancellationToken.None))["closed"]));
        Assert.NotNull(await store.FindSettledAsync(pbx, $"call-{last}", [202611], CancellationToken.None));
        var leases = await store.ListDueLeasesAsync(
            PbxPartition.Of(pbx, store.PartitionCount), DateTimeOffset.UnixEpoch, StoreLimits.MaxPage, CancellationToken.None);
        Assert.Equal($"call-{last}", Assert.Single(leases, l => l.PbxId == pbx).CallId);
    }

    // The feed of a PBX is call-1, call-2, ... call-last: nothing is missing, nothing is there twice.
    private static async Task<List<(int, long)>> FeedAsync(ILedgerStore store, string pbx, long last)
    {
        var feed = new List<StoredRatedCall>();
        var after = 0L;
        while (await store.ListRatedCallsAsync(pbx, 202611, after, 1000, CancellationToken.None) is { Count: > 0 } page)
        {
            feed.AddRange(page);
            after = page[^1].Sequence;
        }

        Assert.Equal(last, feed.Count);
        Assert.All(feed, (call, i) => Assert.Equal($"call-{i + 1}", call.CallId));
        return [.. feed.Select(c => (c.Partition, c.Sequence))];
    }
}
