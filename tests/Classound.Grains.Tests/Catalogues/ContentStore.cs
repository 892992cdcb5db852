using System.Collections.Concurrent;
using Classound.Storage;

namespace Classound.Grains.Tests.Catalogues;

/// <summary>Content by hash in memory, with a place to break; the rest of the contract is not there.</summary>
internal sealed class ContentStore : ILedgerStore
{
    private readonly ConcurrentDictionary<string, byte[]> _content = new(StringComparer.Ordinal);
    private int _reads;

    /// <summary>Contents that were asked for.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Given the hash; may throw, or replace what is returned.</summary>
    public Func<string, byte[]?, byte[]?> OnRead { get; set; } = (_, bytes) => bytes;

    public Action OnWrite { get; set; } = () => { };

    public int PartitionCount => 1;

    public Task PutContentAsync(string sha256, byte[] content, CancellationToken ct)
    {
        OnWrite();
        _content[sha256] = content;
        return Task.CompletedTask;
    }

    public Task<byte[]?> GetContentAsync(string sha256, CancellationToken ct)
    {
        Interlocked.Increment(ref _reads);
        return Task.FromResult(OnRead(sha256, _content.GetValueOrDefault(sha256)));
    }

    public Task<LedgerSnapshot> LoadAsync(string pbxId, CancellationToken ct) => throw new NotSupportedException();

    public Task<LedgerVersion?> LoadVersionAsync(string pbxId, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<string, byte[]>> LoadMonthAsync(string pbxId, int month, CancellationToken ct) =>
        throw new NotSupportedException();

    public Task<CommitResult> CommitAsync(LedgerCommit commit, CancellationToken ct) => throw new NotSupportedException();

    public Task<StoredRatedCall?> FindSettledAsync(string pbxId, string callId, IReadOnlyList<int> usageMonths, CancellationToken ct) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<StoredRatedCall>> ListRatedCallsAsync(
        string pbxId, int billingMonth, long afterSequence, int max, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<StoredRatedCall>> ListNewestRatedCallsAsync(
        string pbxId, int billingMonth, long beforeSequence, int max, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<CallLogEntry>> ListCallLogAsync(string pbxId, CallLogPosition? after, int max, CancellationToken ct) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<DueLease>> ListDueLeasesAsync(int partition, DateTimeOffset until, int max, CancellationToken ct) =>
        throw new NotSupportedException();

    public Task AppendCallLogAsync(IReadOnlyList<CallLogEntry> entries, CancellationToken ct) => throw new NotSupportedException();

    public Task<CallLogEntry?> FindCallLogAsync(string pbxId, string callId, CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> IsHealthyAsync(CancellationToken ct) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
