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
}
