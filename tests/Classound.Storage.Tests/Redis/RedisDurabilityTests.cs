using Classound.Storage.Redis;
using Classound.Storage.Tests.Contract;
using Microsoft.Extensions.Logging;

namespace Classound.Storage.Tests.Redis;

/// <summary>Which settings of a server are said to lose what, at start and later.</summary>
public sealed class RedisDurabilityTests
{
    private static readonly string[] Durable =
        ["appendonly=yes", "appendfsync=always", "no-appendfsync-on-rewrite=no", "maxmemory-policy=noeviction", "maxmemory=0", "min-replicas-to-write=0"];

    [Theory]
    [InlineData("", 0, "")]
    [InlineData("appendonly=no", 0, "appendonly: everything since the last snapshot")]
    [InlineData("appendfsync=everysec", 0, "appendfsync: 1 s of acknowledged calls (2 s at worst) is lost when the machine dies")]
    [InlineData("appendfsync=no", 0, "appendfsync: some 30 s")]
    [InlineData("no-appendfsync-on-rewrite=yes", 0, "no-appendfsync-on-rewrite: what is written while")]
    [InlineData("maxmemory-policy=allkeys-lru maxmemory=100", 0, "maxmemory-policy: ledgers and rated calls are evicted when memory is full")]
    [InlineData("maxmemory-policy=volatile-ttl", 0, "maxmemory-policy: settled indexes are evicted when memory is full, and late copies of settled calls are charged again (maxmemory is 0 now")]
    [InlineData("", 1, "min-replicas-to-write: a failover")]
    [InlineData("min-replicas-to-write=1", 1, "")]
    public void Setting_that_loses_data_IsNamedWithItsLoss(string changes, int replicas, string expected)
    {
        var settings = Durable.Concat(changes.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(s => s.Split('='))
            .GroupBy(s => s[0]).ToDictionary(s => s.Key, s => s.Last()[1]);

        var found = string.Join('|', RedisDurability.Judge("h:1", settings, replicas).Select(f => $"{f.Setting}: {f.Loss}"));

        if (expected.Length == 0)
            Assert.Empty(found);
        else
            Assert.StartsWith(expected, found, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_cannot_be_read_AreUnproven()
    {
        var found = RedisDurability.Judge("h:1", new Dictionary<string, string>(), replicas: 1).ToList();

        Assert.Equal(["appendonly", "appendfsync", "maxmemory-policy", "min-replicas-to-write"], found.Select(f => f.Setting));
        Assert.All(found, f => Assert.Contains("is not readable, so it is unproven; expected ", f.ToString(), StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Durable_server_IsNotComplainedOf()
    {
        await using var server = await RedisServer.StartAsync(appendFsync: "always");
        var log = new LogCapture();

        await using var store = await ConnectAsync(server, log, require: true);

        Assert.Empty(store.Findings);
        Assert.Empty(log.Of("store_not_durable"));
        Assert.Single(log.Of("store_durable"));
    }

    [SkippableFact]
    public async Task Unsafe_server_IsSaidLoudlyOnceAndUsed()
    {
        await using var server = await RedisServer.StartAsync("everysec", "--maxmemory-policy", "allkeys-lru");
        var log = new LogCapture();

        await using var store = await ConnectAsync(server, log, require: false);
        await new TestWriter("pbx-1").CommitAsync(store);

        Assert.Equal(["appendfsync", "maxmemory-policy"], store.Findings.Select(f => f.Setting));
        Assert.Equal(2, log.Of("store_not_durable").Count);
        Assert.All(log.Of("store_not_durable"), line => Assert.Equal(LogLevel.Error, line.Level));
    }

    [SkippableFact]
    public async Task Unsafe_server_IsRefusedWhereTheStoreHasToBeDurable()
    {
        await using var server = await RedisServer.StartAsync("everysec", "--appendonly", "no", "--maxmemory-policy", "volatile-lru");

        var refusal = await Assert.ThrowsAsync<StoreStartRefusedException>(() => ConnectAsync(server, new LogCapture(), require: true));

        Assert.Contains("appendonly is 'no', expected yes", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("maxmemory-policy is 'volatile-lru', expected noeviction", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(server.Configuration, refusal.Message, StringComparison.Ordinal);
        Assert.Empty((string[])(await server.ExecuteAsync("KEYS", "*"))!);
    }

    [SkippableFact]
    public async Task Server_that_forbids_CONFIG_IsRefusedWhereTheStoreHasToBeDurable()
    {
        await using var server = await RedisServer.StartAsync("always", "--rename-command", "CONFIG", "");

        var refusal = await Assert.ThrowsAsync<StoreStartRefusedException>(() => ConnectAsync(server, new LogCapture(), require: true));
        Assert.Contains("appendonly is not readable, so it is unproven", refusal.Message, StringComparison.Ordinal);

        await using var store = await ConnectAsync(server, new LogCapture(), require: false);
        Assert.True(await store.IsHealthyAsync(CancellationToken.None));
    }

    [SkippableFact]
    public async Task Server_with_a_replica_MustWaitForIt()
    {
        await using var server = await RedisServer.StartAsync("always");
        await using var replica = await RedisServer.StartAsync("everysec", "--replicaof", $"127.0.0.1 {server.Port}");
        while (!((string)(await server.ExecuteAsync("INFO", "replication"))!).Contains("state=online", StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromMilliseconds(50));

        // The replica itself is not judged: what it acknowledges to nobody cannot be lost.
        var both = $"{server.Configuration},{replica.Configuration}";
        await using (var store = await ConnectAsync(both, new LogCapture(), require: false))
            Assert.Equal($"{server.Configuration} min-replicas-to-write", Assert.Single(store.Findings.Select(f => $"{f.Server} {f.Setting}")));

        await server.ExecuteAsync("CONFIG", "SET", "min-replicas-to-write", "1");
        await using var safer = await ConnectAsync(both, new LogCapture(), require: true);
        await new TestWriter("pbx-1").CommitAsync(safer);
    }

    [SkippableFact]
    public async Task Server_started_again_with_unsafe_settings_TakesNoMoreCommitsUntilItIsMended()
    {
        await using var server = await RedisServer.StartAsync("always");
        var log = new LogCapture();
        await using var store = await ConnectAsync(server, log, require: true);
        var writer = new TestWriter("pbx-1");
        await writer.CommitAsync(store);

        server.Kill();
        server.Settings.AddRange(["--appendfsync", "no"]);
        await server.RestartAsync();
        Assert.Contains("appendfsync is 'no'", await log.NextAsync("store_not_durable"), StringComparison.Ordinal);
        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => writer.CommitAsync(store));
        Assert.Contains("RequireDurableStore", refusal.Message, StringComparison.Ordinal);
        Assert.False(await store.IsHealthyAsync(CancellationToken.None));
        Assert.NotNull((await store.LoadAsync("pbx-1", CancellationToken.None)).Version);

        await server.ExecuteAsync("CONFIG", "SET", "appendfsync", "always");
        await log.NextAsync("store_durable");
        await writer.CommitAsync(store);
    }

    private static Task<RedisLedgerStore> ConnectAsync(RedisServer server, LogCapture log, bool require) =>
        ConnectAsync(server.Configuration, log, require);

    private static Task<RedisLedgerStore> ConnectAsync(string servers, LogCapture log, bool require) => RedisLedgerStore.ConnectAsync(
        new()
        {
            Configuration = servers,
            RequireDurableStore = require,
            Timeout = TimeSpan.FromSeconds(20),
            WatchPeriod = TimeSpan.FromMilliseconds(200),
        },
        TimeProvider.System, CancellationToken.None, log);
}
