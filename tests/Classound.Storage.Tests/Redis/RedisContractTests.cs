using Classound.Storage.Tests.Contract;

namespace Classound.Storage.Tests.Redis;

[Collection(RedisCollection.Name)]
public sealed class RedisCommitTests(RedisFixture redis) : CommitContract(new RedisHarness(redis));

[Collection(RedisCollection.Name)]
public sealed class RedisFenceTests(RedisFixture redis) : FenceContract(new RedisHarness(redis));

[Collection(RedisCollection.Name)]
public sealed class RedisSettlementTests(RedisFixture redis) : SettlementContract(new RedisHarness(redis));

[Collection(RedisCollection.Name)]
public sealed class RedisIdentityTests(RedisFixture redis) : IdentityContract(new RedisHarness(redis));

[Collection(RedisCollection.Name)]
public sealed class RedisParallelTests(RedisFixture redis) : ParallelContract(new RedisHarness(redis));

[Collection(RedisCollection.Name)]
public sealed class RedisCallLogTests(RedisFixture redis) : CallLogContract(new RedisHarness(redis));

[Collection(RedisCollection.Name)]
public sealed class RedisContentTests(RedisFixture redis) : ContentContract(new RedisHarness(redis));

[Collection(RedisCollection.Name)]
public sealed class RedisLeaseTests(RedisFixture redis) : LeaseContract(new RedisHarness(redis));

[Collection(RedisCollection.Name)]
public sealed class RedisInstallationTests(RedisFixture redis) : InstallationContract(new RedisHarness(redis));
