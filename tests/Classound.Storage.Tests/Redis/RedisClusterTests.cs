using System.Collections.Concurrent;
using Classound.Storage.Redis;
using Classound.Storage.Tests.Contract;
using Classound.Storage.Tests.Sqlite;
using StackExchange.Redis;
using Xunit.Abstractions;

namespace Classound.Storage.Tests.Redis;

/// <summary>What only a cluster does: its nodes die apart, and slots move between them.</summary>
public sealed class RedisClusterTests(ITestOutputHelper output)
{
    private static readonly List<string> Pbxs = [.. Enumerable.Range(0, CrashWriter.Pbxs).Select(i => $"pbx-{i}")];

    [SkippableFact]
    public async Task Keys_of_a_partition_LieOnOneNodeAndPartitionsOnAll()
    {
        await using var cluster = await RedisClusterNodes.StartAsync();
        await using var harness = new RedisHarness(() => cluster.Configuration, "t");
        var store = await harness.OpenAsync();
        foreach (var pbx in Enumerable.Range(0, 100).Select(i => $"pbx-{i}"))
            await new TestWriter(pbx).CommitAsync(store, c => CrashWriter.Fill(c, 1));

        var nodesOfPartition = new Dictionary<string, HashSet<int>>();
        foreach (var (node, index) in cluster.Nodes.Select((node, index) => (node, index)))
        {
            var keys = ((string[])(await node.ExecuteAsync("KEYS", "t:{p*"))!).Where(k => !k.EndsWith(":probe", StringComparison.Ordinal)).ToList();
            output.WriteLine($"{node.Configuration}: {keys.Count} keys");
            Assert.NotEmpty(keys);
            foreach (var partition in keys.Select(k => k[..k.IndexOf('}', StringComparison.Ordinal)]))
                (nodesOfPartition.TryGetValue(partition, out var nodes) ? nodes : nodesOfPartition[partition] = []).Add(index);
        }

        Assert.All(nodesOfPartition, p => Assert.Single(p.Value));
    }

