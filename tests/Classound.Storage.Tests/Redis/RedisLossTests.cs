using Classound.Storage.Redis;
using Classound.Storage.Tests.Contract;
using Microsoft.Extensions.Logging;

namespace Classound.Storage.Tests.Redis;

/// <summary>A server that comes back with older data than was seen stored.</summary>
[Collection(MeterCollection.Name)]
public sealed class RedisLossTests
{
    private const string Feed = "store_lost_feed";

    [SkippableFact]
    public async Task Server_that_comes_back_with_older_data_RaisesTheAlarmByItself()
    {
        using var meter = new MeterCapture();
        await using var server = await RedisServer.StartAsync("always");
        var log = new LogCapture();
        await using var store = await ConnectAsync(server, log, TimeSpan.FromHours(1));
        var writer = new TestWriter("pbx-1");
        await SettleAsync(store, writer, 3);

        // As a restored backup: nothing of what was stored since.
        server.Kill();
        server.EmptyFolder();
        await server.RestartAsync();

        var text = await log.NextAsync(Feed);
        Assert.Contains("the feed of partition 0 ended at 3, now at 0", text, StringComparison.Ordinal);
        Assert.Equal(LogLevel.Critical, Assert.Single(log.Of(Feed)).Level);
        Assert.Contains("partition 0 ended at 3", DataLossAlarm.Last, StringComparison.Ordinal);
        Assert.Single(meter.Of("classound.storage.data_loss_alarms"), m => m.Tags == "kind=feed");
        Assert.Equal(1, meter.Of("classound.storage.data_loss")[^1].Value);

        // It goes on with what there is, and says it once.
        await SettleAsync(store, new TestWriter("pbx-1", "n2"), 1);
        Assert.Single(log.Of(Feed));
    }

    [SkippableFact]
    public async Task Commit_that_meets_a_shorter_feed_RaisesTheAlarmAtOnce()
    {
        await using var server = await RedisServer.StartAsync();
        var log = new LogCapture();
        await using var store = await ConnectAsync(server, log, TimeSpan.FromHours(1));
        await SettleAsync(store, new TestWriter("pbx-1"), 5);
        await server.ExecuteAsync("DEL", "classound:{p000}:feed");

        await SettleAsync(store, new TestWriter("pbx-2"), 1);

        Assert.Contains("ended at 5, now at 0", Assert.Single(log.Of(Feed)).Text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Feed_that_shrinks_without_any_commit_IsNoticedWithinAPeriod()
    {
        await using var server = await RedisServer.StartAsync();
        var log = new LogCapture();
        await using (var other = await ConnectAsync(server, new LogCapture(), TimeSpan.FromHours(1)))
            await SettleAsync(other, new TestWriter("pbx-1"), 2);

        // This one only ever saw the feed; it wrote nothing to it.
        await using var store = await ConnectAsync(server, log, TimeSpan.FromMilliseconds(50));
        while (store.KnownTail(0) < 2)
            await Task.Yield();

        await server.ExecuteAsync("DEL", "classound:{p000}:feed");

        Assert.Contains("ended at 2, now at 0", await log.NextAsync(Feed), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Commits_of_many_writers_NeverRaiseAFalseAlarm()
    {
        await using var server = await RedisServer.StartAsync("no");
        var log = new LogCapture();
        await using var store = await ConnectAsync(server, log, TimeSpan.FromMilliseconds(1));

        await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => SettleAsync(store, new TestWriter($"pbx-{i}"), 200))));

        Assert.Equal(32 * 200, store.KnownTail(0));
        Assert.Empty(log.Of(Feed));
    }

    private static async Task SettleAsync(ILedgerStore store, TestWriter writer, int calls)
    {
        for (var i = 0; i < calls; i++)
            await writer.CommitAsync(store, c => c.RatedCalls.Add(new($"call-{i}", 202611, 202611, [])));
    }

    private static Task<RedisLedgerStore> ConnectAsync(RedisServer server, LogCapture log, TimeSpan period) => RedisLedgerStore.ConnectAsync(
        new() { Configuration = server.Configuration, Partitions = 1, Timeout = TimeSpan.FromSeconds(20), WatchPeriod = period },
        TimeProvider.System, CancellationToken.None, log);
}
