namespace Classound.Storage.Redis;

/// <summary>How the ledger is kept on Redis or Valkey, 7.0 or later.</summary>
public sealed class RedisStoreOptions
{
    /// <summary>Where the servers are, in the form of StackExchange.Redis: <c>host:port,host:port,password=...</c></summary>
    /// <remarks>Time-outs, protocol and backlog in it are overruled: the contract's failures depend on them.</remarks>
    public required string Configuration { get; init; }

    /// <summary>With <c>ssl=true</c>: file of the authorities' certificates (PEM) that are trusted instead of the machine's; empty = the machine's.</summary>
    public string CaCertificate { get; init; } = "";

    /// <summary>Begins every key: 1 to 32 characters of [A-Za-z0-9._-]. Two installations on one server differ in it.</summary>
    public string KeyPrefix { get; init; } = "classound";

    /// <summary>Number of partitions, fixed at installation: 1 to 4,096.</summary>
    public int Partitions { get; init; } = PbxPartition.DefaultCount;

    /// <summary>Time in which a server has to answer; afterwards the outcome of a write is unknown.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>
    /// Refuses the start when acknowledged data could vanish with a server's settings, and takes no write while that turns out to be
    /// so later on. Without it each such setting is an error in the log.
    /// </summary>
    public bool RequireDurableStore { get; init; }

    /// <summary>Time between two checks of the settings, and of whether the store still has what was seen stored.</summary>
    public TimeSpan WatchPeriod { get; init; } = TimeSpan.FromSeconds(15);
}
