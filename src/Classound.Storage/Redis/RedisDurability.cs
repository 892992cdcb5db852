namespace Classound.Storage.Redis;

/// <summary>
/// What a server's settings let vanish of what was acknowledged. <c>save</c> is left alone: snapshots neither add to nor take from
/// an append-only file.
/// </summary>
internal static class RedisDurability
{
    /// <summary>Settings that have to be read.</summary>
    public static readonly string[] Settings =
    [
        "appendonly", "appendfsync", "no-appendfsync-on-rewrite", "maxmemory-policy", "maxmemory", "min-replicas-to-write",
    ];

    /// <param name="server">host:port.</param>
    /// <param name="settings">What the server said; a setting that is missing could not be read.</param>
    /// <param name="replicas">Replicas that are connected to it.</param>
    public static IEnumerable<DurabilityFinding> Judge(string server, IReadOnlyDictionary<string, string> settings, int replicas)
    {
        string? Value(string name) => settings.GetValueOrDefault(name);
        DurabilityFinding Found(string name, string expected, string loss) => new(server, name, Value(name), expected, loss);

        // Without the file its fsync does not matter; where nothing can be read, nothing is proven.
        if (Value("appendonly") != "yes")
        {
            yield return Found(
                "appendonly", "yes",
                "everything since the last snapshot, if there is one, is lost when Redis or its machine dies");
        }

        if (Value("appendonly") != "no" && Value("appendfsync") != "always")
        {
            yield return Found("appendfsync", "always", FsyncLoss(Value("appendfsync")));
        }
        else if (Value("appendonly") != "no" && Value("no-appendfsync-on-rewrite") != "no")
        {
            yield return Found(
                "no-appendfsync-on-rewrite", "no",
                "what is written while the append-only file is rewritten is lost when the machine dies");
        }

        // Also without maxmemory: setting that later, perhaps in an emergency, would start the eviction.
        if (Value("maxmemory-policy") is var policy && policy != "noeviction")
            yield return Found("maxmemory-policy", "noeviction", EvictionLoss(policy, Value("maxmemory")));

        if (replicas > 0 && Value("min-replicas-to-write") is null or "0")
            yield return Found("min-replicas-to-write", "1 or more", "a failover to a replica that lags loses what only this server has");
    }

    private static string FsyncLoss(string? appendFsync) => appendFsync switch
    {
        "no" => "some 30 s of acknowledged calls are lost when the machine dies",
        _ => "1 s of acknowledged calls (2 s at worst) is lost when the machine dies, and while its disk is slow also when Redis dies",
    };

    // The settled index is the only thing with a time to live, and so all that volatile-* takes.
    private static string EvictionLoss(string? policy, string? maxmemory)
    {
        var lost = policy?.StartsWith("volatile-", StringComparison.Ordinal) == true
            ? "settled indexes are evicted when memory is full, and late copies of settled calls are charged again"
            : "ledgers and rated calls are evicted when memory is full";
        return maxmemory == "0" ? lost + " (maxmemory is 0 now, which is no limit)" : lost;
    }
}
