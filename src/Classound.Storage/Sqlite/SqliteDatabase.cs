using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classound.Storage.Sqlite;

/// <summary>
/// The embedded database of one process: a held data folder, one writer and a few readers. The ledger and the grain state
/// share it, so both have the same durability and their writes the same syncs.
/// </summary>
public sealed class SqliteDatabase : IAsyncDisposable
{
    private const long LeastSpace = 1 << 20;

    private readonly string _folder;
    private readonly DataFolderLock _lock;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private int _disposed;

    private SqliteDatabase(DataFolderLock folderLock, SqliteSession writer, SqliteDatabaseOptions options, string file, ILogger log)
    {
        _lock = folderLock;
        _folder = options.Folder;
        PartitionCount = options.Partitions;
        _readers = new SqliteReaders(file, options.Readers);
        _writer = new SqliteWriter(writer, options, log);
    }

    /// <summary>Number of partitions, fixed at installation.</summary>
    public int PartitionCount { get; }

    /// <summary>Whether the disk has room for more than a moment: 1 MiB.</summary>
    internal bool HasSpace => new DriveInfo(Path.GetFullPath(_folder)).AvailableFreeSpace >= LeastSpace;

    /// <summary>Locks the folder, creates or checks the file, and starts the writer.</summary>
    /// <exception cref="StoreStartRefusedException">
    /// Another process holds the folder, or the file is of another release or has another number of partitions.
    /// </exception>
    public static SqliteDatabase Open(SqliteDatabaseOptions options, ILogger? log = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        StoreLimits.CheckPartitionCount(options.Partitions);
        var folder = Path.GetFullPath(options.Folder);
        var folderLock = DataFolderLock.Take(folder);
        var file = Path.Combine(folder, SqliteDatabaseOptions.FileName);
        SqliteSession? writer = null;
        try
        {
            writer = SqliteSession.OpenWriter(file);
            SqliteSchema.Ensure(writer, file, options.Partitions);
            return new SqliteDatabase(folderLock, writer, options, file, log ?? NullLogger.Instance);
        }
        catch (Exception error)
        {
            writer?.Dispose();
            folderLock.Dispose();
            if (error is SqliteException)
                throw new StoreStartRefusedException($"The store {file} cannot be opened: {error.Message}.", error);

            throw;
        }
    }

    /// <summary>Finishes the waiting writes, closes the file and lets go of the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        // The writer last: the last connection to close folds the write-ahead log back into the file.
        await _readers.DisposeAsync().ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
        _lock.Dispose();
    }

    internal Task<T> WriteAsync<T>(Func<SqliteSession, T> body, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return _writer.WriteAsync(body);
    }

    internal Task<T> ReadAsync<T>(Func<SqliteSession, T> body, CancellationToken ct) => _readers.ReadAsync(body, ct);
}
