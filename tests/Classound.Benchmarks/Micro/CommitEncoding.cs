using Classound.Charging;
using Classound.Storage;
using Classound.Storage.Mapping;
using Classound.Storage.Redis;

namespace Classound.Benchmarks.Micro;

/// <summary>From what changed in a PBX to the arguments of Redis' script.</summary>
internal static class CommitEncoding
{
    private static readonly RedisKeys Keys = new("classound", PbxPartition.DefaultCount);

    public static Action<int> Authorisation(Pbx pbx)
    {
        var changes = pbx.TakeChanges();
        var (expected, next) = (new LedgerVersion(3, "0123456789ABCDEF", 41), new LedgerVersion(3, "0123456789ABCDEF", 42));
        return times =>
        {
            for (var i = 0; i < times; i++)
            {
                var commit = new LedgerCommit { PbxId = pbx.Id, Expected = expected, Next = next };
                StoredPbx.Write(pbx, changes, commit);
                _ = new CommitScriptCall(Keys, [new PendingCommit(commit, 0, 0)], TimeSpan.FromDays(400), declareAllKeys: false);
            }
        };
    }
}
