using System.Globalization;
using System.Security.Cryptography;
using Classound.Storage.Redis;
using Classound.Storage.Tests.Contract;

namespace Classound.Storage.Tests.Redis;

/// <summary>A primary that cannot be reached, beside a replica that can, and that lacks what was stored last.</summary>
public sealed class RedisReplicaTests
{
    private const int Month = 202611;

    [SkippableFact]
    public async Task Replica_IsNeverRead_AndNeverTakenForALossOfData()
    {
        await using var primary = await RedisServer.StartAsync("always");
        await using var replica = await RedisServer.StartAsync(
            "always", "--replicaof", "127.0.0.1", primary.Port.ToString(CultureInfo.InvariantCulture));
        var log = new LogCapture();
        await using var store = await ConnectAsync(primary, replica, log);
        var writer = new TestWriter("pbx-1");
        var content = TestWriter.Bytes("a price list");
        await FillAsync(store, content);
        await SettleAsync(store, writer, "old");
        await CaughtUpAsync(primary, replica);
        // It stays a replica, of nothing that answers.
        await replica.ExecuteAsync("REPLICAOF", "127.0.0.1", "1");
        await SettleAsync(store, writer, "new");

        primary.Kill();
        while (!(await log.NextAsync("store_connection_lost")).Contains(primary.Configuration, StringComparison.Ordinal)) { }

        foreach (var read in Reads(store, Convert.ToHexStringLower(SHA256.HashData(content))))
            await Assert.ThrowsAsync<StoreUnavailableException>(read);

        await primary.RestartAsync();
        while (!(await log.NextAsync("store_connection_restored")).Contains(primary.Configuration, StringComparison.Ordinal)) { }
        Assert.Equal(writer.Stored, await store.LoadVersionAsync("pbx-1", default));
        await SettleAsync(store, writer, "newest");
        Assert.Equal(3, store.KnownTail(0));
        Assert.Empty(log.Of("store_lost_feed"));
    }

    private static IEnumerable<Func<Task>> Reads(RedisLedgerStore store, string sha256) =>
    [
        () => store.LoadAsync("pbx-1", default),
        () => store.LoadVersionAsync("pbx-1", default),
        () => store.LoadMonthAsync("pbx-1", Month, default),
        () => store.FindSettledAsync("pbx-1", "new", [Month], default),
        () => store.ListRatedCallsAsync("pbx-1", Month, 0, 10, default),
        () => store.ListDueLeasesAsync(0, DateTimeOffset.MaxValue, 10, default),
        () => store.FindCallLogAsync("pbx-1", "denied", default),
        () => store.GetContentAsync(sha256, default),
    ];

    private static async Task FillAsync(RedisLedgerStore store, byte[] content)
    {
        await store.PutContentAsync(Convert.ToHexStringLower(SHA256.HashData(content)), content, default);
        await store.AppendCallLogAsync([new CallLogEntry("pbx-1", "denied", DateTimeOffset.UtcNow, content)], default);
    }

    private static Task SettleAsync(RedisLedgerStore store, TestWriter writer, string callId) =>
        writer.CommitAsync(store, c => c.RatedCalls.Add(new(callId, Month, Month, [])));

    private static async Task CaughtUpAsync(RedisServer primary, RedisServer replica)
    {
        const string Feed = "classound:{p000}:feed";
        while ((long)await replica.ExecuteAsync("XLEN", Feed) < (long)await primary.ExecuteAsync("XLEN", Feed)) { }
    }

    private static Task<RedisLedgerStore> ConnectAsync(RedisServer primary, RedisServer replica, LogCapture log) =>
        RedisLedgerStore.ConnectAsync(
            new()
            {
                Configuration = primary.Configuration + "," + replica.Configuration,
                Partitions = 1, Timeout = TimeSpan.FromSeconds(20), WatchPeriod = TimeSpan.FromMilliseconds(1),
            },
            TimeProvider.System, CancellationToken.None, log);
}
