using static Classound.Storage.Tests.Contract.TestWriter;

namespace Classound.Storage.Tests.Contract;

public abstract class SettlementContract(StoreHarness harness) : StoreContract(harness)
{
    [SkippableFact]
    public async Task Settled_call_IsFoundWithAllItsParts()
    {
        var store = await OpenAsync();
        await new TestWriter("pbx-1").CommitAsync(store, c => c.RatedCalls.Add(new("call-1", 202610, 202611, Bytes("rated"))));

        var found = await store.FindSettledAsync("pbx-1", "call-1", [202611, 202610], None);

        Assert.NotNull(found);
        Assert.Equal((PbxPartition.Of("pbx-1", store.PartitionCount), 1L), (found.Partition, found.Sequence));
        Assert.Equal(("call-1", 202610, 202611, "rated"), (found.CallId, found.UsageMonth, found.BillingMonth, Text(found.Data)));
        Assert.Null(await store.FindSettledAsync("pbx-1", "call-1", [202611], None));
        Assert.Null(await store.FindSettledAsync("pbx-1", "call-1", [], None));
        Assert.Null(await store.FindSettledAsync("pbx-1", "call-2", [202610], None));
    }

    [SkippableFact]
    public async Task Correction_IsASecondEntryAndTheIndexPointsAtIt()
    {
        var store = await OpenAsync();
        var writer = new TestWriter("pbx-1");
        await writer.CommitAsync(store, c => c.RatedCalls.Add(new("call-1", 202610, 202610, Bytes("first"))));
        await writer.CommitAsync(store, c => c.RatedCalls.Add(new("other", 202610, 202610, Bytes("other"))));
        await writer.CommitAsync(store, c => c.RatedCalls.Add(new("call-1", 202610, 202611, Bytes("correction"))));

        var found = await store.FindSettledAsync("pbx-1", "call-1", [202610], None);

        Assert.Equal((3L, "correction"), (found!.Sequence, Text(found.Data)));
        Assert.Equal(["first", "other"], await DataAsync(store, 202610));
        Assert.Equal(["correction"], await DataAsync(store, 202611));
    }

    [SkippableFact]
    public async Task Newest_entry_WinsOverSeveralUsageMonthsInAnyOrder()
    {
        var store = await OpenAsync();
        var writer = new TestWriter("pbx-1");
        await writer.CommitAsync(store, c => c.RatedCalls.Add(new("call-1", 202611, 202611, Bytes("older"))));
        await writer.CommitAsync(store, c => c.RatedCalls.Add(new("call-1", 202610, 202611, Bytes("newer"))));

        Assert.Equal("newer", Text((await store.FindSettledAsync("pbx-1", "call-1", [202610, 202611], None))!.Data));
        Assert.Equal("newer", Text((await store.FindSettledAsync("pbx-1", "call-1", [202611, 202610], None))!.Data));
    }

    [SkippableFact]
    public async Task Settled_calls_AreAllNamedInTheOrderAsked()
    {
        var store = await OpenAsync();
        var writer = new TestWriter("pbx-1");
        await writer.CommitAsync(store, c => c.RatedCalls.AddRange(
            [new("in-october", 202610, 202610, []), new("in-november", 202611, 202611, []), new("in-july", 202607, 202607, [])]));

        var result = await writer.SendAsync(store, writer.Prepare(c => c.NotSettled.AddRange(
        [
            new("in-november", 202611, 202610), new("new", 202611, 202610),
            new("in-july", 202611, 202610), new("in-october", 202611, 202610),
        ])));

        Assert.Equal(CommitOutcome.AlreadySettled, result.Outcome);
        Assert.Equal(["in-november", "in-october"], result.SettledCallIds);
        Assert.Equal(writer.Stored, result.Stored);
    }

    [SkippableFact]
    public async Task Refused_writer_GoesOnWithTheSameVersion()
    {
        var store = await OpenAsync();
        var writer = new TestWriter("pbx-1");
        await writer.CommitAsync(store, c => c.RatedCalls.Add(new("done", 202611, 202611, [])));
        var refused = writer.Prepare(c => c.NotSettled.AddRange([new("done", 202611, 202610), new("new", 202611, 202610)]));
        await writer.SendAsync(store, refused);

        await writer.CommitAsync(store, c => c.NotSettled.Add(new("new", 202611, 202610)));

        Assert.Equal(refused.Next, writer.Stored);
    }

    [SkippableFact]
    public async Task Rated_calls_ArePagedInSequenceOrder()
    {
        var store = await OpenAsync();
        var writer = new TestWriter("pbx-1");
        for (var i = 0; i < 5; i++)
        {
            await writer.CommitAsync(store, c => c.RatedCalls.AddRange(Enumerable.Range(i * 5, 5).Select(n =>
                new RatedCallEntry($"call-{n}", 202611, n % 5 == 4 ? 202612 : 202611, Bytes($"{n}")))));
        }

        var pages = new List<string>();
        var after = 0L;
        while (await store.ListRatedCallsAsync("pbx-1", 202611, after, 7, None) is { Count: > 0 } page)
        {
            pages.Add(string.Join(' ', page.Select(c => Text(c.Data))));
            after = page[^1].Sequence;
        }

        Assert.Equal(["0 1 2 3 5 6 7", "8 10 11 12 13 15 16", "17 18 20 21 22 23"], pages);
        Assert.Equal(["4", "9", "14", "19", "24"], await DataAsync(store, 202612));

        pages.Clear();
        var before = long.MaxValue;
        while (await store.ListNewestRatedCallsAsync("pbx-1", 202611, before, 9, None) is { Count: > 0 } page)
        {
            pages.Add(string.Join(' ', page.Select(c => Text(c.Data))));
            before = page[^1].Sequence;
        }

        Assert.Equal(["23 22 21 20 18 17 16 15 13", "12 11 10 8 7 6 5 3 2", "1 0"], pages);
        Assert.Empty(await store.ListNewestRatedCallsAsync("pbx-1", 202610, long.MaxValue, 9, None));
        Assert.Empty(await store.ListNewestRatedCallsAsync("pbx-2", 202611, long.MaxValue, 9, None));
        Assert.Empty(await DataAsync(store, 202610));
    }

    private static async Task<IEnumerable<string>> DataAsync(ILedgerStore store, int billingMonth) =>
        (await store.ListRatedCallsAsync("pbx-1", billingMonth, 0, 1000, None)).Select(c => Text(c.Data));
}
