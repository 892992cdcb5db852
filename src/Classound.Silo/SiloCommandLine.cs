using System.CommandLine;

namespace Classound.Silo;

/// <summary>The options of the host. Each sets the configuration key of its name, above environment and appsettings.json.</summary>
internal static class SiloCommandLine
{
    private static readonly Option<bool> Demo = new("--demo")
    {
        Description = "Provision a sample operator (invented prices), play a little traffic, say what happens, and go on serving.",
    };

    private static readonly Option<bool> RequireDurableStore = new("--require-durable-store")
    {
        Description = "Refuse a Redis whose settings could lose what it acknowledged, instead of warning.",
    };

    private static readonly (Option<string?> Option, string Key)[] Settings =
    [
        Setting("--data-folder", "DataFolder", "Folder of the embedded store. One process at a time."),
        Setting("--listen", "ListenAddress", "IP address to listen on. Default 127.0.0.1: nobody is authenticated yet."),
        Setting("--grpc-port", "GrpcPort", "gRPC, HTTP/2. Default 5080."),
        Setting("--tls-certificate", "TlsCertificate", "gRPC over TLS: file of its certificate (PEM, with the chain), read again when it changes. Default: no TLS."),
        Setting("--tls-key", "TlsKey", "File of the key of --tls-certificate (PEM)."),
        Setting("--http-port", "HttpPort", "Operations, HTTP/1.1: /health/live, /health/ready, /metrics. Default 5081."),
        Setting("--advertised-address", "AdvertisedAddress", "IP address under which other silos reach this one. Default: --listen, or the host's own where that is any."),
        Setting("--silo-port", "SiloPort", "Between silos, as the others reach it. Default 0: any free port."),
        Setting("--silo-listen-port", "SiloListenPort", "Where it listens for other silos, if ports are mapped in between. Default 0: --silo-port."),
        Setting("--gateway-port", "GatewayPort", "For clients of the cluster. Default 0: any free port."),
        Setting("--drain-seconds", "DrainSeconds", "How long it goes on serving, but is not ready, after it was told to stop. Default 0."),
        Setting("--role", "Role", "silo (default: has PBXs) or back-office: a client of a cluster of silos, with --store redis."),
        Setting("--services", "Services", "Which services answer here: some of calls,rating,provisioning,billing,reports. Default: all."),
        Setting("--store", "Store", "sqlite (embedded, default) or redis."),
        Setting("--redis", "Redis", "host:port of the Redis that keeps everything, or several nodes of a Redis Cluster: host:port,host:port; with --store redis."),
        Setting("--redis-ca-certificate", "RedisCaCertificate", "With ssl=true in --redis: file of the authorities (PEM) to trust instead of the machine's."),
        Setting("--redis-wait-seconds", "RedisWaitSeconds", "How long a start waits for a Redis that does not answer yet. Default 30; 0 = refuse at once."),
        Setting("--service-id", "ServiceId", "Begins every key in Redis: two installations on one Redis differ in it. Default classound."),
        Setting("--cluster-id", "ClusterId", "Silos of one service and cluster share the PBXs. Default classound."),
        Setting("--operator-name", "OperatorName", "Who sells by the price lists: stands on the PDF of an exported one."),
        Setting("--otlp-endpoint", "OtlpEndpoint", "URL of an OTLP collector for metrics and traces (gRPC, http://collector:4317). Default: none, or OTEL_EXPORTER_OTLP_ENDPOINT."),
        Setting("--log-format", "LogFormat", "text (default) or json: one object a line."),
        Setting("--partitions", "Partitions", "Partitions of the ledger, fixed when it is first written. Default 256."),
    ];

    public static RootCommand Create(Func<IReadOnlyDictionary<string, string?>, bool, CancellationToken, Task<int>> run)
    {
        var command = new RootCommand("""
            Classound: authorises, rates and settles the calls of business PBXs over gRPC.

            Examples:
              Classound.Silo                                    serve from the user's data folder
              Classound.Silo --demo                             serve a sample operator and show what it does
              Classound.Silo --store redis --redis 10.0.0.5:6379
                                                                one silo of a cluster: start as many as you like

            Silos find each other through Redis. On several machines give each --listen 0.0.0.0 and a --silo-port that
            the others can reach; nothing between silos, or from edges, is authenticated yet, so keep the network closed.

            Every option is also an environment variable (CLASSOUND__GRPCPORT=5090) and a key of appsettings.json
            ("Classound": { "GrpcPort": 5090 }).
            """);
        command.Options.Add(Demo);
        command.Options.Add(RequireDurableStore);
        foreach (var (option, _) in Settings) command.Options.Add(option);
        command.SetAction((result, cancellation) =>
        {
            var given = Settings.Where(setting => result.GetValue(setting.Option) is not null)
                .ToDictionary(setting => $"{ClassoundOptions.Section}:{setting.Key}", setting => result.GetValue(setting.Option));
            if (result.GetValue(RequireDurableStore)) given[$"{ClassoundOptions.Section}:{nameof(ClassoundOptions.RequireDurableStore)}"] = "true";
            return run(given, result.GetValue(Demo), cancellation);
        });
        return command;
    }

    private static (Option<string?> Option, string Key) Setting(string name, string key, string description) =>
        (new Option<string?>(name) { Description = description }, key);
}
