using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Classound.Storage.Sqlite;

/// <summary>
/// The one writer. It takes what gathered while the last transaction was synced, gives each write its own savepoint, commits
/// them together, and only then answers: one sync pays for the whole group, and a write that fails does not hurt the others.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const string Store = "sqlite";

    private readonly SqliteSession _session;
    private readonly Channel<PendingWrite> _queue;
    private readonly int _maxGroup;
    private readonly ILogger _log;
    private readonly Task _loop;

    public SqliteWriter(SqliteSession session, SqliteDatabaseOptions options, ILogger log)
    {
        _session = session;
        _maxGroup = options.MaxGroup;
        _log = log;
        _queue = Channel.CreateBounded<PendingWrite>(new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true });
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Queues a write; the task ends when it is durable, or with one of the contract's failures.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> body)
    {
        var write = new PendingWrite<T>(body);
        StorageMetrics.Queued(Store, 1);
        if (_queue.Writer.TryWrite(write))
            return write.Task;

        StorageMetrics.Queued(Store, -1);
        return Task.FromException<T>(
            new StoreUnavailableException("The embedded store takes no more writes: its queue is full or closed."));
    }

    /// <summary>Finishes the writes that wait, then closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        _session.Dispose();
    }

    private async Task RunAsync()
    {
        var group = new List<PendingWrite>(_maxGroup);
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (group.Count < _maxGroup && _queue.Reader.TryRead(out var write))
                group.Add(write);

            StorageMetrics.Queued(Store, -group.Count);
            var failure = CommitGroup(group);
            if (failure is not null)
                StorageLog.GroupFailed(_log, group.Count, failure);

            foreach (var write in group)
            {
                if (failure is null)
                    write.Answer();
                else
                    write.Fail(failure);
            }

            StorageMetrics.Grouped(Store, group.Count);
            group.Clear();
        }
    }

    // Null when the group is durable; else what its writes are told. Never throws: a dead writer would be a hung store.
    private Exception? CommitGroup(List<PendingWrite> group)
    {
        try
        {
            _session.RollBack();
            _session.Run("BEGIN IMMEDIATE");
            foreach (var write in group)
                ApplyInSavepoint(write);
        }
        catch (Exception error)
        {
            RollBackQuietly();
            return error as StoreUnavailableException ?? SqliteFailure.NotApplied(error);
        }

        try
        {
            _session.Run("COMMIT");
            return null;
        }
        catch (Exception error)
        {
            RollBackQuietly();
            return SqliteFailure.OfCommit(error);
        }
    }

    private void ApplyInSavepoint(PendingWrite write)
    {
        _session.Run("SAVEPOINT one_write");
        try
        {
            write.Apply(_session);
        }
        catch (Exception error)
        {
            // Some errors (disk full, I/O) end the whole transaction: then the others of the group are undone as well.
            if (_session.IsIdle)
                throw new StoreUnavailableException($"The embedded store undid a group of writes: {error.Message}.", error);

            _session.Run("ROLLBACK TO one_write");
            write.Refuse(SqliteFailure.NotApplied(error));
        }

        _session.Run("RELEASE one_write");
    }

    private void RollBackQuietly()
    {
        try
        {
            _session.RollBack();
        }
        catch (SqliteException error)
        {
            // The next group rolls back before it begins; until that works it fails, and says so.
            StorageLog.RollbackFailed(_log, error);
        }
    }
}
