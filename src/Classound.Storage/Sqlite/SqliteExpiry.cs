namespace Classound.Storage.Sqlite;

/// <summary>
/// Removes what is kept for a time only: log entries after 30 days, and the settled index of a PBX and usage month 400 days
/// (13 months) after its last call was settled. The rated calls themselves stay (product.md R20 asks for a year of them).
/// </summary>
/// <remarks>
/// Counted from the last write, not from the usage month: an import of old CDRs settles in months long past, and its
/// repeats have to find what the first run settled.
/// </remarks>
internal static class SqliteExpiry
{
    /// <summary>How long the settled index of a usage month outlives the last call settled in it.</summary>
    public static readonly TimeSpan SettledKeptFor = TimeSpan.FromDays(400);

    /// <summary>Rows per write: a thousand deletes take a few milliseconds, which calls can wait.</summary>
    private const int MaxBatch = 1000;

    public static long DayOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / 86_400;

    /// <summary>Removes all that is due, in small writes.</summary>
    public static async Task RunAsync(SqliteDatabase database, TimeProvider time, CancellationToken ct)
    {
        while (await database.WriteAsync(s => SqliteCallLog.Expire(s, time.GetUtcNow(), MaxBatch), ct).ConfigureAwait(false) == MaxBatch)
        {
        }

        while (await database.WriteAsync(s => ExpireSettled(s, time.GetUtcNow()), ct).ConfigureAwait(false))
        {
        }
    }

    // True while there is more. The month's own row goes last, so that an interrupted run is taken up again.
    private static bool ExpireSettled(SqliteSession session, DateTimeOffset now)
    {
        var due = session.Statement("SELECT pbx_id, usage_month FROM settled_month WHERE last_day < ?1 LIMIT 1")
            .Bind(1, DayOf(now - SettledKeptFor))
            .TryFirst(row => (Pbx: row.Integer(0), Month: row.Integer(1)), out var month);
        if (!due)
            return false;

        var deleted = session
            .Statement("""
                DELETE FROM settled WHERE pbx_id = ?1 AND usage_month = ?2 AND call_id IN (
                    SELECT call_id FROM settled WHERE pbx_id = ?1 AND usage_month = ?2 LIMIT ?3)
                """)
            .Bind(1, month.Pbx).Bind(2, month.Month).Bind(3, MaxBatch).Run();
        if (deleted < MaxBatch)
        {
            session.Statement("DELETE FROM settled_month WHERE pbx_id = ?1 AND usage_month = ?2")
                .Bind(1, month.Pbx).Bind(2, month.Month).Run();
        }

        return true;
    }
}
