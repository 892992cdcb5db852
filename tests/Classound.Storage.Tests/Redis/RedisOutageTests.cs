using Classound.Storage.Redis;
using Classound.Storage.Tests.Contract;

namespace Classound.Storage.Tests.Redis;

public sealed class RedisOutageTests
{
    private static readonly TimeSpan ProductTimeout = new RedisStoreOptions { Configuration = "" }.Timeout;

    [SkippableFact]
    public async Task Silent_server_LeavesTheOutcomeUnknownUntilTheCommitIsSentAgain()
    {
        await using var server = await RedisServer.StartAsync();
        await using var harness = new RedisHarness(() => server, "t", ProductTimeout);
        var store = await harness.OpenAsync();
        var writer = new TestWriter("pbx-1");
        await writer.CommitAsync(store);
        var commit = writer.Prepare(c => c.RatedCalls.Add(new("call-1", 202611, 202611, [])));

        // The server holds the command and carries it out later, when the client has given up: the case the token is made for.
        await server.ExecuteAsync("CLIENT", "PAUSE", "5000", "WRITE");
        await Assert.ThrowsAsync<StoreOutcomeUnknownException>(() => store.CommitAsync(commit, CancellationToken.None));

        var result = await ResendAsync(store, commit);
        Assert.Equal(CommitOutcome.AlreadyCommitted, result.Outcome);
        Assert.Single(await store.ListRatedCallsAsync("pbx-1", 202611, 0, 10, CancellationToken.None));
    }

    [SkippableFact]
    public async Task Dead_server_FailsCallsInTheContractsWayAndIsUsedAgainWhenItIsBack()
    {
        await using var server = await RedisServer.StartAsync(appendFsync: "always");
        await using var harness = new RedisHarness(() => server, "t", ProductTimeout);
        var store = await harness.OpenAsync();
        var writer = new TestWriter("pbx-1");
        await writer.CommitAsync(store);
        var commit = writer.Prepare();

        server.Kill();
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => store.CommitAsync(commit, CancellationToken.None));
        Assert.True(failure is StoreUnavailableException or StoreOutcomeUnknownException, failure.ToString());
        Assert.False(await store.IsHealthyAsync(CancellationToken.None));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.LoadAsync("pbx-1", CancellationToken.None));

        await server.RestartAsync();
        Assert.Equal(CommitOutcome.Committed, (await ResendAsync(store, commit)).Outcome);
        Assert.True(await store.IsHealthyAsync(CancellationToken.None));
    }

    [SkippableFact]
    public async Task Missing_server_RefusesTheStartAsUnavailable()
    {
        await using var server = await RedisServer.StartAsync();
        server.Kill();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => RedisLedgerStore.ConnectAsync(
            new() { Configuration = server.Configuration }, TimeProvider.System, CancellationToken.None));
    }

    [SkippableFact]
    public async Task Damaged_content_IsReportedAndMendedByPuttingItAgain()
    {
        await using var server = await RedisServer.StartAsync();
        await using var harness = new RedisHarness(() => server, "t", ProductTimeout);
        var store = await harness.OpenAsync();
        var (hash, content) = ContentContract.Make(300_000);
        await store.PutContentAsync(hash, content, CancellationToken.None);

        await server.ExecuteAsync("DEL", $"t:{{content:{hash}}}:1");
        var damage = await Assert.ThrowsAsync<InvalidDataException>(() => store.GetContentAsync(hash, CancellationToken.None));
        Assert.Contains(hash, damage.Message, StringComparison.Ordinal);

        await store.PutContentAsync(hash, content, CancellationToken.None);
        Assert.Equal(content, await store.GetContentAsync(hash, CancellationToken.None));
    }

    /// <summary>Sends the same commit until the answer is definite, with the pause between attempts that a writer makes.</summary>
    internal static async Task<CommitResult> ResendAsync(ILedgerStore store, LedgerCommit commit)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await store.CommitAsync(commit, CancellationToken.None);
            }
            catch (Exception error) when (attempt < 200 && error is StoreUnavailableException or StoreOutcomeUnknownException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
        }
    }
}
