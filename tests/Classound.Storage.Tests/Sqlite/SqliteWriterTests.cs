using Classound.Storage.Sqlite;
using Classound.Storage.Tests.Contract;

namespace Classound.Storage.Tests.Sqlite;

/// <summary>
/// How writes share a transaction. A write that runs holds the writer, so whatever it queues is the next group, for certain.
/// </summary>
[Collection(MeterCollection.Name)]
public sealed class SqliteWriterTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("classound-writer-").FullName;
    private SqliteDatabase? _database;

    private SqliteDatabase Database => _database!;

    public Task InitializeAsync()
    {
        _database = SqliteDatabase.Open(new() { Folder = _folder, QueueCapacity = 10, MaxGroup = 5 });
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await Database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Waiting_writes_ShareTransactionsUpToTheLimit()
    {
        using var meter = new MeterCapture();

        await Task.WhenAll(await QueueTogetherAsync(Enumerable.Range(0, 8).Select(i => Insert($"{i}"))));

        Assert.Equal([1, 5, 3], meter.Of("classound.storage.group_size").Select(m => m.Value));
        Assert.Equal(0, meter.Of("classound.storage.queue_depth").Sum(m => m.Value));
    }

    [Fact]
    public async Task Write_that_throws_HurtsNoOtherOfItsGroup()
    {
        var writes = await QueueTogetherAsync(
        [
            Insert("before"),
            session => Insert("half of a failed write")(session) + ThrowBug(),
            session => session.Statement("INSERT INTO meta (key, value) VALUES ('before', 'again')").Run(),
            Insert("after"),
        ]);

        await writes[0];
        await Assert.ThrowsAsync<NotSupportedException>(() => writes[1]);
        // A broken constraint is a bug of ours and must not look like an outage.
        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => writes[2]);
        await writes[3];
        Assert.Equal(["after", "before"], await KeysAsync());
    }

    [Fact]
    public async Task Transaction_that_ends_by_itself_UndoesAndFailsTheWholeGroup()
    {
        var writes = await QueueTogetherAsync(
            [Insert("before"), session => { session.Run("ROLLBACK"); return ThrowBug(); }, Insert("after")]);

        foreach (var write in writes)
            await Assert.ThrowsAsync<StoreUnavailableException>(() => write);

        Assert.Empty(await KeysAsync());
        await Database.WriteAsync(Insert("next"), CancellationToken.None);
        Assert.Equal(["next"], await KeysAsync());
    }

    [Fact]
    public async Task Write_beyond_the_queue_IsRefusedAtOnce()
    {
        var writes = await QueueTogetherAsync(Enumerable.Range(0, 12).Select(i => Insert($"{i:D2}")));

        await Task.WhenAll(writes.Take(10));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => writes[10]);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => writes[11]);
        Assert.Equal(10, (await KeysAsync()).Count);
    }

    [Fact]
    public async Task Closing_FinishesTheWaitingWritesAndRefusesLaterOnes()
    {
        var writes = await QueueTogetherAsync([Insert("a"), Insert("b")]);

        await Database.DisposeAsync();

        await Task.WhenAll(writes);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Database.WriteAsync(Insert("c"), CancellationToken.None));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => KeysAsync());
    }

    [Fact]
    public async Task Commits_AreCountedByOutcome()
    {
        await using var store = new SqliteLedgerStore(Database, TimeProvider.System);
        var writer = new TestWriter("pbx-1");
        using var meter = new MeterCapture();

        await writer.CommitAsync(store);
        await store.CommitAsync(new() { PbxId = "pbx-1", Next = new(9, "other", 0) }, CancellationToken.None);

        Assert.Equal(
            ["store=sqlite outcome=Committed", "store=sqlite outcome=Fenced"], meter.Of("classound.storage.commits").Select(m => m.Tags));
        Assert.Equal(2, meter.Of("classound.storage.write_duration").Count);
    }

    private static Func<SqliteSession, int> Insert(string key) =>
        session => session.Statement("INSERT INTO meta (key, value) VALUES (?1, 'test')").Bind(1, key).Run();

    private static int ThrowBug() => throw new NotSupportedException("a bug");

    // Wrapped in a list: awaiting the outer write must not await the inner ones.
    private Task<List<Task<int>>> QueueTogetherAsync(IEnumerable<Func<SqliteSession, int>> bodies) =>
        Database.WriteAsync(_ => bodies.Select(body => Database.WriteAsync(body, CancellationToken.None)).ToList(), CancellationToken.None);

    private Task<List<string>> KeysAsync() => Database.ReadAsync(
        session => session.Statement("SELECT key FROM meta WHERE value = 'test' ORDER BY key").All(row => row.Text(0)),
        CancellationToken.None);
}
