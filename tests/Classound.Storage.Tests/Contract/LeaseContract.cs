namespace Classound.Storage.Tests.Contract;

public abstract class LeaseContract(StoreHarness harness) : StoreContract(harness)
{
    [SkippableFact]
    public async Task Due_leases_ComeEarliestFirstAndNoMoreThanAsked()
    {
        var store = await OpenAsync(partitions: 1);
        var now = Time.GetUtcNow();
        await new TestWriter("pbx-a").CommitAsync(store, c => c.Leases.AddRange(
            [new("late", now.AddSeconds(30)), new("early", now.AddSeconds(-30))]));
        await new TestWriter("pbx-b").CommitAsync(store, c => c.Leases.AddRange(
            [new("now", now), new("next", now.AddMilliseconds(1))]));

        Assert.Equal(["pbx-a/early", "pbx-b/now"], await DueAsync(store, now));
        Assert.Equal(["pbx-a/early"], await DueAsync(store, now, max: 1));
        Assert.Equal(["pbx-a/early", "pbx-b/now", "pbx-b/next", "pbx-a/late"], await DueAsync(store, now.AddMinutes(1)));
        Assert.Empty(await DueAsync(store, now.AddMinutes(-1)));
    }

    [SkippableFact]
    public async Task Lease_MovesAndEndsWithTheCommitsOfItsCall()
    {
        var store = await OpenAsync(partitions: 1);
        var now = Time.GetUtcNow();
        var writer = new TestWriter("pbx-a");
        await writer.CommitAsync(store, c => c.Leases.AddRange([new("moved", now), new("ended", now), new("kept", now)]));

        await writer.CommitAsync(store, c => c.Leases.AddRange(
            [new("moved", now.AddMinutes(5)), new("ended", null), new("never", null), new("kept", null), new("kept", now)]));

        Assert.Equal(["pbx-a/kept"], await DueAsync(store, now));
        Assert.Equal(["pbx-a/kept", "pbx-a/moved"], await DueAsync(store, now.AddMinutes(5)));
    }

    [SkippableFact]
    public async Task Lease_end_IsKeptInMillisecondsAndNeverDueEarly()
    {
        var store = await OpenAsync(partitions: 1);
        var end = Time.GetUtcNow().AddTicks(1);
        await new TestWriter("pbx-a").CommitAsync(store, c => c.Leases.Add(new("call", end)));

        Assert.Empty(await DueAsync(store, Time.GetUtcNow()));
        var due = Assert.Single(await store.ListDueLeasesAsync(0, Time.GetUtcNow().AddMilliseconds(1), 10, None));

        Assert.Equal(Time.GetUtcNow().AddMilliseconds(1), due.EndsAt);
    }

    [SkippableFact]
    public async Task Leases_AreListedByTheirPartition()
    {
        var store = await OpenAsync(partitions: 8);
        var now = Time.GetUtcNow();
        var pbxs = Enumerable.Range(0, 40).Select(i => $"pbx-{i}").ToList();
        foreach (var pbx in pbxs)
            await new TestWriter(pbx).CommitAsync(store, c => c.Leases.Add(new("call", now)));

        for (var partition = 0; partition < 8; partition++)
        {
            var due = await store.ListDueLeasesAsync(partition, now, 100, None);
            Assert.Equal(
                pbxs.Where(p => PbxPartition.Of(p, 8) == partition).Order(StringComparer.Ordinal),
                due.Select(l => l.PbxId).Order(StringComparer.Ordinal));
        }
    }

    private static async Task<IEnumerable<string>> DueAsync(ILedgerStore store, DateTimeOffset until, int max = 100) =>
        (await store.ListDueLeasesAsync(0, until, max, None)).Select(l => $"{l.PbxId}/{l.CallId}");
}
