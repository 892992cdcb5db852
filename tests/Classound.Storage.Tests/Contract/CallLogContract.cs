using static Classound.Storage.Tests.Contract.TestWriter;

namespace Classound.Storage.Tests.Contract;

public abstract class CallLogContract(StoreHarness harness) : StoreContract(harness)
{
    [SkippableFact]
    public async Task Logged_call_IsFoundByPbxAndCall()
    {
        var store = await OpenAsync();
        var entry = new CallLogEntry("unknown-pbx", "call-1", Time.GetUtcNow(), Bytes("denied"));

        await store.AppendCallLogAsync([entry], None);
        var found = await store.FindCallLogAsync("unknown-pbx", "call-1", None);

        Assert.Equal(("unknown-pbx", "call-1", entry.At, "denied"), (found!.PbxId, found.CallId, found.At, Text(found.Data)));
        Assert.Null(await store.FindCallLogAsync("other-pbx", "call-1", None));
        Assert.Null(await store.FindCallLogAsync("unknown-pbx", "call-2", None));
    }

    [SkippableFact]
    public async Task Call_logged_twice_KeepsTheNewestWhateverTheOrder()
    {
        var store = await OpenAsync();
        var now = Time.GetUtcNow();

        await store.AppendCallLogAsync(
            [new("p", "call-1", now, Bytes("first")), new("p", "call-1", now.AddSeconds(1), Bytes("second"))], None);
        await store.AppendCallLogAsync([new("p", "call-1", now.AddSeconds(-1), Bytes("written late"))], None);

        Assert.Equal("second", Text((await store.FindCallLogAsync("p", "call-1", None))!.Data));
    }

    [SkippableFact]
    public async Task Full_log_LosesTheOldestCalls()
    {
        var store = await OpenAsync();
        var start = Time.GetUtcNow().AddHours(-10);
        CallLogEntry Entry(int i) => new("p", $"call-{i}", start.AddSeconds(i), Bytes($"{i}"));

        await store.AppendCallLogAsync([.. Enumerable.Range(0, CallLogEntry.MaxPerPbx).Select(Entry)], None);
        Assert.NotNull(await store.FindCallLogAsync("p", "call-0", None));
        await store.AppendCallLogAsync([.. Enumerable.Range(CallLogEntry.MaxPerPbx, 100).Select(Entry)], None);
        // A call that is logged again takes no further place.
        await store.AppendCallLogAsync([.. Enumerable.Range(CallLogEntry.MaxPerPbx, 100).Select(Entry)], None);

        Assert.Null(await store.FindCallLogAsync("p", "call-99", None));
        Assert.NotNull(await store.FindCallLogAsync("p", "call-100", None));
        Assert.NotNull(await store.FindCallLogAsync("p", $"call-{CallLogEntry.MaxPerPbx + 99}", None));
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task Log_IsPagedFromTheNewestOn_AlsoWithinAMillisecond(int size)
    {
        var store = await OpenAsync();
        var now = Time.GetUtcNow();
        // "é" is two bytes above every letter; culture and length do not count.
        var calls = new[] { ("young", 1), ("é", 0), ("b", 0), ("aa", 0), ("a", 0), ("B", 0), ("old", -1) };
        await store.AppendCallLogAsync([.. calls.Reverse().Select(c => new CallLogEntry("p", c.Item1, now.AddMilliseconds(c.Item2), Bytes(c.Item1)))], None);
        await store.AppendCallLogAsync([new("other", "x", now, []), new("p", "expired", now.AddDays(-30), [])], None);

        var (found, after) = (new List<CallLogEntry>(), (CallLogPosition?)null);
        while (await store.ListCallLogAsync("p", after, size, None) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= size);
            found.AddRange(page);
            after = new CallLogPosition(page[^1].At, page[^1].CallId);
        }

        Assert.Equal(calls.Select(c => ("p", c.Item1, now.AddMilliseconds(c.Item2), c.Item1)), found.Select(e => (e.PbxId, e.CallId, e.At, Text(e.Data))));
    }

    [SkippableFact]
    public async Task Entry_older_than_30_days_IsGone()
    {
        var store = await OpenAsync();
        await store.AppendCallLogAsync([new("p", "old", Time.GetUtcNow(), []), new("p", "young", Time.GetUtcNow().AddDays(1), [])], None);

        Time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(await store.FindCallLogAsync("p", "old", None));
        Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null(await store.FindCallLogAsync("p", "old", None));
        Assert.NotNull(await store.FindCallLogAsync("p", "young", None));
    }
}
