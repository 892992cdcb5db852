using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Classound.Storage.Sqlite;

/// <summary>What an error code of SQLite means for the caller of the store.</summary>
internal static class SqliteFailure
{
    public static SqliteException Of(sqlite3 connection, int code)
    {
        var message = raw.sqlite3_errmsg(connection).utf8_to_string();
        return new SqliteException($"SQLite error {code}: {message}", code & 0xff, raw.sqlite3_extended_errcode(connection));
    }

    /// <summary>
    /// True when the environment failed (disk full, read error, locked or damaged file), false when we did: a broken constraint
    /// or misuse is a bug and must not look like an outage.
    /// </summary>
    public static bool IsOutage(SqliteException error) => error.SqliteErrorCode is not
        (raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_MISUSE or raw.SQLITE_RANGE or raw.SQLITE_TOOBIG);

    /// <summary>A failure before COMMIT, or of a read: nothing was applied.</summary>
    public static Exception NotApplied(Exception error) => error is SqliteException sqlite && IsOutage(sqlite)
        ? new StoreUnavailableException($"The embedded store cannot be used: {error.Message}.", error)
        : error;

    /// <summary>
    /// A failure of COMMIT. On a full disk the frame that ends the transaction cannot be written whole, so it does not exist for
    /// any later start. After any other error (such as a failed fsync) that frame may have reached the file, and a crash before
    /// the next commit writes over it would bring the transaction back: the outcome is unknown.
    /// </summary>
    public static Exception OfCommit(Exception error) => error is SqliteException { SqliteErrorCode: raw.SQLITE_FULL }
        ? new StoreUnavailableException($"The embedded store's disk is full: {error.Message}.", error)
        : new StoreOutcomeUnknownException($"The embedded store failed while it committed: {error.Message}.", error);
}
