using System.Collections.Concurrent;
using Classound.Storage;

namespace Classound.Grains.Tests.Pbxs;

/// <summary>The real SQLite store with a place to break: what a commit does before and after it reaches the store.</summary>
internal sealed class HookedStore(ILedgerStore inner) : ILedgerStore
{
    private int _commits;
    private int _versionReads;

    public int PartitionCount => inner.PartitionCount;

    /// <summary>Given the number of the commit (from 1); may wait, or throw instead of sending it.</summary>
    public Func<int, LedgerCommit, Task> BeforeCommit { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Given the number of the commit; may throw although it was applied: a lost reply.</summary>
    public Func<int, CommitResult, Task> AfterCommit { get; set; } = (_, _) => Task.CompletedTask;

    public int Commits => _commits;

    /// <summary>Given a partition; may throw instead of listing its leases.</summary>
    public Action<int> BeforeLeases { get; set; } = _ => { };

    /// <summary>Ledgers, months and settled calls read so far, by PBX and kind of read.</summary>
    public ConcurrentQueue<string> Reads { get; } = new();

    public async Task<CommitResult> CommitAsync(LedgerCommit commit, CancellationToken ct)
    {
        var number = Interlocked.Increment(ref _commits);
        await BeforeCommit(number, commit);
        var result = await inner.CommitAsync(commit, ct);
        await AfterCommit(number, result);
        return result;
    }

    public Task<LedgerSnapshot> LoadAsync(string pbxId, CancellationToken ct)
    {
        Reads.Enqueue("ledger of " + pbxId);
        return inner.LoadAsync(pbxId, ct);
    }

    /// <summary>Given the PBX whose version was read; may wait: a late reply.</summary>
    public Func<string, Task> AfterVersion { get; set; } = _ => Task.CompletedTask;

    /// <summary>Versions that were asked for.</summary>
    public int VersionReads => _versionReads;

    public async Task<LedgerVersion?> LoadVersionAsync(string pbxId, CancellationToken ct)
    {
        Interlocked.Increment(ref _versionReads);
        var found = await inner.LoadVersionAsync(pbxId, ct);
        await AfterVersion(pbxId);
        return found;
    }

    public Task<IReadOnlyDictionary<string, byte[]>> LoadMonthAsync(string pbxId, int month, CancellationToken ct)
    {
        Reads.Enqueue("month of " + pbxId);
        return inner.LoadMonthAsync(pbxId, month, ct);
    }

    public Task<StoredRatedCall?> FindSettledAsync(string pbxId, string callId, IReadOnlyList<int> usageMonths, CancellationToken ct)
    {
        Reads.Enqueue("settled of " + pbxId);
        return inner.FindSettledAsync(pbxId, callId, usageMonths, ct);
    }

    public Task<IReadOnlyList<StoredRatedCall>> ListRatedCallsAsync(
        string pbxId, int billingMonth, long afterSequence, int max, CancellationToken ct) =>
        inner.ListRatedCallsAsync(pbxId, billingMonth, afterSequence, max, ct);

    public Task<IReadOnlyList<StoredRatedCall>> ListNewestRatedCallsAsync(
        string pbxId, int billingMonth, long beforeSequence, int max, CancellationToken ct) =>
        inner.ListNewestRatedCallsAsync(pbxId, billingMonth, beforeSequence, max, ct);

    public Task<IReadOnlyList<CallLogEntry>> ListCallLogAsync(string pbxId, CallLogPosition? after, int max, CancellationToken ct) =>
        inner.ListCallLogAsync(pbxId, after, max, ct);

    public Task<IReadOnlyList<DueLease>> ListDueLeasesAsync(int partition, DateTimeOffset until, int max, CancellationToken ct)
    {
        BeforeLeases(partition);
        return inner.ListDueLeasesAsync(partition, until, max, ct);
    }

    public Task AppendCallLogAsync(IReadOnlyList<CallLogEntry> entries, CancellationToken ct) => inner.AppendCallLogAsync(entries, ct);

    public Task<CallLogEntry?> FindCallLogAsync(string pbxId, string callId, CancellationToken ct) => inner.FindCallLogAsync(pbxId, callId, ct);

    public Task PutContentAsync(string sha256, byte[] content, CancellationToken ct) => inner.PutContentAsync(sha256, content, ct);

    /// <summary>May throw instead of reading a content.</summary>
    public Action BeforeContent { get; set; } = () => { };

    public Task<byte[]?> GetContentAsync(string sha256, CancellationToken ct)
    {
        BeforeContent();
        return inner.GetContentAsync(sha256, ct);
    }

    public bool IsFull { get; set; }

    public async Task<bool> IsHealthyAsync(CancellationToken ct) => await inner.IsHealthyAsync(ct) && !IsFull;

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
