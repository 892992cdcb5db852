using Classound.Storage.Redis;
using Classound.Storage.Tests.Contract;
using StackExchange.Redis;
using static Classound.Storage.Tests.Contract.TestWriter;

namespace Classound.Storage.Tests.Redis;

/// <summary>What a server that is up may still refuse; after each refusal nothing of the commit is there.</summary>
public sealed class RedisRefusalTests
{
    [SkippableTheory]
    [InlineData("maxmemory", "1", "0")]
    [InlineData("min-replicas-to-write", "1", "0")]
    public async Task Server_that_may_not_write_RefusesTheCommitWhole(string setting, string broken, string mended)
    {
        await using var server = await RedisServer.StartAsync();
        await using var harness = new RedisHarness(() => server, "t");
        var store = await harness.OpenAsync();
        var writer = new TestWriter("pbx-1");
        await writer.CommitAsync(store, c => Fill(c, 1));
        var before = await DumpAsync(server);

        await server.ExecuteAsync("CONFIG", "SET", setting, broken);
        var commit = writer.Prepare(c => Fill(c, 2));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CommitAsync(commit, CancellationToken.None));
        Assert.False(await store.IsHealthyAsync(CancellationToken.None));
        Assert.Equal(before, await DumpAsync(server));

        await server.ExecuteAsync("CONFIG", "SET", setting, mended);
        Assert.Equal(CommitOutcome.Committed, (await writer.SendAsync(store, commit)).Outcome);
    }

    [SkippableFact]
    public async Task Server_that_became_a_replica_RefusesTheCommitWhole()
    {
        await using var server = await RedisServer.StartAsync();
        await using var harness = new RedisHarness(() => server, "t");
        var store = await harness.OpenAsync();
        var writer = new TestWriter("pbx-1");
        await writer.CommitAsync(store, c => Fill(c, 1));
        var before = await DumpAsync(server);

        await server.ExecuteAsync("REPLICAOF", "127.0.0.1", "1");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => writer.SendAsync(store, writer.Prepare(c => Fill(c, 2))));
        Assert.Equal(before, await DumpAsync(server));
    }

    [SkippableTheory]
    [InlineData("leases")]
    [InlineData("feed")]
    [InlineData("settled:pbx-1:202611")]
    [InlineData("billed:pbx-1:202611")]
    [InlineData("month:pbx-1:202610")]
    public async Task Key_of_a_wrong_type_StopsTheScriptBeforeItsFirstWrite(string key)
    {
        await using var server = await RedisServer.StartAsync();
        await using var harness = new RedisHarness(() => server, "t");
        var store = await harness.OpenAsync(partitions: 1);
        await server.ExecuteAsync("SET", "t:{p000}:" + key, "not ours");
        var before = await DumpAsync(server);

        // A bug or a foreign writer, not an outage: it must not be hidden behind a retry.
        var error = await Assert.ThrowsAsync<RedisServerException>(() => new TestWriter("pbx-1").CommitAsync(store, c => Fill(c, 1)));

        Assert.StartsWith("WRONGTYPE", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await DumpAsync(server));
    }

    [SkippableFact]
    public async Task Flushed_script_cache_IsFilledAgain()
    {
        await using var server = await RedisServer.StartAsync();
        await using var harness = new RedisHarness(() => server, "t");
        var store = await harness.OpenAsync();
        var writer = new TestWriter("pbx-1");
        await writer.CommitAsync(store, c => Fill(c, 1));

        await server.ExecuteAsync("SCRIPT", "FLUSH");

        await writer.CommitAsync(store, c => Fill(c, 2));
        Assert.Equal(2, (await store.ListRatedCallsAsync("pbx-1", 202611, 0, 10, CancellationToken.None)).Count);
    }

    [SkippableFact]
    public async Task Settled_index_ExpiresWholeAfter400DaysAndNothingElseDoes()
    {
        await using var server = await RedisServer.StartAsync();
        await using var harness = new RedisHarness(() => server, "t");
        await new TestWriter("pbx-1").CommitAsync(await harness.OpenAsync(partitions: 1), c => Fill(c, 1));

        var expiring = new List<string>();
        foreach (var key in await KeysAsync(server))
        {
            if ((long)await server.ExecuteAsync("TTL", key) is >= 0 and var seconds)
                expiring.Add($"{key} {TimeSpan.FromSeconds(seconds + 1).Days}");
        }

        Assert.Equal(["t:{p000}:settled:pbx-1:202611 400"], expiring);
    }

    private static void Fill(LedgerCommit commit, int number)
    {
        commit.Changes.AddRange([new(0, "live", Bytes($"{number}")), new(0, "gone", null), new(202610, "closed", Bytes($"{number}"))]);
        commit.RatedCalls.Add(new($"call-{number}", 202611, 202611, Bytes($"{number}")));
        commit.Leases.AddRange([new($"call-{number}", DateTimeOffset.UnixEpoch), new("gone", null)]);
    }

    private static async Task<List<string>> KeysAsync(RedisServer server) =>
        [.. ((string[])(await server.ExecuteAsync("KEYS", "*"))!).Where(k => k != "t:probe").Order(StringComparer.Ordinal)];

    // Every key with a digest of its value, except the string that health checks write.
    private static async Task<List<string>> DumpAsync(RedisServer server)
    {
        var dump = new List<string>();
        foreach (var key in await KeysAsync(server))
            dump.Add($"{key} {string.Join(',', (string[])(await server.ExecuteAsync("DEBUG", "DIGEST-VALUE", key))!)}");

        return dump;
    }
}
