using static Classound.Storage.Tests.Contract.TestWriter;

namespace Classound.Storage.Tests.Contract;

public abstract class FenceContract(StoreHarness harness) : StoreContract(harness)
{
    [SkippableFact]
    public async Task Older_activation_IsFencedByTheFirstCommitOfTheNewer()
    {
        var store = await OpenAsync();
        var old = new TestWriter("pbx-1", "old");
        await old.CommitAsync(store, c => c.Changes.Add(new(0, "a", Bytes("1"))));
        var young = new TestWriter("pbx-1", "young");
        await young.LoadAsync(store);
        await young.CommitAsync(store, c => c.Changes.Add(new(0, "a", Bytes("2"))));

        var result = await old.SendAsync(store, old.Prepare(c => c.Changes.Add(new(0, "a", Bytes("3")))));

        Assert.Equal(CommitOutcome.Fenced, result.Outcome);
        Assert.Equal(young.Stored, result.Stored);
        Assert.Equal("2", Text((await store.LoadAsync("pbx-1", None)).Fields["a"]));
    }

    [SkippableFact]
    public async Task Two_activations_that_loaded_the_same_OnlyOneOwnsThePbx()
    {
        var store = await OpenAsync();
        var first = new TestWriter("pbx-1", "one");
        await first.CommitAsync(store);
        var one = new TestWriter("pbx-1", "one-again");
        var two = new TestWriter("pbx-1", "two");
        await one.LoadAsync(store);
        await two.LoadAsync(store);

        var results = await Task.WhenAll(one.SendAsync(store, one.Prepare()), two.SendAsync(store, two.Prepare()));

        // Same epoch, same sequence: only the nonce tells them apart.
        Assert.Equal([CommitOutcome.Committed, CommitOutcome.Fenced], results.Select(r => r.Outcome).Order());
        var winner = results.Single(r => r.Outcome == CommitOutcome.Committed).Stored;
        Assert.All(results, r => Assert.Equal(winner, r.Stored));
        Assert.Equal(winner, (await store.LoadAsync("pbx-1", None)).Version);
    }

    [SkippableFact]
    public async Task Version_alone_IsThatOfTheLedger()
    {
        var store = await OpenAsync();
        Assert.Null(await store.LoadVersionAsync("pbx-1", None));
        var writer = new TestWriter("pbx-1", "one");
        await writer.CommitAsync(store, c => c.Changes.Add(new(0, "a", Bytes("1"))));
        Assert.Equal(writer.Stored, await store.LoadVersionAsync("pbx-1", None));
        await writer.CommitAsync(store, c => c.Changes.Add(new(0, "a", null)));

        Assert.Equal(writer.Stored, await store.LoadVersionAsync("pbx-1", None));
        Assert.Equal((await store.LoadAsync("pbx-1", None)).Version, await store.LoadVersionAsync("pbx-1", None));
        Assert.Null(await store.LoadVersionAsync("pbx-2", None));
    }

    [SkippableFact]
    public async Task First_commit_that_expects_a_version_IsFencedByTheEmptyStore()
    {
        var store = await OpenAsync();
        var commit = new LedgerCommit { PbxId = "pbx-1", Expected = new(4, "lost", 7), Next = new(5, "me", 0) };

        var result = await store.CommitAsync(commit, None);

        Assert.Equal(CommitOutcome.Fenced, result.Outcome);
        Assert.Null(result.Stored);
        Assert.Null((await store.LoadAsync("pbx-1", None)).Version);
    }

    [SkippableFact]
    public async Task Fenced_commit_LeavesNothing()
    {
        var store = await OpenAsync();
        var owner = new TestWriter("pbx-1", "owner");
        await owner.CommitAsync(store);
        var stranger = new LedgerCommit { PbxId = "pbx-1", Expected = null, Next = new(1, "stranger", 0) };
        await FillAsync(store, stranger, CommitOutcome.Fenced);
        await AssertOnlyVersionAsync(store, owner.Stored);
    }

    [SkippableFact]
    public async Task Commit_refused_as_settled_LeavesNothing()
    {
        var store = await OpenAsync();
        var writer = new TestWriter("pbx-1");
        await writer.CommitAsync(store, c => c.RatedCalls.Add(new("done", 202610, 202610, Bytes("d"))));
        var refused = writer.Prepare(c => c.NotSettled.Add(new("done", 202611, 202610)));
        await FillAsync(store, refused, CommitOutcome.AlreadySettled);
        await AssertOnlyVersionAsync(store, writer.Stored);
    }

    [SkippableFact]
    public async Task Pbxs_of_one_partition_DoNotSeeEachOther()
    {
        var store = await OpenAsync(partitions: 1);
        var (a, b) = (new TestWriter("pbx-a"), new TestWriter("pbx-b"));
        await a.CommitAsync(store, c => Fill(c, "from a"));
        await b.CommitAsync(store, c => c.NotSettled.Add(new("call-1", 202611, 202611)));

        var snapshot = await store.LoadAsync("pbx-b", None);

        Assert.Empty(snapshot.Fields);
        Assert.Empty(await store.LoadMonthAsync("pbx-b", 202610, None));
        Assert.Null(await store.FindSettledAsync("pbx-b", "call-1", [202611], None));
        Assert.Empty(await store.ListRatedCallsAsync("pbx-b", 202611, 0, 10, None));
    }

    private static void Fill(LedgerCommit commit, string text)
    {
        commit.Changes.AddRange([new(0, "live", Bytes(text)), new(202610, "closed", Bytes(text))]);
        commit.RatedCalls.Add(new("call-1", 202611, 202611, Bytes(text)));
        commit.Leases.Add(new("call-2", DateTimeOffset.UnixEpoch));
    }

    private static async Task FillAsync(ILedgerStore store, LedgerCommit commit, CommitOutcome expected)
    {
        Fill(commit, "must not appear");
        Assert.Equal(expected, (await store.CommitAsync(commit, None)).Outcome);
    }

    private static async Task AssertOnlyVersionAsync(ILedgerStore store, LedgerVersion? version)
    {
        var snapshot = await store.LoadAsync("pbx-1", None);
        Assert.Equal(version, snapshot.Version);
        Assert.Empty(snapshot.Fields);
        Assert.Empty(await store.LoadMonthAsync("pbx-1", 202610, None));
        Assert.Null(await store.FindSettledAsync("pbx-1", "call-1", [202611], None));
        Assert.Empty(await store.ListRatedCallsAsync("pbx-1", 202611, 0, 10, None));
        var partition = PbxPartition.Of("pbx-1", store.PartitionCount);
        Assert.Empty(await store.ListDueLeasesAsync(partition, DateTimeOffset.MaxValue, 10, None));
    }
}
