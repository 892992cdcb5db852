using Classound.Storage.Tests.Contract;
using StackExchange.Redis;
using static Classound.Storage.Tests.Contract.TestWriter;

namespace Classound.Storage.Tests.Redis;

/// <summary>Commits of several PBXs that share a script call.</summary>
[Collection(MeterCollection.Name)]
public sealed class RedisGroupTests
{
    private const int Pbxs = 40;

    [SkippableFact]
    public async Task Commit_that_fails_HurtsNoneOfThoseInItsCall()
    {
        using var meter = new MeterCapture();
        await using var server = await RedisServer.StartAsync();
        await using var harness = new RedisHarness(() => server, "t");
        var store = await harness.OpenAsync(partitions: 1);
        await server.ExecuteAsync("SET", "t:{p000}:pbx:pbx-7", "not ours");
        // Another activation has written this one.
        await new TestWriter("pbx-9", "other").CommitAsync(store, c => Fill(c, "earlier"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Pbxs).Select(i => OutcomeAsync(store, $"pbx-{i}")));

        Assert.Equal("WRONGTYPE", outcomes[7]);
        Assert.Equal("Fenced", outcomes[9]);
        Assert.All(Enumerable.Range(0, Pbxs).Except([7, 9]), i => Assert.Equal("Committed", outcomes[i]));
        Assert.Contains(meter.Of("classound.storage.group_size"), group => group.Value > Pbxs / 4);
        foreach (var i in Enumerable.Range(0, Pbxs).Except([7, 9]))
            Assert.Equal("now", Text((await store.LoadAsync($"pbx-{i}", CancellationToken.None)).Fields["live"]));
        var leases = await store.ListDueLeasesAsync(0, DateTimeOffset.UnixEpoch, 100, CancellationToken.None);
        Assert.Equal(Pbxs - 1, leases.Count);
    }

    [SkippableFact]
    public async Task Changes_of_one_field_CountInTheirOrder()
    {
        await using var server = await RedisServer.StartAsync();
        await using var harness = new RedisHarness(() => server, "t");
        var store = await harness.OpenAsync();
        var writer = new TestWriter("pbx-1");
        await writer.CommitAsync(store, c => c.Changes.AddRange(
        [
            new(0, "a", Bytes("1")), new(0, "a", null), new(0, "a", Bytes("2")), new(0, "b", Bytes("1")), new(202611, "c", Bytes("1")),
            new(0, "b", null), new(202611, "c", Bytes("2")),
        ]));

        var fields = (await store.LoadAsync("pbx-1", CancellationToken.None)).Fields;

        Assert.Equal("2", Text(Assert.Single(fields).Value));
        Assert.Equal("2", Text(Assert.Single(await store.LoadMonthAsync("pbx-1", 202611, CancellationToken.None)).Value));
    }

    private static async Task<string> OutcomeAsync(ILedgerStore store, string pbxId)
    {
        try
        {
            return (await new TestWriter(pbxId).SendAsync(store, new TestWriter(pbxId).Prepare(c => Fill(c, "now")))).Outcome.ToString();
        }
        catch (RedisServerException error)
        {
            return error.Message.Split(' ')[0];
        }
    }

    private static void Fill(LedgerCommit commit, string text)
    {
        commit.Changes.Add(new FieldChange(0, "live", Bytes(text)));
        commit.Leases.Add(new LeaseChange("call", DateTimeOffset.UnixEpoch));
    }
}
