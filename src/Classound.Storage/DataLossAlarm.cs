using Microsoft.Extensions.Logging;

namespace Classound.Storage;

/// <summary>
/// Raised when stored data is older than what this process saw stored: a server that lost acknowledged writes, a fail-over, or a
/// restored backup. The process goes on with what is there, but people have to know: bills may have been made from what is gone.
/// </summary>
/// <remarks>Of the whole process and sticky, like its gauge: what was lost does not come back by itself.</remarks>
public static class DataLossAlarm
{
    private static string? _last;

    /// <summary>What was found last; null when nothing ever was.</summary>
    public static string? Last => Volatile.Read(ref _last);

    /// <summary>Judges a PBX's stored version by one that was stored before, and raises the alarm when it cannot have followed.</summary>
    /// <param name="log">Where the event goes.</param>
    /// <param name="pbxId">The PBX.</param>
    /// <param name="known">A version that was certainly stored; null when none was known.</param>
    /// <param name="found">What is stored now; null when the PBX is not in the store.</param>
    /// <returns>Whether the store has lost data.</returns>
    public static bool Check(ILogger log, string pbxId, LedgerVersion? known, LedgerVersion? found)
    {
        if (known is not { } before || found?.MayFollow(before) == true)
            return false;

        var now = found?.ToString() ?? "nothing";
        Raise("ledger", $"PBX {pbxId} was stored as {before}, now as {now}");
        StorageLog.LostLedger(log, pbxId, before, now);
        return true;
    }

    internal static void FeedFellBack(ILogger log, int partition, long known, long found)
    {
        Raise("feed", $"the feed of partition {partition} ended at {known}, now at {found}");
        StorageLog.LostFeed(log, partition, known, found);
    }

    private static void Raise(string kind, string text)
    {
        StorageMetrics.LostData(kind);
        Volatile.Write(ref _last, text);
    }
}
