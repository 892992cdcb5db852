namespace Classound.Storage.Sqlite;

/// <summary>The capped log of denials and emergency calls. Triggers keep the number of calls per PBX (see the schema).</summary>
internal static class SqliteCallLog
{
    /// <summary>Entries per write, so that a burst of denials never holds a group of commits up.</summary>
    public const int MaxBatch = 500;

    public static int Append(SqliteSession session, IReadOnlyList<CallLogEntry> entries)
    {
        var put = session.Statement("""
            INSERT INTO call_log (pbx, call_id, at, data) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (pbx, call_id) DO UPDATE SET at = excluded.at, data = excluded.data WHERE at <= excluded.at
            """);
        foreach (var entry in entries)
        {
            put.Bind(1, entry.PbxId).Bind(2, StoreLimits.Bytes(entry.CallId)).Bind(3, entry.At.ToUnixTimeMilliseconds())
                .Bind(4, entry.Data).Run();
        }

        foreach (var pbx in entries.Select(e => e.PbxId).Distinct(StringComparer.Ordinal))
            Trim(session, pbx);

        return entries.Count;
    }

    public static CallLogEntry? Find(SqliteSession session, string pbxId, string callId, DateTimeOffset now) => session
        .Statement("SELECT at, data FROM call_log WHERE pbx = ?1 AND call_id = ?2 AND at > ?3")
        .Bind(1, pbxId).Bind(2, StoreLimits.Bytes(callId)).Bind(3, Oldest(now))
        .TryFirst(row => new CallLogEntry(pbxId, callId, StoredTime.FromMilliseconds(row.Integer(0)), row.Blob(1).ToArray()), out var entry)
        ? entry
        : null;

    public static IReadOnlyList<CallLogEntry> List(SqliteSession session, string pbxId, CallLogPosition? after, int max, DateTimeOffset now) => session
        .Statement("""
            SELECT call_id, at, data FROM call_log
            WHERE pbx = ?1 AND at > ?2 AND (at, call_id) < (?3, ?4) ORDER BY at DESC, call_id DESC LIMIT ?5
            """)
        .Bind(1, pbxId).Bind(2, Oldest(now)).Bind(3, after?.At.ToUnixTimeMilliseconds() ?? long.MaxValue)
        .Bind(4, after is { } position ? StoreLimits.Bytes(position.CallId) : []).Bind(5, max)
        .All(row => new CallLogEntry(pbxId, StoreLimits.Text(row.Blob(0)), StoredTime.FromMilliseconds(row.Integer(1)), row.Blob(2).ToArray()));

    /// <summary>Removes at most <paramref name="max"/> entries that are too old; returns how many.</summary>
    public static int Expire(SqliteSession session, DateTimeOffset now, int max) => session
        .Statement("""
            DELETE FROM call_log WHERE (pbx, call_id) IN (SELECT pbx, call_id FROM call_log WHERE at <= ?1 ORDER BY at LIMIT ?2)
            """)
        .Bind(1, Oldest(now)).Bind(2, max).Run();

    private static void Trim(SqliteSession session, string pbx)
    {
        session.Statement("SELECT calls FROM call_log_size WHERE pbx = ?1").Bind(1, pbx).TryFirst(row => row.Integer(0), out var calls);
        if (calls <= CallLogEntry.MaxPerPbx)
            return;

        session
            .Statement("""
                DELETE FROM call_log WHERE pbx = ?1 AND call_id IN (SELECT call_id FROM call_log WHERE pbx = ?1 ORDER BY at LIMIT ?2)
                """)
            .Bind(1, pbx).Bind(2, calls - CallLogEntry.MaxPerPbx).Run();
    }

    private static long Oldest(DateTimeOffset now) => (now - CallLogEntry.KeptFor).ToUnixTimeMilliseconds();
}
