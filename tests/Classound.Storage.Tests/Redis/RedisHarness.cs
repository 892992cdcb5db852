using Classound.Storage.Redis;
using Classound.Storage.Tests.Contract;

namespace Classound.Storage.Tests.Redis;

/// <summary>
/// A store under a key prefix of its own. It is patient unless the test is about time-outs: a busy machine must not fail a test
/// of what a commit does.
/// </summary>
internal sealed class RedisHarness(Func<string> configuration, string prefix, TimeSpan? timeout = null) : StoreHarness
{
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(20);

    private RedisLedgerStore? _store;

    public RedisHarness(Func<RedisServer> server, string prefix, TimeSpan? timeout = null)
        : this(() => server().Configuration, prefix, timeout)
    {
    }

    public RedisHarness(RedisFixture fixture)
        : this(() => fixture.Server, fixture.NextPrefix())
    {
    }

    public RedisHarness(RedisClusterFixture fixture)
        : this(() => fixture.Cluster.Configuration, fixture.NextPrefix())
    {
    }

    public override async Task<ILedgerStore> OpenAsync(int partitions = PbxPartition.DefaultCount)
    {
        await DisposeAsync();
        var options = new RedisStoreOptions
        {
            Configuration = configuration(),
            KeyPrefix = prefix,
            Partitions = partitions,
            Timeout = timeout ?? Patient,
        };
        return _store = await RedisLedgerStore.ConnectAsync(options, Time, CancellationToken.None);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
    }
}
