using System.Globalization;
using StackExchange.Redis;

namespace Classound.Storage.Redis;

/// <summary>The capped log of denials and emergency calls: per PBX a sorted set of times and a hash of entries.</summary>
internal static class RedisCallLog
{
    /// <summary>Entries per script: it must not hold the server's one thread for long.</summary>
    private const int MaxBatch = 500;

    public static async Task AppendAsync(
        RedisLink link, RedisKeys keys, IReadOnlyList<CallLogEntry> entries, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var pbx in entries.GroupBy(e => e.PbxId, StringComparer.Ordinal))
        {
            RedisKey[] names = [keys.LogTimes(pbx.Key), keys.LogEntries(pbx.Key)];
            foreach (var batch in pbx.Chunk(MaxBatch))
            {
                RedisValue[] values =
                [
                    (now - CallLogEntry.KeptFor).ToUnixTimeMilliseconds(), CallLogEntry.MaxPerPbx, (long)CallLogEntry.KeptFor.TotalSeconds,
                    .. batch.SelectMany(e => new RedisValue[] { e.CallId, e.At.ToUnixTimeMilliseconds(), e.Data }),
                ];
                await link.WriteAsync(db => db.ScriptEvaluateAsync(RedisScripts.AppendLog, names, values), ct).ConfigureAwait(false);
            }
        }
    }

    public static async Task<CallLogEntry?> FindAsync(
        RedisLink link, RedisKeys keys, string pbxId, string callId, DateTimeOffset now, CancellationToken ct)
    {
        RedisKey[] names = [keys.LogTimes(pbxId), keys.LogEntries(pbxId)];
        var reply = await link
            .ReadAsync(db => db.ScriptEvaluateAsync(RedisScripts.FindLog, names, [callId], RedisLink.Primary), ct).ConfigureAwait(false);
        var parts = (RedisResult[])reply!;
        if (parts.Length == 0)
            return null;

        var at = StoredTime.FromMilliseconds(long.Parse((string)parts[0]!, NumberStyles.None, CultureInfo.InvariantCulture));
        return at > now - CallLogEntry.KeptFor ? new CallLogEntry(pbxId, callId, at, (byte[])parts[1]!) : null;
    }

    public static async Task<IReadOnlyList<CallLogEntry>> ListAsync(
        RedisLink link, RedisKeys keys, string pbxId, CallLogPosition? after, int max, DateTimeOffset now, CancellationToken ct)
    {
        var newest = after is { } position ? position.At.ToUnixTimeMilliseconds() : double.PositiveInfinity;
        var (page, oldest) = (new List<CallLogEntry>(), (now - CallLogEntry.KeptFor).ToUnixTimeMilliseconds());
        SortedSetEntry[] times;
        // Of the cursor's own millisecond all are read, and what lies before the cursor is passed over: mostly one round.
        for (var skip = 0L; page.Count < max; skip += times.Length)
        {
            var from = skip;
            times = await link.ReadAsync(db => db.SortedSetRangeByScoreWithScoresAsync(
                keys.LogTimes(pbxId), oldest, newest, Exclude.Start, Order.Descending, from, max, RedisLink.Primary), ct).ConfigureAwait(false);
            if (times.Length == 0)
                break;

            var wanted = times.Where(time => IsAfter(time, after)).Take(max - page.Count).ToArray();
            page.AddRange(await EntriesAsync(link, keys, pbxId, wanted, ct).ConfigureAwait(false));
        }

        return page;
    }

    private static bool IsAfter(SortedSetEntry time, CallLogPosition? after) =>
        after is not { } position || (long)time.Score < position.At.ToUnixTimeMilliseconds()
        || ((byte[])time.Element!).AsSpan().SequenceCompareTo(StoreLimits.Bytes(position.CallId)) < 0;

    private static async Task<IEnumerable<CallLogEntry>> EntriesAsync(
        RedisLink link, RedisKeys keys, string pbxId, SortedSetEntry[] times, CancellationToken ct)
    {
        if (times.Length == 0)
            return [];

        var calls = Array.ConvertAll(times, time => time.Element);
        var data = await link.ReadAsync(db => db.HashGetAsync(keys.LogEntries(pbxId), calls, RedisLink.Primary), ct).ConfigureAwait(false);
        // One that has left the log since is not there.
        return times.Zip(data).Where(pair => !pair.Second.IsNull).Select(pair => new CallLogEntry(
            pbxId, (string)pair.First.Element!, StoredTime.FromMilliseconds((long)pair.First.Score), (byte[])pair.Second!));
    }
}
