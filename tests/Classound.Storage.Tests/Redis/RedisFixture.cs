namespace Classound.Storage.Tests.Redis;

/// <summary>One server for all tests that leave it as it is; each uses a key prefix of its own.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private RedisServer? _server;
    private int _prefixes;

    /// <summary>The server; skips the test when there is none.</summary>
    public RedisServer Server
    {
        get
        {
            Skip.If(_server is null, "redis-server is not on the PATH");
            return _server!;
        }
    }

    public string NextPrefix() => $"test-{Interlocked.Increment(ref _prefixes)}";

    public async Task InitializeAsync()
    {
        if (RedisServer.IsInstalled)
            _server = await RedisServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class RedisCollection : ICollectionFixture<RedisFixture>
{
    public const string Name = "redis";
}
