namespace Classound.Storage;

/// <summary>
/// The store must not be opened as it is configured: another process holds the data folder, the schema is of another release,
/// or the number of partitions is not the installed one. Starting again does not help; the message says what would.
/// </summary>
public sealed class StoreStartRefusedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The setting to change, where it is another than the place of the store; else empty.</summary>
    public string Setting { get; init; } = "";
}
