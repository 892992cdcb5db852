using System.Collections.Concurrent;
using Classound.Storage.Tests.Contract;
using Classound.Storage.Tests.Faults;
using Classound.Storage.Tests.Sqlite;
using Xunit.Abstractions;

namespace Classound.Storage.Tests.Redis;

public sealed class RedisCrashTests(ITestOutputHelper output)
{
    private const int Rounds = 5;
    private const int Kills = 10;

    [SkippableFact]
    public async Task Killed_server_that_syncs_always_LosesNoAcknowledgedCommitAndLeavesNoHalfOne()
    {
        await using var server = await RedisServer.StartAsync(appendFsync: "always");
        await using var harness = new RedisHarness(() => server, "t");
        var random = new Random(20261122);
        var pbxs = Enumerable.Range(0, CrashWriter.Pbxs).Select(i => $"pbx-{i}").ToList();
        var acknowledged = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        for (var round = 1; round <= Rounds; round++)
        {
            var store = await harness.OpenAsync(CrashWriter.Partitions);
            var killAt = acknowledged.Values.Sum() + random.Next(200, 2000);
            await Task.WhenAll(pbxs.Select(pbx => Task.Run(() => CommitUntilDeadAsync(store, pbx, acknowledged, server, killAt))));

            await server.RestartAsync();
            var reopened = await harness.OpenAsync(CrashWriter.Partitions);
            var stored = await CrashAudit.CheckAsync(reopened, acknowledged, pbxs);
            output.WriteLine($"round {round}: {acknowledged.Values.Sum()} commits acknowledged, {stored} stored");
        }
    }

    /// <summary>
    /// A server writes its file before it answers, so its own death loses nothing unless a slow disk made it put the write off:
    /// the count is reported, not asserted. That nothing is half must hold in any case.
    /// </summary>
    [SkippableTheory]
    [InlineData("everysec")]
    [InlineData("no")]
    public async Task Killed_server_that_syncs_later_LeavesNoHalfCommit(string appendFsync)
    {
        await using var server = await RedisServer.StartAsync(appendFsync);
        await using var harness = new RedisHarness(() => server, "t");
        var random = new Random(20261122);
        var (acknowledged, lost) = (0L, 0L);
        for (var round = 1; round <= Kills; round++)
        {
            server.Kill();
            server.EmptyFolder();
            await server.RestartAsync();
            var store = await harness.OpenAsync(CrashWriter.Partitions);
            var hammer = new Hammer(bytes: 500);
            var killAt = random.Next(200, 3000);
            await hammer.RunAsync(store, () =>
            {
                if (hammer.Total >= killAt)
                    server.Kill();
                return false;
            });

            await server.RestartAsync();
            acknowledged += hammer.Total;
            lost += await hammer.CountLostAsync(await harness.OpenAsync(CrashWriter.Partitions));
        }

        output.WriteLine($"appendfsync {appendFsync}: {Kills} kills, {acknowledged} commits acknowledged, {lost} of them lost");
    }

    private static async Task CommitUntilDeadAsync(
        ILedgerStore store, string pbx, ConcurrentDictionary<string, long> acknowledged, RedisServer server, long killAt)
    {
        try
        {
            var writer = new TestWriter(pbx, Guid.NewGuid().ToString("N"));
            var snapshot = await writer.LoadAsync(store);
            var number = snapshot.Fields.TryGetValue("last", out var last) ? CrashAudit.Number(last) : 0;
            while (true)
            {
                number++;
                await writer.CommitAsync(store, c => CrashWriter.Fill(c, number));
                acknowledged[pbx] = number;
                if (acknowledged.Values.Sum() >= killAt)
                    server.Kill();
            }
        }
        catch (Exception error) when (error is StoreUnavailableException or StoreOutcomeUnknownException)
        {
            // The server is dead, as it should be.
        }
    }
}
