namespace Classound.Storage.Tests.Contract;

public abstract class ParallelContract(StoreHarness harness) : StoreContract(harness)
{
    private const int Pbxs = 200;
    private const int CommitsEach = 10;

    [SkippableFact]
    public async Task Parallel_commits_KeepEveryPartitionsSequenceDense()
    {
        var store = await OpenAsync(partitions: 16);
        var writers = Enumerable.Range(0, Pbxs).Select(i => new TestWriter($"pbx-{i}")).ToList();

        await Task.WhenAll(writers.Select(w => Task.Run(() => RunAsync(store, w))));

        var calls = new List<StoredRatedCall>();
        foreach (var writer in writers)
        {
            var own = await store.ListRatedCallsAsync(writer.PbxId, 202611, 0, 1000, None);
            Assert.Equal(own.OrderBy(c => c.Sequence).Select(c => c.CallId), own.Select(c => c.CallId));
            Assert.All(own, c => Assert.Equal(PbxPartition.Of(writer.PbxId, 16), c.Partition));
            // Commit i settles 1 or 2 calls, in this order: the feed keeps the order of a PBX.
            Assert.Equal(Enumerable.Range(0, CommitsEach).SelectMany(Calls), own.Select(c => c.CallId));
            calls.AddRange(own);
        }

        foreach (var partition in calls.GroupBy(c => c.Partition))
            Assert.Equal(Enumerable.Range(1, partition.Count()).Select(n => (long)n), partition.Select(c => c.Sequence).Order());
    }

    [SkippableFact]
    public async Task Commits_of_one_pbx_sent_together_ApplyInOneChain()
    {
        var store = await OpenAsync();
        var chain = Enumerable.Range(0, 20).Select(i => new LedgerCommit
        {
            PbxId = "pbx-1",
            Expected = i == 0 ? null : new LedgerVersion(1, "n", i - 1),
            Next = new LedgerVersion(1, "n", i),
        });

        var results = await Task.WhenAll(chain.Select(c => store.CommitAsync(c, None)));

        // What is sent in order is applied in order; a grain does not do this, but a store that reordered would fence itself.
        Assert.All(results, r => Assert.Equal(CommitOutcome.Committed, r.Outcome));
        Assert.Equal(new LedgerVersion(1, "n", 19), (await store.LoadAsync("pbx-1", None)).Version);
    }

    private static async Task RunAsync(ILedgerStore store, TestWriter writer)
    {
        for (var i = 0; i < CommitsEach; i++)
        {
            await writer.CommitAsync(store, c =>
            {
                c.Changes.Add(new(0, "n", [(byte)i]));
                c.RatedCalls.AddRange(Calls(i).Select(id => new RatedCallEntry(id, 202611, 202611, [1, 2, 3])));
            });
        }
    }

    private static IEnumerable<string> Calls(int commit) => commit % 3 == 0 ? [$"{commit}a", $"{commit}b"] : [$"{commit}a"];
}
