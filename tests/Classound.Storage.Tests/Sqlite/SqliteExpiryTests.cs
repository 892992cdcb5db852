using Classound.Storage.Sqlite;
using Classound.Storage.Tests.Contract;

namespace Classound.Storage.Tests.Sqlite;

public sealed class SqliteExpiryTests
{
    [Fact]
    public async Task Settled_index_OutlivesItsLastCallBy400DaysAndTheCallsThemselvesStay()
    {
        await using var harness = new SqliteHarness();
        var store = (SqliteLedgerStore)await harness.OpenAsync();
        var writer = new TestWriter("pbx-1");
        // An import: the usage month is long past when its calls are settled.
        await writer.CommitAsync(store, c => c.RatedCalls.AddRange(
            Enumerable.Range(0, 2500).Select(i => new RatedCallEntry($"call-{i}", 202001, 202611, []))));
        harness.Time.Advance(TimeSpan.FromDays(300));
        await writer.CommitAsync(store, c => c.RatedCalls.Add(new("late", 202001, 202611, [])));

        harness.Time.Advance(TimeSpan.FromDays(400));
        await store.ExpireAsync(CancellationToken.None);
        Assert.NotNull(await store.FindSettledAsync("pbx-1", "call-0", [202001], CancellationToken.None));

        harness.Time.Advance(TimeSpan.FromDays(1));
        await store.ExpireAsync(CancellationToken.None);
        Assert.Equal(0, await NumberAsync(harness.Database, "SELECT count(*) FROM settled"));
        Assert.Equal(0, await NumberAsync(harness.Database, "SELECT count(*) FROM settled_month"));
        Assert.Equal(2501, await NumberAsync(harness.Database, "SELECT count(*) FROM rated_call"));
    }

    [Fact]
    public async Task Old_log_entries_AreRemovedAndCounted()
    {
        await using var harness = new SqliteHarness();
        var store = (SqliteLedgerStore)await harness.OpenAsync();
        var now = harness.Time.GetUtcNow();
        var old = Enumerable.Range(0, 1200).Select(i => new CallLogEntry("p", $"old-{i}", now, []));
        await store.AppendCallLogAsync([.. old, new("p", "young", now.AddDays(1), [])], CancellationToken.None);

        harness.Time.Advance(CallLogEntry.KeptFor);
        await store.ExpireAsync(CancellationToken.None);

        Assert.Equal(1, await NumberAsync(harness.Database, "SELECT count(*) FROM call_log"));
        Assert.Equal(1, await NumberAsync(harness.Database, "SELECT calls FROM call_log_size"));
    }

    [Fact]
    public async Task Expiry_RunsByItselfEveryHour()
    {
        await using var harness = new SqliteHarness();
        var store = await harness.OpenAsync();
        await store.AppendCallLogAsync([new("p", "old", harness.Time.GetUtcNow() - CallLogEntry.KeptFor, [])], CancellationToken.None);

        harness.Time.Advance(TimeSpan.FromHours(1));
        // The run queued its write before Advance returned, and the writer keeps the order.
        await harness.Database.WriteAsync(_ => 0, CancellationToken.None);

        Assert.Equal(0, await NumberAsync(harness.Database, "SELECT count(*) FROM call_log"));
    }

    private static Task<long> NumberAsync(SqliteDatabase database, string sql) => database.ReadAsync(
        session => session.Statement(sql).TryFirst(row => row.Integer(0), out var number) ? number : -1, CancellationToken.None);
}
