using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace Classound.Storage.Redis;

/// <summary>Commits as script calls: of one server all together, of a cluster those of each partition.</summary>
internal sealed class RedisCommits
{
    // From the last call settled in a month, not from the month itself: an import of old CDRs settles in months long past.
    private static readonly TimeSpan SettledKeptFor = TimeSpan.FromDays(400);

    // Given as text the client would look it up by its four thousand characters with each call.
#pragma warning disable CA5350 // Redis names scripts by their SHA-1; nothing is protected by it.
    private static readonly byte[] ScriptHash = SHA1.HashData(Encoding.UTF8.GetBytes(CommitScript.Text));
#pragma warning restore CA5350

    private readonly RedisLink _link;
    private readonly RedisKeys _keys;
    private readonly FeedTails _tails;
    private readonly CommitLane[] _lanes;
    private readonly int _partitions;

    public RedisCommits(RedisLink link, RedisKeys keys, FeedTails tails, int partitions)
    {
        (_link, _keys, _tails, _partitions) = (link, keys, tails, partitions);
        _lanes = [.. Enumerable.Range(0, link.IsCluster ? partitions : 1).Select(_ => new CommitLane(SendAsync))];
    }

    public Task<CommitResult> CommitAsync(LedgerCommit commit)
    {
        var partition = PbxPartition.Of(commit.PbxId, _partitions);
        return _lanes[partition % _lanes.Length].CommitAsync(new PendingCommit(commit, partition, _tails.Known(partition)));
    }

    private async Task<Action> SendAsync(IReadOnlyList<PendingCommit> group)
    {
        try
        {
            var call = new CommitScriptCall(_keys, group, SettledKeptFor, declareAllKeys: _lanes.Length > 1);
            var replies = (RedisResult[])(await _link.WriteAsync(db => RunAsync(db, call), CancellationToken.None).ConfigureAwait(false))!;
            StorageMetrics.Grouped(RedisLedgerStore.Store, group.Count);
            return () => Answer(group, replies);
        }
        catch (Exception error)
        {
            return () => Fail(group, error);
        }
    }

    private static async Task<RedisResult> RunAsync(IDatabase database, CommitScriptCall call)
    {
        try
        {
            return await database.ScriptEvaluateAsync(ScriptHash, call.Keys, call.Values).ConfigureAwait(false);
        }
        catch (RedisServerException error) when (error.Kind == RedisErrorKind.NoScript)
        {
            return await database.ScriptEvaluateAsync(CommitScript.Text, call.Keys, call.Values).ConfigureAwait(false);
        }
    }

    private void Answer(IReadOnlyList<PendingCommit> group, RedisResult[] replies)
    {
        for (var i = 0; i < group.Count; i++)
        {
            try
            {
                group[i].Answer(Outcome(group[i], replies[i]));
            }
            catch (Exception error)
            {
                group[i].Fail(error);
            }
        }
    }

    private CommitResult Outcome(PendingCommit pending, RedisResult reply)
    {
        var commit = pending.Commit;
        var isList = reply.Length >= 0;
        var kind = (int)(isList ? reply[0] : reply);
        if (kind == CommitScript.Error) throw new RedisServerException(RedisErrorKind.UnknownError, CommandFlags.None, (string)reply[1]!);
        switch ((CommitOutcome)kind)
        {
            case CommitOutcome.Committed when isList:
                _tails.Saw(pending.Partition, pending.KnownTail, before: (long)reply[1], after: (long)reply[2]);
                return new CommitResult(CommitOutcome.Committed, commit.Next, []);
            case CommitOutcome.Fenced:
                var stored = (string)reply[1]!;
                return new CommitResult(CommitOutcome.Fenced, stored.Length == 0 ? null : LedgerVersion.Parse(stored), []);
            case CommitOutcome.AlreadySettled:
                return new CommitResult(CommitOutcome.AlreadySettled, commit.Expected, [.. ((RedisResult[])reply!).Skip(1).Select(id => (string)id!)]);
            default:
                return new CommitResult((CommitOutcome)kind, commit.Next, []);
        }
    }

    private static void Fail(IReadOnlyList<PendingCommit> group, Exception error)
    {
        foreach (var pending in group) pending.Fail(error);
    }
}
