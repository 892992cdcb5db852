using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classound.Storage.Sqlite;

/// <summary>The ledger on the embedded database: the default, for one node. Durable before it answers (WAL, synchronous FULL).</summary>
public sealed class SqliteLedgerStore : ILedgerStore
{
    private const string Store = "sqlite";
    private static readonly TimeSpan HealthTimeout = TimeSpan.FromSeconds(2);

    private readonly SqliteDatabase _database;
    private readonly TimeProvider _time;
    private readonly SqliteExpirySchedule _expiry;

    /// <summary>Uses a database that stays its owner's to close, after this store.</summary>
    public SqliteLedgerStore(SqliteDatabase database, TimeProvider time, ILogger? log = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(time);
        _database = database;
        _time = time;
        StorageMetrics.Started();
        _expiry = new SqliteExpirySchedule(database, time, log ?? NullLogger.Instance);
    }

    /// <inheritdoc/>
    public int PartitionCount => _database.PartitionCount;

    /// <inheritdoc/>
    public Task<LedgerSnapshot> LoadAsync(string pbxId, CancellationToken ct)
    {
        StoreLimits.CheckPbxId(pbxId);
        return _database.ReadAsync(session => LedgerReads.Load(session, pbxId), ct);
    }

    /// <inheritdoc/>
    public Task<LedgerVersion?> LoadVersionAsync(string pbxId, CancellationToken ct)
    {
        StoreLimits.CheckPbxId(pbxId);
        return _database.ReadAsync(session => LedgerReads.LoadVersion(session, pbxId), ct);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, byte[]>> LoadMonthAsync(string pbxId, int month, CancellationToken ct)
    {
        StoreLimits.CheckPbxId(pbxId);
        StoreLimits.CheckMonth(month);
        return _database.ReadAsync(session => LedgerReads.LoadMonth(session, pbxId, month), ct);
    }

    /// <inheritdoc/>
    public Task<CommitResult> CommitAsync(LedgerCommit commit, CancellationToken ct)
    {
        CommitCheck.Check(commit);
        var partition = PbxPartition.Of(commit.PbxId, PartitionCount);
        return StorageMetrics.MeasureAsync(Store, _time, () => _database.WriteAsync(
            session => CommitApplication.Apply(session, commit, partition, _time.GetUtcNow()), ct));
    }

    /// <inheritdoc/>
    public Task<StoredRatedCall?> FindSettledAsync(
        string pbxId, string callId, IReadOnlyList<int> usageMonths, CancellationToken ct)
    {
        StoreLimits.CheckPbxId(pbxId);
        StoreLimits.CheckCallId(callId);
        ArgumentNullException.ThrowIfNull(usageMonths);
        return _database.ReadAsync(session => LedgerReads.FindSettled(session, pbxId, callId, usageMonths), ct);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredRatedCall>> ListRatedCallsAsync(
        string pbxId, int billingMonth, long afterSequence, int max, CancellationToken ct)
    {
        StoreLimits.CheckPbxId(pbxId);
        StoreLimits.CheckMonth(billingMonth);
        StoreLimits.CheckPage(max);
        ArgumentOutOfRangeException.ThrowIfNegative(afterSequence);
        var partition = PbxPartition.Of(pbxId, PartitionCount);
        return _database.ReadAsync(
            session => LedgerReads.ListRatedCalls(session, pbxId, partition, billingMonth, afterSequence, max), ct);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredRatedCall>> ListNewestRatedCallsAsync(
        string pbxId, int billingMonth, long beforeSequence, int max, CancellationToken ct)
    {
        StoreLimits.CheckPbxId(pbxId);
        StoreLimits.CheckMonth(billingMonth);
        StoreLimits.CheckPage(max);
        ArgumentOutOfRangeException.ThrowIfLessThan(beforeSequence, 1);
        var partition = PbxPartition.Of(pbxId, PartitionCount);
        return _database.ReadAsync(
            session => LedgerReads.ListNewestRatedCalls(session, pbxId, partition, billingMonth, beforeSequence, max), ct);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DueLease>> ListDueLeasesAsync(int partition, DateTimeOffset until, int max, CancellationToken ct)
    {
        StoreLimits.CheckPartition(partition, PartitionCount);
        StoreLimits.CheckPage(max);
        return _database.ReadAsync(session => LedgerReads.ListDueLeases(session, partition, until, max), ct);
    }

    /// <inheritdoc/>
    public async Task AppendCallLogAsync(IReadOnlyList<CallLogEntry> entries, CancellationToken ct)
    {
        CommitCheck.Check(entries);
        foreach (var batch in entries.Chunk(SqliteCallLog.MaxBatch))
            await _database.WriteAsync(session => SqliteCallLog.Append(session, batch), ct).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<CallLogEntry?> FindCallLogAsync(string pbxId, string callId, CancellationToken ct)
    {
        StoreLimits.CheckPbxId(pbxId);
        StoreLimits.CheckCallId(callId);
        return _database.ReadAsync(session => SqliteCallLog.Find(session, pbxId, callId, _time.GetUtcNow()), ct);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<CallLogEntry>> ListCallLogAsync(string pbxId, CallLogPosition? after, int max, CancellationToken ct)
    {
        StoreLimits.CheckPbxId(pbxId);
        StoreLimits.CheckPage(max);
        if (after is { } position) StoreLimits.CheckCallId(position.CallId);
        return _database.ReadAsync(session => SqliteCallLog.List(session, pbxId, after, max, _time.GetUtcNow()), ct);
    }

    /// <inheritdoc/>
    public Task PutContentAsync(string sha256, byte[] content, CancellationToken ct)
    {
        ContentChunks.CheckNew(sha256, content);
        return SqliteContent.PutAsync(_database, sha256, content, ct);
    }

    /// <inheritdoc/>
    public async Task<byte[]?> GetContentAsync(string sha256, CancellationToken ct)
    {
        StoreLimits.CheckSha256(sha256);
        var content = await _database.ReadAsync(session => SqliteContent.Get(session, sha256), ct).ConfigureAwait(false);
        return content is null ? null : ContentChunks.CheckStored(sha256, content);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// It writes: a probe that only reads would call a store with a full disk healthy. It also asks for the space that is left: what
    /// the files have allocated already may take a probe for long after it has no room for calls.
    /// </remarks>
    public async Task<bool> IsHealthyAsync(CancellationToken ct)
    {
        try
        {
            await _database.WriteAsync(Probe, ct).WaitAsync(HealthTimeout, _time, ct).ConfigureAwait(false);
            return _database.HasSpace;
        }
        catch (Exception error) when (error is StoreUnavailableException or StoreOutcomeUnknownException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Stops the hourly expiry. The database stays open.</summary>
    public ValueTask DisposeAsync() => _expiry.DisposeAsync();

    /// <summary>Removes what has expired; the store does so every hour by itself.</summary>
    public Task ExpireAsync(CancellationToken ct) => SqliteExpiry.RunAsync(_database, _time, ct);

    private static int Probe(SqliteSession session) => session
        .Statement("INSERT INTO meta (key, value) VALUES ('probe', '1') ON CONFLICT (key) DO UPDATE SET value = 1 - value")
        .Run();
}
