using Classound.Storage.Tests.Redis;

namespace Classound.EndToEnd.Tests;

/// <summary>Several hosts as processes of their own on one real Redis.</summary>
public sealed class SiloCluster : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("classound-cluster-").FullName;

    private SiloCluster(RedisServer redis) => Redis = redis;

    public RedisServer Redis { get; }

    public List<SiloProcess> Silos { get; } = [];

    /// <summary>Starts Redis and then all silos at once; skips the test where there is no redis-server.</summary>
    public static async Task<SiloCluster> Start(int silos, string appendFsync = "everysec")
    {
        var cluster = new SiloCluster(await RedisServer.StartAsync(appendFsync));
        try
        {
            await cluster.StartSilos(silos);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async Task StartSilos(int count) =>
        Silos.AddRange(await Task.WhenAll(Enumerable.Range(0, count).Select(_ => StartSilo())));

    public Task<SiloProcess> StartSilo() =>
        SiloProcess.Start(_folder, new Dictionary<string, string> { ["Store"] = "redis", ["Redis"] = Redis.Configuration });

    public async Task KillSilos()
    {
        foreach (var silo in Silos) await silo.DisposeAsync();
        Silos.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await KillSilos();
        await Redis.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
