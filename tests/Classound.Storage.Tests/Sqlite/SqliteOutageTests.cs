using Classound.Storage.Sqlite;
using Classound.Storage.Tests.Contract;
using static Classound.Storage.Tests.Contract.TestWriter;

namespace Classound.Storage.Tests.Sqlite;

public sealed class SqliteOutageTests
{
    [Fact]
    public async Task Full_disk_RefusesTheCommitWholeAndRecoversWithSpace()
    {
        await using var harness = new SqliteHarness();
        var store = await harness.OpenAsync();
        var writer = new TestWriter("pbx-1");
        await writer.CommitAsync(store, c => c.Changes.Add(new(0, "a", Bytes("1"))));
        await SetMaxPagesAsync(harness.Database, 1); // SQLite takes the present size for it
        var commit = writer.Prepare(c => c.Changes.AddRange([new(0, "a", Bytes("2")), new(0, "large", new byte[1_000_000])]));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CommitAsync(commit, CancellationToken.None));
        var fields = (await store.LoadAsync("pbx-1", CancellationToken.None)).Fields;
        Assert.Equal("1", Text(Assert.Single(fields).Value));

        await SetMaxPagesAsync(harness.Database, 1_000_000);
        Assert.Equal(CommitOutcome.Committed, (await writer.SendAsync(store, commit)).Outcome);
        Assert.Equal("2", Text((await store.LoadAsync("pbx-1", CancellationToken.None)).Fields["a"]));
    }

    [Fact]
    public async Task Closed_store_IsUnhealthyAndUnavailable()
    {
        await using var harness = new SqliteHarness();
        var store = await harness.OpenAsync();
        await harness.Database.DisposeAsync();

        Assert.False(await store.IsHealthyAsync(CancellationToken.None));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.LoadAsync("pbx-1", CancellationToken.None));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => new TestWriter("pbx-1").CommitAsync(store));
    }

    [Fact]
    public async Task Damaged_content_IsReportedAndMendedByPuttingItAgain()
    {
        await using var harness = new SqliteHarness();
        var store = await harness.OpenAsync();
        var (hash, content) = ContentContract.Make(300_000);
        await store.PutContentAsync(hash, content, CancellationToken.None);
        await harness.Database.WriteAsync(
            session => session.Statement("UPDATE content_chunk SET data = zeroblob(9) WHERE chunk = 1").Run(), CancellationToken.None);

        var damage = await Assert.ThrowsAsync<InvalidDataException>(() => store.GetContentAsync(hash, CancellationToken.None));
        Assert.Contains(hash, damage.Message, StringComparison.Ordinal);

        await store.PutContentAsync(hash, content, CancellationToken.None);
        Assert.Equal(content, await store.GetContentAsync(hash, CancellationToken.None));
    }

    private static Task<bool> SetMaxPagesAsync(SqliteDatabase database, int pages) => database.WriteAsync(
        session => session.Statement($"PRAGMA max_page_count = {pages}").TryFirst(row => row.Integer(0), out _), CancellationToken.None);
}
