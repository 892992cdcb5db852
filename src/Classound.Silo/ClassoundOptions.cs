using System.Net;

namespace Classound.Silo;

/// <summary>Configuration section "Classound": command line before environment (CLASSOUND__GRPCPORT) before appsettings.json.</summary>
public sealed class ClassoundOptions
{
    public const string Section = "Classound";
    public const string Sqlite = "sqlite";
    public const string RedisStore = "redis";

    /// <summary>Where the embedded store lives. Default: "classound" in the user's data folder.</summary>
    public string DataFolder { get; set; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "classound");

    /// <summary>
    /// Address that gRPC and HTTP listen on. Loopback by default: there is no authentication yet, so reaching the port is
    /// being the operator.
    /// </summary>
    public string ListenAddress { get; set; } = IPAddress.Loopback.ToString();

    /// <summary>gRPC, HTTP/2 without TLS.</summary>
    public int GrpcPort { get; set; } = 5080;

    /// <summary>HTTP/1.1: health.</summary>
    public int HttpPort { get; set; } = 5081;

    /// <summary>Between silos; 0 = any free port.</summary>
    public int SiloPort { get; set; }

    /// <summary>For clients of the cluster; 0 = any free port.</summary>
    public int GatewayPort { get; set; }

    /// <summary>"sqlite" (embedded, one process) or "redis".</summary>
    public string Store { get; set; } = Sqlite;

    /// <summary>host:port of the Redis or Valkey that keeps the ledger; with Store = redis.</summary>
    public string Redis { get; set; } = "";

    /// <summary>Partitions of the ledger, fixed when it is first written.</summary>
    public int Partitions { get; set; } = 256;

    public bool UsesRedis => Store == RedisStore;

    /// <summary>What is wrong, one line per key; empty = nothing.</summary>
    public IEnumerable<string> Check()
    {
        if (!IPAddress.TryParse(ListenAddress, out _))
            yield return $"{Section}:ListenAddress is '{ListenAddress}': expected an IP address such as 127.0.0.1 or 0.0.0.0";
        foreach (var (key, port, lowest) in new[]
            { ("GrpcPort", GrpcPort, 1), ("HttpPort", HttpPort, 1), ("SiloPort", SiloPort, 0), ("GatewayPort", GatewayPort, 0) })
        {
            if (port < lowest || port > IPEndPoint.MaxPort)
                yield return $"{Section}:{key} is {port}: expected a port, {lowest} to {IPEndPoint.MaxPort}";
        }
        if (GrpcPort == HttpPort) yield return $"{Section}:HttpPort is {HttpPort}, the same as GrpcPort: HTTP/2 and HTTP/1.1 without TLS need a port each";
        if (Store is not (Sqlite or RedisStore)) yield return $"{Section}:Store is '{Store}': expected {Sqlite} or {RedisStore}";
        if (UsesRedis && Redis.Length == 0) yield return $"{Section}:Redis is missing: Store is {RedisStore}, so expected host:port";
        if (!UsesRedis && Redis.Length > 0) yield return $"{Section}:Redis is given, but Store is {Store}: say --store {RedisStore} to use it";
        if (!UsesRedis && DataFolder.Length == 0) yield return $"{Section}:DataFolder is empty: expected a folder";
        if (Partitions is < 1 or > 4096) yield return $"{Section}:Partitions is {Partitions}: expected 1 to 4096";
    }
}
