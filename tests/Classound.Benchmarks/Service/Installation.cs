using System.Globalization;
using Classound.Benchmarks.Load;
using Classound.Benchmarks.Processes;
using Classound.EndToEnd.Tests;
using Classound.Storage;
using Classound.Storage.Redis;
using Classound.Storage.Sqlite;
using Classound.Storage.Tests.Redis;

namespace Classound.Benchmarks.Service;

/// <summary>One suite with its store and its provisioned PBXs, all as processes of their own on loopback.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("classound-benchmark-").FullName;
    private readonly List<SiloProcess> _silos = [];

    private Installation(RedisServer? redis) => Redis = redis;

    public RedisServer? Redis { get; }

    public IReadOnlyList<SiloProcess> Silos => _silos;

    public IReadOnlyList<string> Addresses => [.. _silos.Select(silo => silo.Address)];

    /// <summary>On a real Redis whose rewrites of the append-only file are off, so that none falls into a window.</summary>
    public static async Task<Installation> OnRedis(string appendFsync, int pbxs, int silos, int seed)
    {
        var installation = new Installation(await RedisServer.StartAsync(appendFsync, "--auto-aof-rewrite-percentage", "0"));
        await installation.StartSilos(silos);
        await installation.ProvisionPrices(seed);
        var options = new RedisStoreOptions { Configuration = installation.Redis!.Configuration };
        await using var store = await RedisLedgerStore.ConnectAsync(options, TimeProvider.System, CancellationToken.None);
        await Provisioning.Pbxs(store, pbxs);
        return installation;
    }

    /// <summary>On the embedded store, which has one owner at a time: it is filled between two runs of the silo.</summary>
    public static async Task<Installation> OnSqlite(int pbxs, int seed)
    {
        var installation = new Installation(null);
        await installation.StartSilos(1);
        await installation.ProvisionPrices(seed);
        await installation.StopSilos();
        await using (var database = SqliteDatabase.Open(new SqliteDatabaseOptions { Folder = installation._folder }))
        await using (var store = new SqliteLedgerStore(database, TimeProvider.System))
        {
            await Provisioning.Pbxs(store, pbxs);
        }

        await installation.StartSilos(1);
        return installation;
    }

    /// <summary>CPU of silos and Redis, and the bytes that Redis is sent.</summary>
    public Meters Meters()
    {
        var silos = _silos.Select(silo => ("silo", (Func<double>)(() => ProcessClock.Seconds(silo.Id))));
        return Redis is not { } redis
            ? Load.Meters.Of(null, [.. silos])
            : Load.Meters.Of(BytesIn, [.. silos, ("redis", () => ProcessClock.Seconds(redis.Id))]);
    }

    public string Pids() => string.Join(
        ", ", _silos.Select(silo => string.Create(CultureInfo.InvariantCulture, $"silo {silo.Id}"))
            .Concat(Redis is null ? [] : [string.Create(CultureInfo.InvariantCulture, $"redis {Redis.Id}")]));

    public async ValueTask DisposeAsync()
    {
        await StopSilos();
        if (Redis is not null) await Redis.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartSilos(int count)
    {
        var settings = new Dictionary<string, string>();
        if (Redis is not null) (settings["Store"], settings["Redis"]) = ("redis", Redis.Configuration);
        _silos.AddRange(await Task.WhenAll(Enumerable.Range(0, count).Select(_ => SiloProcess.Start(_folder, settings))));
    }

    private async Task StopSilos()
    {
        foreach (var silo in _silos)
        {
            await silo.Terminate();
            await silo.WaitForExit();
            await silo.DisposeAsync();
        }

        _silos.Clear();
    }

    private async Task ProvisionPrices(int seed)
    {
        using var channel = _silos[0].Connect();
        await Provisioning.Prices(channel, seed);
    }

    private async Task<long> BytesIn()
    {
        var stats = (string)(await Redis!.ExecuteAsync("INFO", "stats"))!;
        const string Name = "total_net_input_bytes:";
        var line = stats.Split('\n').First(line => line.StartsWith(Name, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(Name.Length), CultureInfo.InvariantCulture);
    }
}
