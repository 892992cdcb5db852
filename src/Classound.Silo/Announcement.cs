using System.Reflection;
using Orleans.Runtime;

namespace Classound.Silo;

/// <summary>What a process says once it serves: to people as lines, to machines as one event.</summary>
internal static partial class Announcement
{
    public static void Make(ClassoundOptions options, IServiceProvider services)
    {
        var store = options.UsesRedis ? $"Redis at {Clustering.WithoutSecrets(options)}" : $"SQLite in {options.DataFolder}";
        var cluster = options.IsBackOffice ? $"{options.ClusterId}, as its client"
            : options.UsesRedis ? Membership(options, services) : "none: SQLite serves one process";
        if (options.LogFormat == LogFormat.Json)
        {
            var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Classound.Silo");
            LogServing(log, Version, options.ListenAddress, options.GrpcPort, options.HttpPort, store, cluster);
            return;
        }
        Console.WriteLine($"""
            Classound {Version}
              gRPC    {(options.UsesTls ? "https" : "http")}://{options.ListenAddress}:{options.GrpcPort} (HTTP/2 {(options.UsesTls ? "over" : "without")} TLS; reflection on): {string.Join(", ", options.ServiceNames)}
              health  http://{options.ListenAddress}:{options.HttpPort}/health/ready, metrics at {Telemetry.MetricsPath}{(Dashboard.IsOn(options) ? $", Orleans' dashboard at {Dashboard.Path}" : "")}
              store   {store}
              cluster {cluster}
            Stop with Ctrl+C.
            """);
    }

    public static string? Version { get; } =
        Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    private static string Membership(ClassoundOptions options, IServiceProvider services)
    {
        var own = services.GetRequiredService<ILocalSiloDetails>().SiloAddress.Endpoint;
        var active = MembershipWatch.Active(services.GetRequiredService<IClusterMembershipService>().CurrentSnapshot);
        return $"{options.ClusterId}, silo at {own}; {active} active";
    }

    [LoggerMessage(EventId = 4003, EventName = "Serving", Level = LogLevel.Information,
        Message = "Classound {Version} serves on {Address}: gRPC {GrpcPort}, operations {HttpPort}; store {Store}; cluster {Cluster}")]
    private static partial void LogServing(ILogger log, string? version, string address, int grpcPort, int httpPort, string store, string cluster);
}
