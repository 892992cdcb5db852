using Classound.Storage.Sqlite;
using Classound.Storage.Tests.Faults;
using Xunit.Abstractions;

namespace Classound.Storage.Tests.Sqlite;

public sealed class SqliteFullDiskTests(ITestOutputHelper output)
{
    private const int Rounds = 5;

    [SkippableFact]
    public async Task Full_disk_RefusesWholeCommitsAndNeedsNoRestartWhenThereIsSpace()
    {
        using var disk = SmallDisk.Mount(megabytes: 24);
        var hammer = new Hammer(bytes: 2000);
        await using (var database = Open(disk))
        await using (var store = new SqliteLedgerStore(database, TimeProvider.System))
        {
            for (var round = 1; round <= Rounds; round++)
            {
                await hammer.RunAsync(store, () => hammer.Total > round * 200);
                disk.Fill();
                var (unavailable, unknown) = await hammer.RunAsync(store);

                // Definitely not applied, all of them: nothing is left in doubt.
                Assert.Equal((CrashWriter.Pbxs, 0), (unavailable, unknown));
                Assert.False(await store.IsHealthyAsync(CancellationToken.None));
                Assert.Equal(hammer.Total, await hammer.AuditAsync(store)); // reads go on

                disk.Free();
                Assert.Equal(0, await hammer.ResendAsync(store));
                Assert.True(await store.IsHealthyAsync(CancellationToken.None));
                Assert.Equal(hammer.Total, await hammer.AuditAsync(store));
                output.WriteLine($"round {round}: full at {hammer.Total - CrashWriter.Pbxs} commits, {unavailable} refused, all there after space returned");
            }
        }

        await using var again = Open(disk);
        await using var reopened = new SqliteLedgerStore(again, TimeProvider.System);
        Assert.Equal(hammer.Total, await hammer.AuditAsync(reopened));
    }

    private static SqliteDatabase Open(SmallDisk disk) =>
        SqliteDatabase.Open(new SqliteDatabaseOptions { Folder = Path.Combine(disk.Folder, "data"), Partitions = CrashWriter.Partitions });
}
