namespace Classound.Storage.Sqlite;

/// <summary>
/// Applies a checked commit inside its savepoint. All questions come before the first write, so that a refused commit
/// leaves nothing to undo.
/// </summary>
internal static class CommitApplication
{
    public static CommitResult Apply(SqliteSession session, LedgerCommit commit, int partition, DateTimeOffset now)
    {
        var row = FindPbx(session, commit.PbxId);
        var next = commit.Next;
        if (row.Version == next)
            return new CommitResult(CommitOutcome.AlreadyCommitted, next, []);
        if (row.Version != commit.Expected)
            return new CommitResult(CommitOutcome.Fenced, row.Version, []);

        var settled = FindSettled(session, row.Id, commit.NotSettled);
        if (settled.Count > 0)
            return new CommitResult(CommitOutcome.AlreadySettled, row.Version, settled);

        var pbx = StoreVersion(session, commit);
        ApplyChanges(session, pbx, commit.Changes);
        AppendRatedCalls(session, pbx, commit.RatedCalls, partition, now);
        ApplyLeases(session, pbx, commit.Leases, partition);
        return new CommitResult(CommitOutcome.Committed, next, []);
    }

    /// <summary>Row id and version of a PBX; id 0 (which no row has) and no version when it was never written.</summary>
    public static (long Id, LedgerVersion? Version) FindPbx(SqliteSession session, string pbxId) => session
        .Statement("SELECT id, version FROM pbx WHERE name = ?1")
        .Bind(1, pbxId)
        .TryFirst(row => (row.Integer(0), (LedgerVersion?)LedgerVersion.Parse(row.Text(1))), out var found) ? found : default;

    private static List<string> FindSettled(SqliteSession session, long pbx, List<SettledCheck> checks)
    {
        var settled = new List<string>();
        foreach (var check in checks)
        {
            var found = session
                .Statement("SELECT 1 FROM settled WHERE pbx_id = ?1 AND usage_month IN (?2, ?3) AND call_id = ?4 LIMIT 1")
                .Bind(1, pbx).Bind(2, check.Month1).Bind(3, check.Month2).Bind(4, StoreLimits.Bytes(check.CallId))
                .TryFirst(_ => true, out _);
            if (found)
                settled.Add(check.CallId);
        }

        return settled;
    }

    private static long StoreVersion(SqliteSession session, LedgerCommit commit)
    {
        session
            .Statement("""
                INSERT INTO pbx (name, version) VALUES (?1, ?2)
                ON CONFLICT (name) DO UPDATE SET version = excluded.version RETURNING id
                """)
            .Bind(1, commit.PbxId).Bind(2, commit.Next.ToString())
            .TryFirst(row => row.Integer(0), out var id);
        return id;
    }

    private static void ApplyChanges(SqliteSession session, long pbx, List<FieldChange> changes)
    {
        var set = session.Statement("""
            INSERT INTO field (pbx_id, section, name, value) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (pbx_id, section, name) DO UPDATE SET value = excluded.value
            """);
        var delete = session.Statement("DELETE FROM field WHERE pbx_id = ?1 AND section = ?2 AND name = ?3");
        foreach (var change in changes)
        {
            var statement = change.Value is null ? delete : set.Bind(4, change.Value);
            statement.Bind(1, pbx).Bind(2, change.Section).Bind(3, StoreLimits.Bytes(change.Name)).Run();
        }
    }

    private static void AppendRatedCalls(
        SqliteSession session, long pbx, List<RatedCallEntry> calls, int partition, DateTimeOffset now)
    {
        if (calls.Count == 0)
            return;

        session
            .Statement("""
                INSERT INTO feed (partition, last_sequence) VALUES (?1, ?2)
                ON CONFLICT (partition) DO UPDATE SET last_sequence = last_sequence + ?2 RETURNING last_sequence
                """)
            .Bind(1, partition).Bind(2, calls.Count)
            .TryFirst(row => row.Integer(0), out var last);
        var id = RatedCallId.Of(partition, last - calls.Count);
        foreach (var call in calls)
            AppendRatedCall(session, pbx, call, ++id, now);
    }

    private static void AppendRatedCall(SqliteSession session, long pbx, RatedCallEntry call, long id, DateTimeOffset now)
    {
        var callId = StoreLimits.Bytes(call.CallId);
        session
            .Statement("""
                INSERT INTO rated_call (id, pbx_id, call_id, usage_month, billing_month, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                """)
            .Bind(1, id).Bind(2, pbx).Bind(3, callId).Bind(4, call.UsageMonth).Bind(5, call.BillingMonth).Bind(6, call.Data)
            .Run();
        session
            .Statement("""
                INSERT INTO settled (pbx_id, usage_month, call_id, rated_call_id) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (pbx_id, usage_month, call_id) DO UPDATE SET rated_call_id = excluded.rated_call_id
                """)
            .Bind(1, pbx).Bind(2, call.UsageMonth).Bind(3, callId).Bind(4, id)
            .Run();
        // Written once a day, not with every call: SqliteExpiry counts in days.
        session
            .Statement("""
                INSERT INTO settled_month (pbx_id, usage_month, last_day) VALUES (?1, ?2, ?3)
                ON CONFLICT (pbx_id, usage_month) DO UPDATE SET last_day = excluded.last_day WHERE last_day < excluded.last_day
                """)
            .Bind(1, pbx).Bind(2, call.UsageMonth).Bind(3, SqliteExpiry.DayOf(now))
            .Run();
    }

    private static void ApplyLeases(SqliteSession session, long pbx, List<LeaseChange> leases, int partition)
    {
        foreach (var lease in leases)
        {
            var statement = lease.EndsAt is { } end
                ? session.Statement("""
                    INSERT INTO lease (pbx_id, call_id, partition, ends_at) VALUES (?1, ?2, ?3, ?4)
                    ON CONFLICT (pbx_id, call_id) DO UPDATE SET ends_at = excluded.ends_at
                    """).Bind(3, partition).Bind(4, StoredTime.RoundedUp(end))
                : session.Statement("DELETE FROM lease WHERE pbx_id = ?1 AND call_id = ?2");
            statement.Bind(1, pbx).Bind(2, StoreLimits.Bytes(lease.CallId)).Run();
        }
    }
}
