using Classound.Storage;
using Classound.Storage.Redis;
using Classound.Storage.Sqlite;

namespace Classound.Silo;

/// <summary>The ledger, opened before anything else starts: a store that refuses stops the start with its reason.</summary>
internal sealed class OpenStore : IAsyncDisposable
{
    public required ILedgerStore Ledger { get; init; }

    /// <summary>The embedded database, which keeps grain state too; null on Redis.</summary>
    public SqliteDatabase? Database { get; init; }

    public static async Task<OpenStore> Open(ClassoundOptions options, TimeProvider clock, ILogger log, CancellationToken cancellation)
    {
        if (options.UsesRedis)
        {
            var redis = new RedisStoreOptions { Configuration = options.Redis, Partitions = options.Partitions };
            return new OpenStore { Ledger = await RedisLedgerStore.ConnectAsync(redis, clock, cancellation, log) };
        }
        var database = SqliteDatabase.Open(new SqliteDatabaseOptions { Folder = options.DataFolder, Partitions = options.Partitions }, log);
        return new OpenStore { Ledger = new SqliteLedgerStore(database, clock, log), Database = database };
    }

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        if (Database is not null) await Database.DisposeAsync();
    }
}
