using Microsoft.Extensions.Logging;

namespace Classound.Storage;

/// <summary>Log events of the stores. Their names are stable; alerts may be built on them.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(2001, LogLevel.Error, "{Writes} writes that shared a transaction failed", EventName = "store_group_failed")]
    public static partial void GroupFailed(ILogger log, int writes, Exception error);

    [LoggerMessage(2002, LogLevel.Error, "A failed transaction could not be rolled back", EventName = "store_rollback_failed")]
    public static partial void RollbackFailed(ILogger log, Exception error);

    [LoggerMessage(2003, LogLevel.Warning, "Expired entries could not be removed; next try in an hour", EventName = "store_expiry_failed")]
    public static partial void ExpiryFailed(ILogger log, Exception error);

    [LoggerMessage(2004, LogLevel.Error, "Acknowledged data can vanish: {Finding}", EventName = "store_not_durable")]
    public static partial void NotDurable(ILogger log, string finding);

    [LoggerMessage(2005, LogLevel.Information, "The settings of all {Servers} servers of the store are durable", EventName = "store_durable")]
    public static partial void Durable(ILogger log, int servers);

    [LoggerMessage(2006, LogLevel.Critical,
        "THE STORE HAS LOST DATA: PBX {PbxId} was stored as {Known}, now as {Found}. Was it restored from a backup?",
        EventName = "store_lost_ledger")]
    public static partial void LostLedger(ILogger log, string pbxId, LedgerVersion known, string found);

    [LoggerMessage(2007, LogLevel.Critical,
        "THE STORE HAS LOST DATA: the feed of partition {Partition} ended at {Known}, now at {Found}. Was it restored from a backup?",
        EventName = "store_lost_feed")]
    public static partial void LostFeed(ILogger log, int partition, long known, long found);

    [LoggerMessage(2008, LogLevel.Error, "A bug stopped a check of the store; next one in a while", EventName = "store_watch_failed")]
    public static partial void WatchFailed(ILogger log, Exception error);

    [LoggerMessage(2009, LogLevel.Error, "The connection to the store at {Server} is lost: {Failure}", EventName = "store_connection_lost")]
    public static partial void ConnectionLost(ILogger log, string server, string failure);

    [LoggerMessage(2010, LogLevel.Warning, "The connection to the store at {Server} is back", EventName = "store_connection_restored")]
    public static partial void ConnectionRestored(ILogger log, string server);
}
