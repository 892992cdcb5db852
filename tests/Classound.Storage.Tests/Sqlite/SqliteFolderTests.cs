using System.Diagnostics;
using Classound.Storage.Sqlite;

namespace Classound.Storage.Tests.Sqlite;

public sealed class SqliteFolderTests
{
    [Fact]
    public async Task Held_folder_RefusesASecondStoreOfTheProcess()
    {
        await using var harness = new SqliteHarness();
        await harness.OpenAsync();

        var refusal = Assert.Throws<StoreStartRefusedException>(() => SqliteDatabase.Open(new() { Folder = harness.Folder }));

        Assert.Contains(harness.Folder, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("classound.lock", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Held_folder_RefusesAnotherProcess()
    {
        await using var harness = new SqliteHarness();
        var store = await harness.OpenAsync();
        var start = new ProcessStartInfo("dotnet", [typeof(SqliteFolderTests).Assembly.Location, "crash-writer", harness.Folder])
        {
            RedirectStandardError = true,
        };

        using var other = Process.Start(start)!;
        var errors = await other.StandardError.ReadToEndAsync();
        await other.WaitForExitAsync();

        Assert.NotEqual(0, other.ExitCode);
        Assert.Contains($"{harness.Folder}/classound.lock", errors, StringComparison.Ordinal);
        Assert.True(await store.IsHealthyAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Closed_folder_CanBeOpenedAgain()
    {
        await using var harness = new SqliteHarness();
        await harness.OpenAsync();
        await harness.CloseAsync();

        Assert.True(await (await harness.OpenAsync()).IsHealthyAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Store_of_another_release_IsRefused()
    {
        await using var harness = new SqliteHarness();
        await harness.OpenAsync();
        await harness.Database.WriteAsync(
            session => session.Statement("UPDATE meta SET value = '2' WHERE key = 'schema_version'").Run(), CancellationToken.None);
        await harness.CloseAsync();

        var refusal = Assert.Throws<StoreStartRefusedException>(() => SqliteDatabase.Open(new() { Folder = harness.Folder }));

        Assert.Contains("schema version 2; this release reads version 1", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("this is not a database, but long enough to look like a header of one: 0123456789 0123456789 0123456789")]
    public async Task Foreign_file_IsRefusedAndLeftAlone(string content)
    {
        await using var harness = new SqliteHarness();
        var file = Path.Combine(harness.Folder, SqliteDatabaseOptions.FileName);
        await File.WriteAllTextAsync(file, content);

        var refusal = Assert.Throws<StoreStartRefusedException>(() => SqliteDatabase.Open(new() { Folder = harness.Folder }));

        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Writer_SyncsEveryCommit()
    {
        await using var harness = new SqliteHarness();
        await harness.OpenAsync();

        var (synchronous, journal) = await harness.Database.WriteAsync(
            session => (Pragma(session, "synchronous"), Pragma(session, "journal_mode")), CancellationToken.None);

        Assert.Equal(("2", "wal"), (synchronous, journal)); // 2 = FULL
    }

    private static string Pragma(SqliteSession session, string name) =>
        session.Statement($"PRAGMA {name}").TryFirst(row => row.Text(0), out var value) ? value! : "";
}
