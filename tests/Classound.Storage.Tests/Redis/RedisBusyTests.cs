using Classound.Storage.Tests.Contract;
using StackExchange.Redis;

namespace Classound.Storage.Tests.Redis;

public sealed class RedisBusyTests
{
    [SkippableFact]
    public async Task Server_that_runs_a_foreign_script_for_ever_RefusesTheCommitWhole()
    {
        await using var server = await RedisServer.StartAsync();
        await using var harness = new RedisHarness(() => server, "t");
        var store = await harness.OpenAsync();
        var writer = new TestWriter("pbx-1");
        await writer.CommitAsync(store);
        // Connected beforehand: a busy server refuses the greeting of a new connection too.
        await using var looping = await ConnectionMultiplexer.ConnectAsync(server.Configuration);
        await using var rescue = await ConnectionMultiplexer.ConnectAsync(server.Configuration + ",allowAdmin=true");
        await rescue.GetDatabase().ExecuteAsync("CONFIG", "SET", "busy-reply-threshold", "1");

        var loop = looping.GetDatabase().ScriptEvaluateAsync("while true do end");
        while (await store.IsHealthyAsync(CancellationToken.None))
        {
            // The script has not reached the server yet.
        }

        var commit = writer.Prepare();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CommitAsync(commit, CancellationToken.None));
        await rescue.GetDatabase().ExecuteAsync("SCRIPT", "KILL");

        Assert.Equal(CommitOutcome.Committed, (await RedisOutageTests.ResendAsync(store, commit)).Outcome);
        await Assert.ThrowsAnyAsync<RedisException>(() => loop);
    }
}
