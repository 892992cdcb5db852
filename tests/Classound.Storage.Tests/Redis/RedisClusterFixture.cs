namespace Classound.Storage.Tests.Redis;

/// <summary>One cluster for all tests that leave it as it is; each uses a key prefix of its own.</summary>
public sealed class RedisClusterFixture : IAsyncLifetime
{
    private RedisClusterNodes? _cluster;
    private int _prefixes;

    /// <summary>The cluster; skips the test when there is no redis-server.</summary>
    public RedisClusterNodes Cluster
    {
        get
        {
            Skip.If(_cluster is null, "redis-server is not on the PATH");
            return _cluster!;
        }
    }

    public string NextPrefix() => $"test-{Interlocked.Increment(ref _prefixes)}";

    public async Task InitializeAsync()
    {
        if (RedisServer.IsInstalled)
            _cluster = await RedisClusterNodes.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class RedisClusterCollection : ICollectionFixture<RedisClusterFixture>
{
    public const string Name = "redis-cluster";
}
