using Classound.Storage.Tests.Contract;

namespace Classound.Storage.Tests.Sqlite;

public sealed class SqliteCommitTests() : CommitContract(new SqliteHarness());

public sealed class SqliteFenceTests() : FenceContract(new SqliteHarness());

public sealed class SqliteSettlementTests() : SettlementContract(new SqliteHarness());

public sealed class SqliteIdentityTests() : IdentityContract(new SqliteHarness());

public sealed class SqliteParallelTests() : ParallelContract(new SqliteHarness());

public sealed class SqliteCallLogTests() : CallLogContract(new SqliteHarness());

public sealed class SqliteContentTests() : ContentContract(new SqliteHarness());

public sealed class SqliteLeaseTests() : LeaseContract(new SqliteHarness());

public sealed class SqliteInstallationTests() : InstallationContract(new SqliteHarness());
