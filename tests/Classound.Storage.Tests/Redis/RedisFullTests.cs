using System.Globalization;
using Classound.Storage.Tests.Faults;
using Classound.Storage.Tests.Sqlite;
using Xunit.Abstractions;

namespace Classound.Storage.Tests.Redis;

/// <summary>A server without memory, or whose append-only file cannot grow.</summary>
public sealed class RedisFullTests(ITestOutputHelper output)
{
    [SkippableFact]
    public async Task Server_out_of_memory_RefusesWholeCommitsAndNeedsNoRestartWhenThereIsMemory()
    {
        await using var server = await RedisServer.StartAsync();
        await using var harness = new RedisHarness(() => server, "t");
        var store = await harness.OpenAsync(CrashWriter.Partitions);
        var hammer = new Hammer(bytes: 2000);
        for (var round = 1; round <= 5; round++)
        {
            await hammer.RunAsync(store, () => hammer.Total > round * 200);
            await SetMemoryAsync(server, await UsedMemoryAsync(server) + 1_000_000);
            var (unavailable, unknown) = await hammer.RunAsync(store);

            Assert.Equal((CrashWriter.Pbxs, 0), (unavailable, unknown));
            await SetMemoryAsync(server, 1); // at the very edge one write is refused and the next one fits again
            Assert.False(await store.IsHealthyAsync(CancellationToken.None));
            Assert.Equal(hammer.Total, await hammer.AuditAsync(store)); // reads go on

            await SetMemoryAsync(server, 0);
            Assert.Equal(0, await hammer.ResendAsync(store));
            Assert.True(await store.IsHealthyAsync(CancellationToken.None));
            Assert.Equal(hammer.Total, await hammer.AuditAsync(store));
            output.WriteLine($"round {round}: out of memory at {hammer.Total - CrashWriter.Pbxs} commits, {unavailable} refused");
        }
    }

    [SkippableFact]
    public async Task Full_disk_under_everysec_RefusesWholeCommitsAndNeedsNoRestartWhenThereIsSpace()
    {
        using var disk = SmallDisk.Mount(megabytes: 12);
        await using var server = await RedisServer.StartAsync("everysec", "--dir", disk.Folder);
        await using var harness = new RedisHarness(() => server, "t");
        var store = await harness.OpenAsync(CrashWriter.Partitions);
        var hammer = new Hammer(bytes: 2000);
        for (var round = 1; round <= 3; round++)
        {
            await hammer.RunAsync(store, () => hammer.Total > round * 200);
            disk.Fill();
            var (unavailable, unknown) = await hammer.RunAsync(store);

            Assert.Equal((CrashWriter.Pbxs, 0), (unavailable, unknown));
            Assert.False(await store.IsHealthyAsync(CancellationToken.None));
            Assert.Equal(hammer.Total, await hammer.AuditAsync(store)); // reads go on

            disk.Free();
            Assert.Equal(0, await hammer.ResendAsync(store));
            Assert.True(await store.IsHealthyAsync(CancellationToken.None));
            Assert.Equal(hammer.Total, await hammer.AuditAsync(store));
            output.WriteLine($"round {round}: full at {hammer.Total - CrashWriter.Pbxs} commits, {unavailable} refused");
        }
    }

    [SkippableFact]
    public async Task Server_killed_while_its_disk_is_full_LosesWhatItAnsweredBeforeItNoticedAndNothingHalf()
    {
        using var disk = SmallDisk.Mount(megabytes: 12);
        await using var server = await RedisServer.StartAsync("everysec", "--dir", disk.Folder);
        await using var harness = new RedisHarness(() => server, "t");
        var store = await harness.OpenAsync(CrashWriter.Partitions);
        var hammer = new Hammer(bytes: 2000);
        await hammer.RunAsync(store, () => hammer.Total > 500);
        disk.Fill();
        await hammer.RunAsync(store);

        server.Kill();
        disk.Free();
        await server.RestartAsync();

        var reopened = await harness.OpenAsync(CrashWriter.Partitions);
        var lost = await hammer.CountLostAsync(reopened);
        output.WriteLine($"everysec, disk full, killed: {hammer.Total} acknowledged, {lost} of them lost");
    }

    [SkippableFact]
    public async Task Full_disk_under_always_EndsTheServerAndNothingAcknowledgedIsLost()
    {
        using var disk = SmallDisk.Mount(megabytes: 12);
        await using var server = await RedisServer.StartAsync("always", "--dir", disk.Folder);
        await using var harness = new RedisHarness(() => server, "t");
        var store = await harness.OpenAsync(CrashWriter.Partitions);
        var hammer = new Hammer(bytes: 2000);
        for (var round = 1; round <= 3; round++)
        {
            await hammer.RunAsync(store, () => hammer.Total > round * 200);
            disk.Fill();
            var (unavailable, unknown) = await hammer.RunAsync(store);
            await server.WaitForExitAsync(); // its own way: it cannot keep the promise of "always"
            Assert.False(await store.IsHealthyAsync(CancellationToken.None));

            disk.Free();
            await server.RestartAsync();
            var applied = await hammer.ResendAsync(store);
            Assert.True(await store.IsHealthyAsync(CancellationToken.None));
            Assert.Equal(hammer.Total, await hammer.AuditAsync(store));
            output.WriteLine($"round {round}: {hammer.Total} acknowledged; {unavailable} refused, {unknown} without an answer, {applied} of them applied");
        }
    }

    private static async Task SetMemoryAsync(RedisServer server, long bytes) =>
        await server.ExecuteAsync("CONFIG", "SET", "maxmemory", bytes.ToString(CultureInfo.InvariantCulture));

    private static async Task<long> UsedMemoryAsync(RedisServer server)
    {
        var lines = ((string)(await server.ExecuteAsync("INFO", "memory"))!).Split("\r\n");
        return long.Parse(lines.Single(l => l.StartsWith("used_memory:", StringComparison.Ordinal))[12..], CultureInfo.InvariantCulture);
    }
}
