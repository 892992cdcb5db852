namespace Classound.Storage.Sqlite;

/// <summary>
/// Holds a data folder for this process. SQLite's own locks would let two silos write by turns, each with its own idea of
/// which grains it runs. The system drops the lock with the process, however that ends, so nothing has to be cleaned up.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    /// <summary>Name of the lock file in the data folder.</summary>
    public const string FileName = "classound.lock";

    private readonly FileStream _file;

    private DataFolderLock(FileStream file) => _file = file;

    /// <exception cref="StoreStartRefusedException">Another process, or another store of this one, holds the folder.</exception>
    public static DataFolderLock Take(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            Directory.CreateDirectory(folder);
            return new DataFolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreStartRefusedException(
                $"The data folder {folder} cannot be used: its lock file {path} is held by another process or cannot be opened "
                + $"({error.Message}) One process at a time may use a data folder: stop the other, or configure another folder; "
                + "several silos share a Redis instead (--store redis).",
                error);
        }
    }

    public void Dispose() => _file.Dispose();
}
