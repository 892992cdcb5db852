using StackExchange.Redis;

namespace Classound.Storage.Redis;

/// <summary>
/// The ledger on Redis or Valkey, for several silos. One script per commit. As durable as the server is set up to be: with
/// <c>appendfsync always</c> an acknowledged commit survives the server's death.
/// </summary>
public sealed class RedisLedgerStore : ILedgerStore
{
    private const string Store = "redis";

    // From the last call settled in a month, not from the month itself: an import of old CDRs settles in months long past.
    private static readonly TimeSpan SettledKeptFor = TimeSpan.FromDays(400);

    private readonly RedisLink _link;
    private readonly RedisKeys _keys;
    private readonly RedisLedgerReads _reads;
    private readonly TimeProvider _time;

    private RedisLedgerStore(RedisLink link, RedisKeys keys, int partitions, TimeProvider time)
    {
        (_link, _keys, PartitionCount, _time) = (link, keys, partitions, time);
        _reads = new RedisLedgerReads(link, keys, partitions);
    }

    /// <inheritdoc/>
    public int PartitionCount { get; }

    /// <summary>Connects, and installs an empty store or checks an installed one.</summary>
    /// <exception cref="StoreUnavailableException">No server answers; starting again may help.</exception>
    /// <exception cref="StoreStartRefusedException">The store is of another release, or has another number of partitions.</exception>
    public static async Task<RedisLedgerStore> ConnectAsync(RedisStoreOptions options, TimeProvider time, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        StoreLimits.CheckPartitionCount(options.Partitions);
        var keys = new RedisKeys(options.KeyPrefix, options.Partitions);
        var link = await RedisLink.ConnectAsync(options).ConfigureAwait(false);
        try
        {
            await RedisInstallation.EnsureAsync(link, keys, options.Partitions, ct).ConfigureAwait(false);
            return new RedisLedgerStore(link, keys, options.Partitions, time);
        }
        catch
        {
            await link.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<LedgerSnapshot> LoadAsync(string pbxId, CancellationToken ct)
    {
        StoreLimits.CheckPbxId(pbxId);
        return _reads.LoadAsync(pbxId, ct);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, byte[]>> LoadMonthAsync(string pbxId, int month, CancellationToken ct)
    {
        StoreLimits.CheckPbxId(pbxId);
        StoreLimits.CheckMonth(month);
        return await _reads.LoadHashAsync(_keys.Month(pbxId, month), ct).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<CommitResult> CommitAsync(LedgerCommit commit, CancellationToken ct)
    {
        CommitCheck.Check(commit);
        return StorageMetrics.MeasureAsync(Store, _time, async () =>
        {
            var call = new CommitScriptCall(_keys, commit, SettledKeptFor);
            var reply = await _link
                .WriteAsync(db => db.ScriptEvaluateAsync(RedisScripts.Commit, call.Keys, call.Values), ct).ConfigureAwait(false);
            var parts = (RedisResult[])reply!;
            var stored = (string)parts[1]!;
            return new CommitResult(
                (CommitOutcome)(int)parts[0],
                stored.Length == 0 ? null : LedgerVersion.Parse(stored),
                [.. parts.Skip(2).Select(id => (string)id!)]);
        });
    }

    /// <inheritdoc/>
    public Task<StoredRatedCall?> FindSettledAsync(
        string pbxId, string callId, IReadOnlyList<int> usageMonths, CancellationToken ct)
    {
        StoreLimits.CheckPbxId(pbxId);
        StoreLimits.CheckCallId(callId);
        ArgumentNullException.ThrowIfNull(usageMonths);
        return _reads.FindSettledAsync(pbxId, callId, usageMonths, ct);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredRatedCall>> ListRatedCallsAsync(
        string pbxId, int billingMonth, long afterSequence, int max, CancellationToken ct)
    {
        StoreLimits.CheckPbxId(pbxId);
        StoreLimits.CheckMonth(billingMonth);
        StoreLimits.CheckPage(max);
        ArgumentOutOfRangeException.ThrowIfNegative(afterSequence);
        return _reads.ListRatedCallsAsync(pbxId, billingMonth, afterSequence, max, ct);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DueLease>> ListDueLeasesAsync(int partition, DateTimeOffset until, int max, CancellationToken ct)
    {
        StoreLimits.CheckPartition(partition, PartitionCount);
        StoreLimits.CheckPage(max);
        return _reads.ListDueLeasesAsync(partition, until, max, ct);
    }

    /// <inheritdoc/>
    public Task AppendCallLogAsync(IReadOnlyList<CallLogEntry> entries, CancellationToken ct)
    {
        CommitCheck.Check(entries);
        return RedisCallLog.AppendAsync(_link, _keys, entries, _time.GetUtcNow(), ct);
    }

    /// <inheritdoc/>
    public Task<CallLogEntry?> FindCallLogAsync(string pbxId, string callId, CancellationToken ct)
    {
        StoreLimits.CheckPbxId(pbxId);
        StoreLimits.CheckCallId(callId);
        return RedisCallLog.FindAsync(_link, _keys, pbxId, callId, _time.GetUtcNow(), ct);
    }

    /// <inheritdoc/>
    public Task PutContentAsync(string sha256, byte[] content, CancellationToken ct)
    {
        ContentChunks.CheckNew(sha256, content);
        return RedisContent.PutAsync(_link, _keys, sha256, content, ct);
    }

    /// <inheritdoc/>
    public Task<byte[]?> GetContentAsync(string sha256, CancellationToken ct)
    {
        StoreLimits.CheckSha256(sha256);
        return RedisContent.GetAsync(_link, _keys, sha256, ct);
    }

    /// <inheritdoc/>
    /// <remarks>It writes: a replica, or a server whose memory is full, answers reads and refuses calls.</remarks>
    public async Task<bool> IsHealthyAsync(CancellationToken ct)
    {
        try
        {
            return await _link.WriteAsync(db => db.StringSetAsync(_keys.Probe, 1, TimeSpan.FromMinutes(1)), ct).ConfigureAwait(false);
        }
        catch (Exception error) when (error is StoreUnavailableException or StoreOutcomeUnknownException)
        {
            return false;
        }
    }

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => _link.DisposeAsync();
}
