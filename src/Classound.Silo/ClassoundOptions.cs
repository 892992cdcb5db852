using System.Net;
using Classound.Api;
using Classound.Silo.Tls;

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

    /// <summary>gRPC, HTTP/2: over TLS where there is a <see cref="TlsCertificate"/>, else without.</summary>
    public int GrpcPort { get; set; } = 5080;

    /// <summary>
    /// File of the certificate of <see cref="GrpcPort"/> (PEM): its own first, then those between it and its authority. May be replaced while
    /// the process runs. Empty = no TLS.
    /// </summary>
    public string TlsCertificate { get; set; } = "";

    /// <summary>File of the key of <see cref="TlsCertificate"/> (PEM, no passphrase).</summary>
    public string TlsKey { get; set; } = "";

    /// <summary>Operations, HTTP/1.1: health and metrics.</summary>
    public int HttpPort { get; set; } = 5081;

    /// <summary>
    /// IP address under which the other silos of a cluster reach this one. Default: <see cref="ListenAddress"/>, or the
    /// host's own first address where that is any address.
    /// </summary>
    public string AdvertisedAddress { get; set; } = "";

    /// <summary>Between silos, as the others reach it; 0 = any free port.</summary>
    public int SiloPort { get; set; }

    /// <summary>Where it listens for the other silos, if something in between maps ports; 0 = <see cref="SiloPort"/>.</summary>
    public int SiloListenPort { get; set; }

    /// <summary>For clients of the cluster; 0 = any free port.</summary>
    public int GatewayPort { get; set; }

    /// <summary>
    /// How long a process that was told to stop goes on serving while it says that it is not ready, in seconds: the time that
    /// load balancers need to take it out.
    /// </summary>
    public int DrainSeconds { get; set; }

    /// <summary>"silo" (has PBXs) or "back-office" (a client of a cluster of silos, on its Redis).</summary>
    public string Role { get; set; } = SiloRole.Name;

    /// <summary>Which services answer here, of calls, rating, provisioning, billing and reports, separated by commas. Empty = all.</summary>
    public string Services { get; set; } = "";

    /// <summary>"sqlite" (embedded, one process) or "redis".</summary>
    public string Store { get; set; } = Sqlite;

    /// <summary>
    /// With Store = redis: host:port of the Redis or Valkey that keeps ledger, grain state and cluster; several nodes of a
    /// Redis Cluster as host:port,host:port; further settings in the form of StackExchange.Redis (",password=...").
    /// </summary>
    public string Redis { get; set; } = "";

    /// <summary>
    /// With ssl=true in <see cref="Redis"/>: file of the authorities' certificates (PEM) that are trusted instead of the machine's. May be
    /// replaced while the process runs.
    /// </summary>
    public string RedisCaCertificate { get; set; } = "";

    /// <summary>How long a start waits for a Redis that does not answer yet, in seconds; 0 = not at all.</summary>
    public int RedisWaitSeconds { get; set; } = 30;

    /// <summary>Refuse to start, and to charge, on a Redis whose settings could lose what it acknowledged; else warn only.</summary>
    public bool RequireDurableStore { get; set; }

    /// <summary>Begins every key in Redis. Two installations on one Redis differ in it; it never changes.</summary>
    public string ServiceId { get; set; } = "classound";

    /// <summary>Silos of the same service and cluster share the PBXs among them.</summary>
    public string ClusterId { get; set; } = "classound";

    /// <summary>Who sells by the price lists: stands on the PDF of an exported one. Empty = nobody is named.</summary>
    public string OperatorName { get; set; } = "";

    /// <summary>Partitions of the ledger, fixed when it is first written.</summary>
    public int Partitions { get; set; } = 256;

    /// <summary>
    /// URL of an OTLP collector (gRPC), for metrics and traces. Empty = by the standard OTEL_EXPORTER_OTLP_* variables, or none.
    /// </summary>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary>
    /// Of Orleans' dashboard on the operations port of a silo; empty = no dashboard. No option of the command line sets it, for
    /// everybody on a machine sees those.
    /// </summary>
    public string DashboardPassword { get; set; } = "";

    /// <summary>"text" for people or "json" for machines.</summary>
    public string LogFormat { get; set; } = Silo.LogFormat.Text;

    public bool IsBackOffice => Role == BackOfficeRole.Name;

    public IReadOnlyList<string> ServiceNames =>
        Services.Length == 0 ? ClassoundApi.AllServices : Services.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The key that says where the store is.</summary>
    public string PlaceOfStore => UsesRedis ? nameof(Redis) : nameof(DataFolder);

    public bool UsesRedis => Store == RedisStore;

    public bool UsesTls => TlsCertificate.Length > 0;

    /// <summary>What is wrong, one line per key; empty = nothing. Files are not looked at.</summary>
    public IEnumerable<string> Check()
    {
        if (!IPAddress.TryParse(ListenAddress, out _))
            yield return $"{Section}:ListenAddress is '{ListenAddress}': expected an IP address such as 127.0.0.1 or 0.0.0.0";
        foreach (var (key, port, lowest) in new[]
        {
            ("GrpcPort", GrpcPort, 1), ("HttpPort", HttpPort, 1), ("SiloPort", SiloPort, 0), ("GatewayPort", GatewayPort, 0),
            ("SiloListenPort", SiloListenPort, 0),
        })
        {
            if (port < lowest || port > IPEndPoint.MaxPort)
                yield return $"{Section}:{key} is {port}: expected a port, {lowest} to {IPEndPoint.MaxPort}";
        }
        if (GrpcPort == HttpPort) yield return $"{Section}:HttpPort is {HttpPort}, the same as GrpcPort: HTTP/2 and HTTP/1.1 without TLS need a port each";
        if (Store is not (Sqlite or RedisStore)) yield return $"{Section}:Store is '{Store}': expected {Sqlite} or {RedisStore}";
        if (UsesRedis && Redis.Length == 0) yield return $"{Section}:Redis is missing: Store is {RedisStore}, so expected host:port";
        if (UsesRedis && Redis.Length > 0 && Clustering.WhatIsWrongWith(Redis) is { } wrong)
            yield return $"{Section}:Redis: {wrong}; expected host:port, or host:port,host:port,setting=value as StackExchange.Redis takes it";
        if (!UsesRedis && Redis.Length > 0) yield return $"{Section}:Redis is given, but Store is {Store}: say --store {RedisStore} to use it";
        if (!UsesRedis && DataFolder.Length == 0) yield return $"{Section}:DataFolder is empty: expected a folder";
        if (Partitions is < 1 or > 4096) yield return $"{Section}:Partitions is {Partitions}: expected 1 to 4096";
        if (OperatorName.Length > 100) yield return $"{Section}:OperatorName has {OperatorName.Length} characters: expected at most 100";
        if (OtlpEndpoint.Length > 0 && !Telemetry.IsEndpoint(OtlpEndpoint))
            yield return $"{Section}:OtlpEndpoint is '{OtlpEndpoint}': expected a URL such as http://collector:4317";
        if (LogFormat is not (Silo.LogFormat.Text or Silo.LogFormat.Json))
            yield return $"{Section}:LogFormat is '{LogFormat}': expected {Silo.LogFormat.Text} or {Silo.LogFormat.Json}";
        if (DashboardPassword.Length > 0 && DashboardPassword.Length is < DashboardAccess.ShortestPassword or > DashboardAccess.LongestPassword)
            yield return $"{Section}:DashboardPassword has {DashboardPassword.Length} characters: expected {DashboardAccess.ShortestPassword} to {DashboardAccess.LongestPassword}, or nothing for no dashboard";
        foreach (var line in CheckRole()) yield return line;
        foreach (var line in TlsSettings.Check(this)) yield return line;
        foreach (var line in CheckCluster()) yield return line;
    }

    private IEnumerable<string> CheckRole()
    {
        if (Role is not (SiloRole.Name or BackOfficeRole.Name)) yield return $"{Section}:Role is '{Role}': expected {SiloRole.Name} or {BackOfficeRole.Name}";
        if (IsBackOffice && !UsesRedis) yield return $"{Section}:Role is {Role}, but Store is {Store}: a client needs silos to ask, on the Redis of both";
        if (IsBackOffice && DashboardPassword.Length > 0) yield return $"{Section}:DashboardPassword is given, but Role is {Role}: silos have the dashboard, so leave it out";
        foreach (var unknown in ServiceNames.Except(ClassoundApi.AllServices))
            yield return $"{Section}:Services has '{unknown}': expected some of {string.Join(", ", ClassoundApi.AllServices)}, separated by commas";
        if (ServiceNames.Count == 0) yield return $"{Section}:Services is '{Services}': expected some of {string.Join(", ", ClassoundApi.AllServices)}, or nothing for all";
    }

    private IEnumerable<string> CheckCluster()
    {
        if (AdvertisedAddress.Length > 0 && (!IPAddress.TryParse(AdvertisedAddress, out var advertised) || Clustering.IsAny(advertised)))
            yield return $"{Section}:AdvertisedAddress is '{AdvertisedAddress}': expected the IP address under which other silos reach this one";
        if (!UsesRedis && AdvertisedAddress.Length > 0)
            yield return $"{Section}:AdvertisedAddress is given, but Store is {Store}: several silos need --store {RedisStore}";
        if (SiloListenPort != 0 && SiloPort == 0)
            yield return $"{Section}:SiloListenPort is {SiloListenPort} without SiloPort: say under which port the other silos reach it";
        if (!UsesRedis && SiloListenPort != 0)
            yield return $"{Section}:SiloListenPort is given, but Store is {Store}: several silos need --store {RedisStore}";
        if (!UsesRedis && RequireDurableStore)
            yield return $"{Section}:RequireDurableStore is for Store = {RedisStore}: {Store} always waits for the disk, so leave it out";
        if (DrainSeconds is < 0 or > 600) yield return $"{Section}:DrainSeconds is {DrainSeconds}: expected 0 to 600";
        if (RedisWaitSeconds is < 0 or > 3600) yield return $"{Section}:RedisWaitSeconds is {RedisWaitSeconds}: expected 0 to 3600";
        foreach (var (key, name) in new[] { ("ServiceId", ServiceId), ("ClusterId", ClusterId) })
        {
            if (name.Length is 0 or > 32 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
                yield return $"{Section}:{key} is '{name}': expected 1 to 32 characters of A-Z a-z 0-9 . _ -";
        }
        if (UsesRedis && !IsBackOffice && IPAddress.TryParse(ListenAddress, out _) && AdvertisedAddress.Length == 0 && Clustering.AdvertisedAddress(this) is null)
            yield return $"{Section}:AdvertisedAddress is missing: {ListenAddress} is every address, and this host shows none that other silos could reach";
    }
}
