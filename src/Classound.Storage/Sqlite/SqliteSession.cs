using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Classound.Storage.Sqlite;

/// <summary>One connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    private SqliteSession(SqliteConnection connection) => _connection = connection;

    /// <summary>False while a transaction is open. Some errors end the transaction by themselves: then it turns true.</summary>
    public bool IsIdle => raw.sqlite3_get_autocommit(Handle) != 0;

    private sqlite3 Handle => _connection.Handle!;

    public static SqliteSession OpenWriter(string file)
    {
        var session = Open(file, SqliteOpenMode.ReadWriteCreate);
        try
        {
            Configure(session, file);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public static SqliteSession OpenReader(string file)
    {
        var session = Open(file, SqliteOpenMode.ReadWrite);
        session.Run("PRAGMA query_only = ON");
        return session;
    }

    /// <summary>The prepared statement of this text; prepared at the first use.</summary>
    public SqliteStatement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = new SqliteStatement(Handle, sql);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>Runs a statement that has no parameters.</summary>
    public void Run(string sql) => Statement(sql).Run();

    /// <summary>Runs several statements that are needed once (the schema).</summary>
    public void RunScript(string sql)
    {
        var code = raw.sqlite3_exec(Handle, sql);
        if (code != raw.SQLITE_OK)
            throw SqliteFailure.Of(Handle, code);
    }

    /// <summary>Ends a transaction that is still open; used after errors.</summary>
    public void RollBack()
    {
        if (!IsIdle)
            Run("ROLLBACK");
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();

        _connection.Dispose();
    }

    private static void Configure(SqliteSession session, string file)
    {
        // FULL, not NORMAL: in WAL mode NORMAL does not sync at COMMIT, and what was acknowledged could vanish with the power.
        session.Statement("PRAGMA journal_mode = WAL").TryFirst(row => row.Text(0), out var mode);
        if (!string.Equals(mode, "wal", StringComparison.Ordinal))
            throw new StoreStartRefusedException($"{file} cannot have a write-ahead log (journal mode {mode}); expected a local disk.");

        session.Run("PRAGMA synchronous = FULL");
        session.Run("PRAGMA journal_size_limit = 67108864");
        session.Run("PRAGMA cache_size = -32768");
    }

    private static SqliteSession Open(string file, SqliteOpenMode mode)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString();
        var connection = new SqliteConnection(text);
        try
        {
            connection.Open();
            _ = raw.sqlite3_busy_timeout(connection.Handle!, 1000);
            return new SqliteSession(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
