using Classound.Storage.Tests.Contract;

namespace Classound.Storage.Tests.Redis;

[Collection(RedisClusterCollection.Name)]
public sealed class RedisClusterCommitTests(RedisClusterFixture redis) : CommitContract(new RedisHarness(redis));

[Collection(RedisClusterCollection.Name)]
public sealed class RedisClusterFenceTests(RedisClusterFixture redis) : FenceContract(new RedisHarness(redis));

[Collection(RedisClusterCollection.Name)]
public sealed class RedisClusterSettlementTests(RedisClusterFixture redis) : SettlementContract(new RedisHarness(redis));

[Collection(RedisClusterCollection.Name)]
public sealed class RedisClusterIdentityTests(RedisClusterFixture redis) : IdentityContract(new RedisHarness(redis));

[Collection(RedisClusterCollection.Name)]
public sealed class RedisClusterParallelTests(RedisClusterFixture redis) : ParallelContract(new RedisHarness(redis));

[Collection(RedisClusterCollection.Name)]
public sealed class RedisClusterCallLogTests(RedisClusterFixture redis) : CallLogContract(new RedisHarness(redis));

[Collection(RedisClusterCollection.Name)]
public sealed class RedisClusterContentTests(RedisClusterFixture redis) : ContentContract(new RedisHarness(redis));

[Collection(RedisClusterCollection.Name)]
public sealed class RedisClusterLeaseTests(RedisClusterFixture redis) : LeaseContract(new RedisHarness(redis));

[Collection(RedisClusterCollection.Name)]
public sealed class RedisClusterInstallationTests(RedisClusterFixture redis) : InstallationContract(new RedisHarness(redis));
