namespace Classound.Storage.Sqlite;

/// <summary>The reads of the ledger; each runs in one read transaction.</summary>
internal static class LedgerReads
{
    private const string Columns = "c.id, c.call_id, c.usage_month, c.billing_month, c.data";

    public static LedgerSnapshot Load(SqliteSession session, string pbxId)
    {
        var (id, version) = CommitApplication.FindPbx(session, pbxId);
        return new LedgerSnapshot(version, version is null ? [] : Fields(session, id, section: 0));
    }

    public static LedgerVersion? LoadVersion(SqliteSession session, string pbxId) => CommitApplication.FindPbx(session, pbxId).Version;

    public static IReadOnlyDictionary<string, byte[]> LoadMonth(SqliteSession session, string pbxId, int month) =>
        Fields(session, CommitApplication.FindPbx(session, pbxId).Id, month);

    public static StoredRatedCall? FindSettled(SqliteSession session, string pbxId, string callId, IReadOnlyList<int> usageMonths)
    {
        var pbx = CommitApplication.FindPbx(session, pbxId).Id;
        StoredRatedCall? newest = null;
        foreach (var month in usageMonths)
        {
            var found = session
                .Statement($"""
                    SELECT {Columns} FROM settled s JOIN rated_call c ON c.id = s.rated_call_id
                    WHERE s.pbx_id = ?1 AND s.usage_month = ?2 AND s.call_id = ?3
                    """)
                .Bind(1, pbx).Bind(2, month).Bind(3, StoreLimits.Bytes(callId))
                .TryFirst(RatedCall, out var call);
            // All are of one partition, so the higher sequence is the newer entry.
            if (found && (newest is null || call!.Sequence > newest.Sequence))
                newest = call;
        }

        return newest;
    }

    public static IReadOnlyList<StoredRatedCall> ListRatedCalls(
        SqliteSession session, string pbxId, int partition, int billingMonth, long afterSequence, int max) => session
        .Statement($"""
            SELECT {Columns} FROM rated_call c
            WHERE c.pbx_id = ?1 AND c.billing_month = ?2 AND c.id > ?3 ORDER BY c.id LIMIT ?4
            """)
        .Bind(1, CommitApplication.FindPbx(session, pbxId).Id).Bind(2, billingMonth)
        .Bind(3, RatedCallId.Of(partition, afterSequence)).Bind(4, max)
        .All(RatedCall);

    public static IReadOnlyList<StoredRatedCall> ListNewestRatedCalls(
        SqliteSession session, string pbxId, int partition, int billingMonth, long beforeSequence, int max) => session
        .Statement($"""
            SELECT {Columns} FROM rated_call c
            WHERE c.pbx_id = ?1 AND c.billing_month = ?2 AND c.id < ?3 ORDER BY c.id DESC LIMIT ?4
            """)
        .Bind(1, CommitApplication.FindPbx(session, pbxId).Id).Bind(2, billingMonth)
        .Bind(3, RatedCallId.Before(partition, beforeSequence)).Bind(4, max)
        .All(RatedCall);

    public static IReadOnlyList<DueLease> ListDueLeases(SqliteSession session, int partition, DateTimeOffset until, int max) => session
        .Statement("""
            SELECT p.name, l.call_id, l.ends_at FROM lease l JOIN pbx p ON p.id = l.pbx_id
            WHERE l.partition = ?1 AND l.ends_at <= ?2 ORDER BY l.ends_at LIMIT ?3
            """)
        .Bind(1, partition).Bind(2, until.ToUnixTimeMilliseconds()).Bind(3, max)
        .All(row => new DueLease(row.Text(0), StoreLimits.Text(row.Blob(1)), StoredTime.FromMilliseconds(row.Integer(2))));

    private static Dictionary<string, byte[]> Fields(SqliteSession session, long pbx, int section)
    {
        var rows = session
            .Statement("SELECT name, value FROM field WHERE pbx_id = ?1 AND section = ?2")
            .Bind(1, pbx).Bind(2, section)
            .All(row => KeyValuePair.Create(StoreLimits.Text(row.Blob(0)), row.Blob(1).ToArray()));
        return new Dictionary<string, byte[]>(rows, StringComparer.Ordinal);
    }

    private static StoredRatedCall RatedCall(SqliteStatement row) => new(
        RatedCallId.Partition(row.Integer(0)), RatedCallId.Sequence(row.Integer(0)), StoreLimits.Text(row.Blob(1)),
        (int)row.Integer(2), (int)row.Integer(3), row.Blob(4).ToArray());
}
