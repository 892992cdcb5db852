using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace Classound.Storage.Redis;

/// <summary>
/// The ledger on Redis or Valkey, for several silos. One script per commit. As durable as the server is set up to be: with
/// <c>appendfsync always</c> an acknowledged commit survives the server's death.
/// </summary>
public sealed class RedisLedgerStore : ILedgerStore
{
    internal const string Store = "redis";

    private readonly RedisLink _link;
    private readonly RedisKeys _keys;
    private readonly RedisLedgerReads _reads;
    private readonly TimeProvider _time;
    private readonly FeedTails _tails;
    private readonly RedisCommits _commits;
    private readonly RedisWatch _watch;
    private readonly bool _mustBeDurable;

    private RedisLedgerStore(
        RedisLink link, RedisKeys keys, RedisStoreOptions options, IReadOnlyList<DurabilityFinding> findings, TimeProvider time, ILogger log)
    {
        (_link, _keys, PartitionCount, _time) = (link, keys, options.Partitions, time);
        _reads = new RedisLedgerReads(link, keys, PartitionCount);
        _tails = new FeedTails(PartitionCount, log);
        _commits = new RedisCommits(link, keys, _tails, PartitionCount);
        _mustBeDurable = options.RequireDurableStore;
        _watch = new RedisWatch(link.Connection, keys, _tails, findings, options, time, log);
    }

    /// <inheritdoc/>
    public int PartitionCount { get; }

    /// <summary>Settings of the servers with which acknowledged data could vanish, as they were found last.</summary>
    public IReadOnlyList<DurabilityFinding> Findings => _watch.Findings;

    /// <summary>Connects, installs an empty store or checks an installed one, and checks the servers' settings.</summary>
    /// <exception cref="StoreUnavailableException">No server answers; starting again may help.</exception>
    /// <exception cref="StoreStartRefusedException">
    /// The store is of another release, or has another number of partitions; or acknowledged data could vanish, and must not.
    /// </exception>
    public static async Task<RedisLedgerStore> ConnectAsync(
        RedisStoreOptions options, TimeProvider time, CancellationToken ct, ILogger? log = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        StoreLimits.CheckPartitionCount(options.Partitions);
        log ??= NullLogger.Instance;
        var keys = new RedisKeys(options.KeyPrefix, options.Partitions);
        var link = await RedisLink.ConnectAsync(options).ConfigureAwait(false);
        try
        {
            // Before anything is written: a store that is refused stays as it is.
            var findings = await RedisStartCheck.RunAsync(link, options, log, ct).ConfigureAwait(false);
            await RedisInstallation.EnsureAsync(link, keys, options.Partitions, ct).ConfigureAwait(false);
            StorageMetrics.Started();
            return new RedisLedgerStore(link, keys, options, findings, time, log);
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
    public Task<LedgerVersion?> LoadVersionAsync(string pbxId, CancellationToken ct)
    {
        StoreLimits.CheckPbxId(pbxId);
        return _reads.LoadVersionAsync(pbxId, ct);
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
        ct.ThrowIfCancellationRequested();
        return StorageMetrics.MeasureAsync(Store, _time, () =>
        {
            CheckDurable();
            return _commits.CommitAsync(commit);
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
    public Task<IReadOnlyList<StoredRatedCall>> ListNewestRatedCallsAsync(
        string pbxId, int billingMonth, long beforeSequence, int max, CancellationToken ct)
    {
        StoreLimits.CheckPbxId(pbxId);
        StoreLimits.CheckMonth(billingMonth);
        StoreLimits.CheckPage(max);
        ArgumentOutOfRangeException.ThrowIfLessThan(beforeSequence, 1);
        return _reads.ListNewestRatedCallsAsync(pbxId, billingMonth, beforeSequence, max, ct);
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
    public Task<IReadOnlyList<CallLogEntry>> ListCallLogAsync(string pbxId, CallLogPosition? after, int max, CancellationToken ct)
    {
        StoreLimits.CheckPbxId(pbxId);
        StoreLimits.CheckPage(max);
        if (after is { } position) StoreLimits.CheckCallId(position.CallId);
        return RedisCallLog.ListAsync(_link, _keys, pbxId, after, max, _time.GetUtcNow(), ct);
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
    public async Task<bool> IsHealthyAsync(CancellationToken ct)
    {
        var unsafeSettings = _mustBeDurable && Findings.Count > 0;
        return !unsafeSettings && await RedisProbe.RunAsync(_link, _keys, PartitionCount, ct).ConfigureAwait(false);
    }

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync().ConfigureAwait(false);
        await _link.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The last feed sequence of a partition that this store saw.</summary>
    internal long KnownTail(int partition) => _tails.Known(partition);

    // A server that was started again with other settings must not go on acknowledging what has to be durable.
    private void CheckDurable()
    {
        if (_mustBeDurable && Findings is [var finding, ..])
            throw new StoreUnavailableException($"RequireDurableStore: {finding}");
    }
}
