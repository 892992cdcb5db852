namespace Classound.Storage.Sqlite;

/// <summary>How the embedded database is opened.</summary>
public sealed class SqliteDatabaseOptions
{
    /// <summary>Name of the database file in the data folder.</summary>
    public const string FileName = "classound.db";

    /// <summary>The data folder; created when absent, then held by one process at a time.</summary>
    public required string Folder { get; init; }

    /// <summary>Number of partitions of the feed, fixed at installation: 1 to 4,096.</summary>
    public int Partitions { get; init; } = PbxPartition.DefaultCount;

    /// <summary>Writes that may wait for the writer; a further one is refused at once as unavailable.</summary>
    public int QueueCapacity { get; init; } = 4096;

    /// <summary>Most writes that share one transaction. More would not save a sync that matters, but delay the first of them.</summary>
    public int MaxGroup { get; init; } = 256;

    /// <summary>Connections for reads.</summary>
    public int Readers { get; init; } = 4;
}
