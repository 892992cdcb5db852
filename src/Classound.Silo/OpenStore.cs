using Classound.Storage;
using Classound.Storage.Redis;
using Classound.Storage.Sqlite;

namespace Classound.Silo;

/// <summary>The ledger, opened before anything else starts: a store that refuses stops the start with its reason.</summary>
internal sealed class OpenStore : IAsyncDisposable
{
    private static readonly TimeSpan TryEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SayEvery = TimeSpan.FromSeconds(5);

    public required ILedgerStore Ledger { get; init; }

    /// <summary>The embedded database, which keeps grain state too; null on Redis.</summary>
    public SqliteDatabase? Database { get; init; }

    public static async Task<OpenStore> Open(ClassoundOptions options, TimeProvider clock, ILogger log, CancellationToken cancellation)
    {
        if (options.UsesRedis)
        {
            var redis = new RedisStoreOptions
            {
                Configuration = options.Redis, Partitions = options.Partitions, KeyPrefix = options.ServiceId,
                RequireDurableStore = options.RequireDurableStore, CaCertificate = options.RedisCaCertificate,
            };
            return new OpenStore { Ledger = await Connect(redis, options, clock, log, cancellation) };
        }
        var database = SqliteDatabase.Open(new SqliteDatabaseOptions { Folder = options.DataFolder, Partitions = options.Partitions }, log);
        return new OpenStore { Ledger = new SqliteLedgerStore(database, clock, log), Database = database };
    }

    /// <summary>Machines and pods start in any order: a Redis that is not up yet is waited for, and said so.</summary>
    private static async Task<RedisLedgerStore> Connect(
        RedisStoreOptions redis, ClassoundOptions options, TimeProvider clock, ILogger log, CancellationToken cancellation)
    {
        var wait = TimeSpan.FromSeconds(options.RedisWaitSeconds);
        var (started, said) = (clock.GetTimestamp(), TimeSpan.MinValue);
        while (true)
        {
            try
            {
                return await RedisLedgerStore.ConnectAsync(redis, clock, cancellation, log);
            }
            catch (StoreUnavailableException e) when (clock.GetElapsedTime(started) is var waited && waited < wait)
            {
                if (said == TimeSpan.MinValue || waited - said >= SayEvery)
                {
                    Console.Error.WriteLine($"classound: waiting for Redis at {Clustering.WithoutSecrets(options)}, {(wait - waited).TotalSeconds:F0} s more: {e.Message}");
                    said = waited;
                }
                await Task.Delay(TryEvery, clock, cancellation);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        if (Database is not null) await Database.DisposeAsync();
    }
}
