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
}
