using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Classound.Storage.Sqlite;

/// <summary>
/// Connections for reads. Each read is one short transaction, so that all its statements see one instant; a long one would keep
/// the write-ahead log from being taken back.
/// </summary>
internal sealed class SqliteReaders : IAsyncDisposable
{
    private readonly Channel<SqliteSession> _free = Channel.CreateUnbounded<SqliteSession>();
    private readonly int _count;

    public SqliteReaders(string file, int count)
    {
        _count = count;
        for (var i = 0; i < count; i++)
            _free.Writer.TryWrite(SqliteSession.OpenReader(file));
    }

    /// <exception cref="StoreUnavailableException">The file cannot be read, or the store is closed.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> body, CancellationToken ct)
    {
        SqliteSession session;
        try
        {
            session = await _free.Reader.ReadAsync(ct).ConfigureAwait(false);
        }
        catch (ChannelClosedException closed)
        {
            throw new StoreUnavailableException("The embedded store is closed.", closed);
        }

        try
        {
            // SQLite reads block on the disk: not on a grain's thread.
            return await Task.Run(() => InTransaction(session, body), CancellationToken.None).ConfigureAwait(false);
        }
        catch (SqliteException error)
        {
            throw SqliteFailure.NotApplied(error);
        }
        finally
        {
            if (!_free.Writer.TryWrite(session))
                session.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < _count; i++)
        {
            var session = await _free.Reader.ReadAsync().ConfigureAwait(false);
            session.Dispose();
        }

        _free.Writer.TryComplete();
    }

    private static T InTransaction<T>(SqliteSession session, Func<SqliteSession, T> body)
    {
        session.Run("BEGIN");
        try
        {
            return body(session);
        }
        finally
        {
            session.RollBack();
        }
    }
}
