using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Classound.Storage.Tests.Sqlite;

public sealed class SqliteCrashTests(ITestOutputHelper output)
{
    private const int Rounds = 20;

    [Fact]
    public async Task Killed_process_LosesNoAcknowledgedCommitAndLeavesNoHalfOne()
    {
        await using var harness = new SqliteHarness();
        var random = new Random(20261122);
        var pbxs = Enumerable.Range(0, CrashWriter.Pbxs).Select(i => $"pbx-{i}").ToList();
        var acknowledged = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var round = 1; round <= Rounds; round++)
        {
            // Kill after a number of acknowledgements, not after a time: the commits in flight then are at any step.
            await RunAndKillAsync(harness.Folder, random.Next(1, 400), acknowledged);

            var store = await harness.OpenAsync(CrashWriter.Partitions);
            var stored = await CrashAudit.CheckAsync(store, acknowledged, pbxs);
            output.WriteLine($"round {round}: {acknowledged.Values.Sum()} commits acknowledged, {stored} stored");
            await harness.CloseAsync();
        }
    }

    private static async Task RunAndKillAsync(string folder, int acknowledgements, Dictionary<string, long> acknowledged)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SqliteCrashTests).Assembly.Location, "crash-writer", folder])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        for (var i = 0; i < acknowledgements; i++)
        {
            var line = await process.StandardOutput.ReadLineAsync();
            Note(acknowledged, line ?? throw new InvalidOperationException("The writer ended by itself."));
        }

        process.Kill();
        // What it wrote before it died was acknowledged too. A line that the kill cut in two says nothing: its number may be short.
        var rest = await process.StandardOutput.ReadToEndAsync();
        foreach (var line in rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Note(acknowledged, line);

        await process.WaitForExitAsync();
    }

    private static void Note(Dictionary<string, long> acknowledged, string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var number = long.Parse(line.AsSpan(space + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        acknowledged[line[..space]] = Math.Max(number, acknowledged.GetValueOrDefault(line[..space]));
    }
}
