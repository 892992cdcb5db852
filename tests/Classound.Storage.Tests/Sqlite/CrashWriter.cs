using Classound.Storage.Sqlite;
using Classound.Storage.Tests.Contract;

namespace Classound.Storage.Tests.Sqlite;

/// <summary>
/// The process that <see cref="SqliteCrashTests"/> kills: it commits for several PBXs until it dies, and reports every commit
/// that was acknowledged as a line "pbx number".
/// </summary>
internal static class CrashWriter
{
    public const int Pbxs = 16;
    public const int Partitions = 4;

    public static async Task<int> RunAsync(string folder)
    {
        await using var database = SqliteDatabase.Open(new SqliteDatabaseOptions { Folder = folder, Partitions = Partitions });
        await using var store = new SqliteLedgerStore(database, TimeProvider.System);
        var acknowledged = Console.Out;
        await Task.WhenAll(Enumerable.Range(0, Pbxs).Select(i => Task.Run(() => CommitForEverAsync(store, $"pbx-{i}", acknowledged))));
        return 0;
    }

    // Commit k changes each kind of thing that a commit can change, all from k, so that a half of it would show.
    public static void Fill(LedgerCommit commit, long number)
    {
        var text = TestWriter.Bytes($"{number}");
        commit.Changes.AddRange([new(0, "first", text), new(0, "last", text), new(202610, "closed", text)]);
        commit.RatedCalls.Add(new($"call-{number}", 202611, 202611, text));
        commit.NotSettled.Add(new($"call-{number}", 202611, 202610));
        commit.Leases.AddRange([new($"call-{number - 1}", null), new($"call-{number}", DateTimeOffset.UnixEpoch)]);
    }

    private static async Task CommitForEverAsync(SqliteLedgerStore store, string pbx, TextWriter acknowledged)
    {
        var writer = new TestWriter(pbx, Guid.NewGuid().ToString("N"));
        var snapshot = await writer.LoadAsync(store);
        var number = snapshot.Fields.TryGetValue("last", out var last) ? CrashAudit.Number(last) : 0;
        while (true)
        {
            number++;
            await writer.CommitAsync(store, c => Fill(c, number));
            await acknowledged.WriteLineAsync($"{pbx} {number}");
        }
    }
}