    [SkippableFact]
    public async Task Unsafe_node_IsFoundAmongSafeOnes()
    {
        await using var cluster = await RedisClusterNodes.StartAsync("always");
        await cluster.Nodes[2].ExecuteAsync("CONFIG", "SET", "appendfsync", "everysec");
        var options = new RedisStoreOptions
        {
            Configuration = cluster.Nodes[0].Configuration, RequireDurableStore = true, Timeout = TimeSpan.FromSeconds(20),
        };

        var refusal = await Assert.ThrowsAsync<StoreStartRefusedException>(
            () => RedisLedgerStore.ConnectAsync(options, TimeProvider.System, CancellationToken.None));
        Assert.Contains($"{cluster.Nodes[2].Configuration}: appendfsync is 'everysec'", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(cluster.Nodes[1].Configuration, refusal.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Killed_node_LosesNothingAcknowledgedAndLeavesTheOthersAtWork()
    {
        await using var cluster = await RedisClusterNodes.StartAsync("always");
        await using var harness = new RedisHarness(() => cluster.Configuration, "t");
        var store = await harness.OpenAsync(CrashWriter.Partitions);
        var acknowledged = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        var random = new Random(20261122);
        for (var round = 0; round < 6; round++)
        {
            var victim = await cluster.NodeOfAsync($"t:{{p{round % CrashWriter.Partitions:D3}}}:feed");
            var others = await OnOtherNodesAsync(cluster, victim);
            Assert.NotEmpty(others);
            await CommitUntilKilledAsync(store, acknowledged, victim, random.Next(200, 1000));

            // While it is down the PBXs of the other nodes go on, and a call for one of its own is refused at once.
            foreach (var pbx in others)
                await CommitOneAsync(store, pbx, acknowledged);

            Assert.True(await store.IsHealthyAsync(CancellationToken.None));
            var dead = Pbxs.Except(others).First();
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.LoadAsync(dead, CancellationToken.None));

            await victim.RestartAsync();
            await cluster.UntilServingAsync();
            await UntilReadableAsync(store, dead);
            var stored = await CrashAudit.CheckAsync(store, acknowledged, Pbxs);
            output.WriteLine($"round {round + 1}: {victim.Configuration} killed; {acknowledged.Values.Sum()} commits acknowledged, {stored} stored");
        }
    }

    [SkippableFact]
    public async Task Slot_that_moves_under_writers_LosesAndDoublesNothing()
    {
        await using var cluster = await RedisClusterNodes.StartAsync();
        await using var harness = new RedisHarness(() => cluster.Configuration, "t");
        var store = await harness.OpenAsync(CrashWriter.Partitions);
        var acknowledged = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        var refused = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        using var stop = new CancellationTokenSource();
        var writers = Pbxs.Select(pbx => Task.Run(() => CommitUntilStoppedAsync(store, pbx, acknowledged, refused, stop.Token))).ToList();

        for (var partition = 0; partition < CrashWriter.Partitions; partition++)
        {
            var key = $"t:{{p{partition:D3}}}:feed";
            var from = await cluster.NodeOfAsync(key);
            await MoveSlotAsync(cluster, await cluster.SlotOfAsync(key), from, cluster.Nodes.First(n => n != from), output);
            // Every writer gets on, also those whose partition has just moved.
            var before = Pbxs.ToDictionary(p => p, p => acknowledged.GetValueOrDefault(p));
            while (Pbxs.Any(p => acknowledged.GetValueOrDefault(p) <= before[p] + 5) && !writers.Any(w => w.IsCompleted))
                await Task.Delay(TimeSpan.FromMilliseconds(20));
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        var stored = await CrashAudit.CheckAsync(store, acknowledged, Pbxs);
        Assert.Equal(acknowledged.Values.Sum(), stored);
        output.WriteLine($"{stored} commits; refused and sent again: {string.Join(", ", refused.Select(r => $"{r.Key} {r.Value}"))}");
    }

    // As redis-cli --cluster reshard does it, one key at a time so that commits meet every stage of it.
    private static async Task MoveSlotAsync(RedisClusterNodes cluster, int slot, RedisServer from, RedisServer to, ITestOutputHelper output)
    {
        var (fromId, toId) = (await RedisClusterNodes.IdOfAsync(from), await RedisClusterNodes.IdOfAsync(to));
        await to.ExecuteAsync("CLUSTER", "SETSLOT", slot, "IMPORTING", fromId);
        await from.ExecuteAsync("CLUSTER", "SETSLOT", slot, "MIGRATING", toId);
        var moved = 0;
        while ((string[])(await from.ExecuteAsync("CLUSTER", "GETKEYSINSLOT", slot, 1))! is [var key])
        {
            await from.ExecuteAsync("MIGRATE", "127.0.0.1", to.Port, key, 0, 5000);
            moved++;
        }

        await to.ExecuteAsync("CLUSTER", "SETSLOT", slot, "NODE", toId);
        await from.ExecuteAsync("CLUSTER", "SETSLOT", slot, "NODE", toId);
        output.WriteLine($"slot {slot}: {moved} keys from {from.Configuration} to {to.Configuration}");
    }

    private static async Task<List<string>> OnOtherNodesAsync(RedisClusterNodes cluster, RedisServer victim)
    {
        var others = new List<string>();
        foreach (var pbx in Pbxs)
        {
            if (await cluster.NodeOfAsync($"t:{{p{PbxPartition.Of(pbx, CrashWriter.Partitions):D3}}}:feed") != victim)
                others.Add(pbx);
        }

        return others;
    }

    private static async Task CommitUntilKilledAsync(
        ILedgerStore store, ConcurrentDictionary<string, long> acknowledged, RedisServer victim, int commits)
    {
        var killAt = acknowledged.Values.Sum() + commits;
        using var killed = new CancellationTokenSource();
        await Task.WhenAll(Pbxs.Select(pbx => Task.Run(async () =>
        {
            try
            {
                while (!killed.IsCancellationRequested)
                {
                    await CommitOneAsync(store, pbx, acknowledged);
                    if (acknowledged.Values.Sum() < killAt)
                        continue;

                    victim.Kill();
                    await killed.CancelAsync();
                }
            }
            catch (Exception error) when (error is StoreUnavailableException or StoreOutcomeUnknownException)
            {
                // A PBX of the victim.
            }
        })));
    }

    // A new activation each time: after an unknown outcome that is what reads the truth.
    private static async Task CommitOneAsync(ILedgerStore store, string pbx, ConcurrentDictionary<string, long> acknowledged)
    {
        var writer = new TestWriter(pbx, Guid.NewGuid().ToString("N"));
        var snapshot = await writer.LoadAsync(store);
        var number = (snapshot.Fields.TryGetValue("last", out var last) ? CrashAudit.Number(last) : 0) + 1;
        await writer.CommitAsync(store, c => CrashWriter.Fill(c, number));
        acknowledged[pbx] = number;
    }

    private static async Task CommitUntilStoppedAsync(
        ILedgerStore store, string pbx, ConcurrentDictionary<string, long> acknowledged,
        ConcurrentDictionary<string, long> refused, CancellationToken stop)
    {
        var writer = new TestWriter(pbx, Guid.NewGuid().ToString("N"));
        for (var number = 1L; !stop.IsCancellationRequested; number++)
        {
            var commit = writer.Prepare(c => CrashWriter.Fill(c, number));
            while (true)
            {
                try
                {
                    var result = await writer.SendAsync(store, commit);
                    Assert.True(result.Outcome is CommitOutcome.Committed or CommitOutcome.AlreadyCommitted, result.Outcome.ToString());
                    break;
                }
                catch (Exception error) when (error is StoreUnavailableException or StoreOutcomeUnknownException)
                {
                    var reason = error.InnerException is RedisServerException server ? server.Message.Split(' ')[0] : error.InnerException?.GetType().Name;
                    refused.AddOrUpdate(reason ?? "?", 1, (_, n) => n + 1);
                    await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
                }
            }

            acknowledged[pbx] = number;
        }
    }

    private static async Task UntilReadableAsync(ILedgerStore store, string pbx)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await store.LoadAsync(pbx, CancellationToken.None);
                return;
            }
            catch (StoreUnavailableException) when (attempt < 600)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
        }
    }
}
