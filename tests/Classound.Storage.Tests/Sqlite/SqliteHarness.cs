using Classound.Storage.Sqlite;
using Classound.Storage.Tests.Contract;

namespace Classound.Storage.Tests.Sqlite;

/// <summary>An embedded store in a folder of its own.</summary>
internal sealed class SqliteHarness : StoreHarness
{
    private SqliteLedgerStore? _store;
    private SqliteDatabase? _database;

    public string Folder { get; } = Directory.CreateTempSubdirectory("classound-store-").FullName;

    public SqliteDatabase Database => _database!;

    public override async Task<ILedgerStore> OpenAsync(int partitions = PbxPartition.DefaultCount)
    {
        await CloseAsync();
        _database = SqliteDatabase.Open(new SqliteDatabaseOptions { Folder = Folder, Partitions = partitions });
        _store = new SqliteLedgerStore(_database, Time);
        return _store;
    }

    public async Task CloseAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
