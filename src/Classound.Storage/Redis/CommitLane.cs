namespace Classound.Storage.Redis;

/// <summary>A commit that waits for its script call, and then for its outcome.</summary>
internal sealed class PendingCommit(LedgerCommit commit, int partition, long knownTail)
{
    // Who waits goes on where it is answered: what runs there is the store's own, and a grain goes on in its own turn.
    private readonly TaskCompletionSource<CommitResult> _outcome = new();

    public LedgerCommit Commit => commit;

    public int Partition => partition;

    /// <summary>The last sequence of the feed that was known to be stored when the commit was handed over.</summary>
    public long KnownTail => knownTail;

    public Task<CommitResult> Task => _outcome.Task;

    public void Answer(CommitResult result) => _outcome.TrySetResult(result);

    public void Fail(Exception error) => _outcome.TrySetException(error);
}

/// <summary>
/// Commits on their way to one server: while script calls are out, the commits that come gather for the next one.
/// </summary>
/// <param name="send">Sends a group; gives what answers it once the server has. Never throws.</param>
internal sealed class CommitLane(Func<IReadOnlyList<PendingCommit>, Task<Action>> send)
{
    /// <summary>Calls that are out before commits gather.</summary>
    private const int MaxCalls = 2;

    /// <summary>
    /// As many commits never wait: a server that has stopped answering is told all that it is asked, so that all learn of it at the
    /// same time.
    /// </summary>
    private const int MaxGroup = 64;

    private readonly Lock _turn = new();
    private List<PendingCommit> _waiting = [];
    private int _calls;

    public Task<CommitResult> CommitAsync(PendingCommit commit)
    {
        List<PendingCommit> group;
        lock (_turn)
        {
            _waiting.Add(commit);
            if (_calls >= MaxCalls && _waiting.Count < MaxGroup) return commit.Task;
            (group, _waiting) = (_waiting, []);
            _calls++;
        }

        _ = SendAsync(group);
        return commit.Task;
    }

    // The next group is on its way before the last one is answered.
    private async Task SendAsync(List<PendingCommit> first)
    {
        for (var sent = send(first); sent is not null;)
        {
            var answer = await sent.ConfigureAwait(false);
            sent = NextGroup() is { } group ? send(group) : null;
            answer();
        }
    }

    private List<PendingCommit>? NextGroup()
    {
        lock (_turn)
        {
            if (_waiting.Count == 0 || _calls > MaxCalls)
            {
                _calls--;
                return null;
            }

            var group = _waiting;
            _waiting = [];
            return group;
        }
    }
}
