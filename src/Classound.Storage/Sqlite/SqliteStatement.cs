using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Classound.Storage.Sqlite;

/// <summary>
/// A prepared statement that lives as long as its connection. ADO.NET commands were left aside here: they cost more than the
/// statements of a small commit themselves. Not for use by two threads at a time.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public SqliteStatement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, string value)
    {
        Check(raw.sqlite3_bind_text(_statement, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        // An empty span has no address, and SQLite takes a blob without address for NULL.
        Check(value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(_statement, index, 0)
            : raw.sqlite3_bind_blob(_statement, index, value));
        return this;
    }

    public SqliteStatement BindNull(int index)
    {
        Check(raw.sqlite3_bind_null(_statement, index));
        return this;
    }

    /// <summary>Runs to the end, ignoring rows; returns how many rows it changed.</summary>
    public int Run()
    {
        try
        {
            while (Step())
            {
            }

            return raw.sqlite3_changes(_connection);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Reads the first row, if there is one.</summary>
    public bool TryFirst<T>(Func<SqliteStatement, T> read, out T? value)
    {
        try
        {
            var found = Step();
            value = found ? read(this) : default;
            return found;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Reads all rows. The statement bounds their number.</summary>
    public List<T> All<T>(Func<SqliteStatement, T> read)
    {
        try
        {
            var rows = new List<T>();
            while (Step())
                rows.Add(read(this));

            return rows;
        }
        finally
        {
            Reset();
        }
    }

    public long Integer(int column) => raw.sqlite3_column_int64(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public void Dispose() => _statement.Dispose();

    private bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code is raw.SQLITE_ROW or raw.SQLITE_DONE)
            return code == raw.SQLITE_ROW;

        throw SqliteFailure.Of(_connection, code);
    }

    // The result repeats the error of the last step, which was thrown already.
    private void Reset()
    {
        _ = raw.sqlite3_reset(_statement);
        _ = raw.sqlite3_clear_bindings(_statement);
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw SqliteFailure.Of(_connection, code);
    }
}
