namespace Classound.Storage;

/// <summary>
/// The durable ledger of all PBXs. One contract, two stores that pass the same tests, so that neither shapes it alone.
/// The store sees opaque bytes; what they mean is the mapping's business.
/// </summary>
/// <remarks>
/// Two failures are part of the contract: <see cref="StoreUnavailableException"/> (definitely not applied) and, for writes,
/// <see cref="StoreOutcomeUnknownException"/> (may be applied). An <see cref="ArgumentException"/> names the field that is out of
/// its range. Anything else is a bug. A cancellation token is honoured until a write is handed over, and not after:
/// a commit that was sent has to be followed to its end.
/// </remarks>
public interface ILedgerStore : IAsyncDisposable
{
    /// <summary>Number of partitions, fixed at installation. A PBX's own is <see cref="PbxPartition.Of"/>.</summary>
    int PartitionCount { get; }

    /// <summary>The live ledger of a PBX, version and fields of one instant; an unknown PBX has no version and no fields.</summary>
    Task<LedgerSnapshot> LoadAsync(string pbxId, CancellationToken ct);

    /// <summary>
    /// The version that <see cref="LoadAsync"/> would bring, alone: whether somebody else has written since. Null for an
    /// unknown PBX.
    /// </summary>
    Task<LedgerVersion?> LoadVersionAsync(string pbxId, CancellationToken ct);

    /// <summary>The fields of a closed month (YYYYMM); empty when there are none.</summary>
    Task<IReadOnlyDictionary<string, byte[]>> LoadMonthAsync(string pbxId, int month, CancellationToken ct);

    /// <summary>
    /// Applies a commit atomically, and answers when it is durable. In this order: the stored version is
    /// <see cref="LedgerCommit.Next"/> - already committed; it is not <see cref="LedgerCommit.Expected"/> - fenced;
    /// a call of <see cref="LedgerCommit.NotSettled"/> is settled - already settled, naming all such calls; else committed.
    /// </summary>
    Task<CommitResult> CommitAsync(LedgerCommit commit, CancellationToken ct);

    /// <summary>The newest rated call of a call id in any of the given usage months; null when it is not settled there.</summary>
    Task<StoredRatedCall?> FindSettledAsync(string pbxId, string callId, IReadOnlyList<int> usageMonths, CancellationToken ct);

    /// <summary>
    /// Rated calls of a PBX and billing month with a sequence above <paramref name="afterSequence"/> (0 = from the first),
    /// in sequence order, at most <paramref name="max"/> (1 to 1,002).
    /// </summary>
    Task<IReadOnlyList<StoredRatedCall>> ListRatedCallsAsync(
        string pbxId, int billingMonth, long afterSequence, int max, CancellationToken ct);

    /// <summary>
    /// The same calls from the newest on: those with a sequence below <paramref name="beforeSequence"/> (<see cref="long.MaxValue"/> =
    /// from the last), in descending order, at most <paramref name="max"/> (1 to 1,002).
    /// </summary>
    Task<IReadOnlyList<StoredRatedCall>> ListNewestRatedCallsAsync(
        string pbxId, int billingMonth, long beforeSequence, int max, CancellationToken ct);

    /// <summary>
    /// Calls of a partition whose lease ended at or before <paramref name="until"/>, earliest first, at most
    /// <paramref name="max"/> (1 to 1,002). It only reads: what was handled leaves the list by its own commit.
    /// </summary>
    Task<IReadOnlyList<DueLease>> ListDueLeasesAsync(int partition, DateTimeOffset until, int max, CancellationToken ct);

    /// <summary>Appends denials and emergency calls. Written behind the answer, so a crash may lose the last of them.</summary>
    Task AppendCallLogAsync(IReadOnlyList<CallLogEntry> entries, CancellationToken ct);

    /// <summary>The newest log entry of a call; null when there is none or it is too old.</summary>
    Task<CallLogEntry?> FindCallLogAsync(string pbxId, string callId, CancellationToken ct);

    /// <summary>
    /// The log of a PBX, newest first, within a millisecond by the bytes of the call id, descending: what comes after
    /// <paramref name="after"/> (null = from the newest), at most <paramref name="max"/> (1 to 1,002). An entry logged again meanwhile has
    /// moved to the front.
    /// </summary>
    Task<IReadOnlyList<CallLogEntry>> ListCallLogAsync(string pbxId, CallLogPosition? after, int max, CancellationToken ct);

    /// <summary>Stores content (a price list) under its SHA-256, 64 lower-case hex digits. Storing it again changes nothing.</summary>
    Task PutContentAsync(string sha256, byte[] content, CancellationToken ct);

    /// <summary>The content with this SHA-256; null when it is not stored whole.</summary>
    /// <exception cref="InvalidDataException">What is stored does not have this hash.</exception>
    Task<byte[]?> GetContentAsync(string sha256, CancellationToken ct);

    /// <summary>Whether a write would be accepted now; answers within about two seconds and never throws for an outage.</summary>
    Task<bool> IsHealthyAsync(CancellationToken ct);
}
