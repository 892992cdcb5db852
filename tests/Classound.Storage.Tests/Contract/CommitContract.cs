using static Classound.Storage.Tests.Contract.TestWriter;

namespace Classound.Storage.Tests.Contract;

public abstract class CommitContract(StoreHarness harness) : StoreContract(harness)
{
    [SkippableFact]
    public async Task Unknown_pbx_HasNoVersionAndNoFields()
    {
        var store = await OpenAsync();

        var snapshot = await store.LoadAsync("nobody", None);

        Assert.Null(snapshot.Version);
        Assert.Empty(snapshot.Fields);
        Assert.Empty(await store.LoadMonthAsync("nobody", 202611, None));
    }

    [SkippableFact]
    public async Task Committed_fields_AreLoadedAlsoByTheNextProcess()
    {
        var store = await OpenAsync();
        var writer = new TestWriter("pbx-1");
        byte[] everyByte = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

        await writer.CommitAsync(store, c => c.Changes.AddRange([new(0, "totals", everyByte), new(0, "empty", [])]));
        await store.DisposeAsync();
        var snapshot = await (await OpenAsync()).LoadAsync("pbx-1", None);

        Assert.Equal(writer.Stored, snapshot.Version);
        Assert.Equal(["empty", "totals"], snapshot.Fields.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(everyByte, snapshot.Fields["totals"]);
        Assert.Empty(snapshot.Fields["empty"]);
    }

    [SkippableFact]
    public async Task Changed_fields_LeaveTheOthersAlone()
    {
        var store = await OpenAsync();
        var writer = new TestWriter("pbx-1");
        await writer.CommitAsync(store, c => c.Changes.AddRange(
            [new(0, "a", Bytes("1")), new(0, "b", Bytes("1")), new(0, "c", Bytes("1"))]));

        await writer.CommitAsync(store, c => c.Changes.AddRange([new(0, "b", Bytes("2")), new(0, "c", null), new(0, "never", null)]));
        var fields = (await store.LoadAsync("pbx-1", None)).Fields;

        Assert.Equal(["a=1", "b=2"], fields.Select(f => $"{f.Key}={Text(f.Value)}").Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task Field_changed_twice_in_a_commit_KeepsTheLaterChange()
    {
        var store = await OpenAsync();
        var writer = new TestWriter("pbx-1");

        await writer.CommitAsync(store, c => c.Changes.AddRange(
        [
            new(0, "set-then-deleted", Bytes("1")), new(0, "set-then-deleted", null),
            new(0, "deleted-then-set", null), new(0, "deleted-then-set", Bytes("2")),
            new(0, "set-twice", Bytes("1")), new(0, "set-twice", Bytes("3")),
        ]));
        var fields = (await store.LoadAsync("pbx-1", None)).Fields.Select(f => $"{f.Key}={Text(f.Value)}");

        Assert.Equal(["deleted-then-set=2", "set-twice=3"], fields.Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task Month_sections_AreKeptApartFromTheLiveLedgerAndEachOther()
    {
        var store = await OpenAsync();
        var writer = new TestWriter("pbx-1");

        await writer.CommitAsync(store, c => c.Changes.AddRange(
        [
            new(0, "t", Bytes("live")), new(202610, "t", Bytes("october")),
            new(202611, "t", Bytes("november")), new(202611, "u", Bytes("x")),
        ]));
        await writer.CommitAsync(store, c => c.Changes.Add(new(202611, "u", null)));

        Assert.Equal("live", Text(Assert.Single((await store.LoadAsync("pbx-1", None)).Fields).Value));
        Assert.Equal("october", Text(Assert.Single(await store.LoadMonthAsync("pbx-1", 202610, None)).Value));
        Assert.Equal("november", Text(Assert.Single(await store.LoadMonthAsync("pbx-1", 202611, None)).Value));
        Assert.Empty(await store.LoadMonthAsync("pbx-1", 202612, None));
    }

    [SkippableFact]
    public async Task Same_commit_sent_again_IsAlreadyCommittedAndChangesNothing()
    {
        var store = await OpenAsync();
        var writer = new TestWriter("pbx-1");
        var commit = writer.Prepare(c =>
        {
            c.Changes.Add(new(0, "a", Bytes("1")));
            c.RatedCalls.Add(new("call-1", 202611, 202611, Bytes("rated")));
            c.NotSettled.Add(new("call-1", 202611, 202610));
        });

        var first = await writer.SendAsync(store, commit);
        // The check of the settled index comes after the version: the call is settled by now, by this very commit.
        var second = await store.CommitAsync(commit, None);

        Assert.Equal(CommitOutcome.Committed, first.Outcome);
        Assert.Equal(CommitOutcome.AlreadyCommitted, second.Outcome);
        Assert.Equal(commit.Next, second.Stored);
        Assert.Single(await store.ListRatedCallsAsync("pbx-1", 202611, 0, 10, None));
    }

    [SkippableFact]
    public async Task Late_copy_of_an_older_commit_IsFenced()
    {
        var store = await OpenAsync();
        var writer = new TestWriter("pbx-1");
        var first = writer.Prepare(c => c.Changes.Add(new(0, "a", Bytes("old"))));
        await writer.SendAsync(store, first);
        await writer.CommitAsync(store, c => c.Changes.Add(new(0, "a", Bytes("new"))));

        var late = await store.CommitAsync(first, None);

        Assert.Equal(CommitOutcome.Fenced, late.Outcome);
        Assert.Equal("new", Text((await store.LoadAsync("pbx-1", None)).Fields["a"]));
    }

    [SkippableFact]
    public async Task Large_commit_IsAppliedWhole()
    {
        const int Fields = 20_000;
        var store = await OpenAsync();
        var writer = new TestWriter("pbx-1");

        await writer.CommitAsync(store, c => c.Changes.AddRange(
            Enumerable.Range(0, Fields).Select(i => new FieldChange(0, $"f{i}", Bytes($"{i}")))));
        await writer.CommitAsync(store, c => c.Changes.AddRange(
            Enumerable.Range(0, Fields).Select(i => new FieldChange(0, $"f{i}", i % 2 == 0 ? null : Bytes($"{-i}")))));
        var fields = (await store.LoadAsync("pbx-1", None)).Fields;

        Assert.Equal(Fields / 2, fields.Count);
        Assert.All(fields, f => Assert.Equal($"-{f.Key[1..]}", Text(f.Value)));
    }
}
