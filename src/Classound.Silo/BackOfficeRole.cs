using Classound.Grains.Dids;
using Classound.Grains.Pbxs;
using Orleans.Configuration;

namespace Classound.Silo;

/// <summary>
/// A process without PBXs: a client of the cluster, for what must not slow calls down. It reads the ledger itself and asks the silos'
/// grains for the rest.
/// </summary>
internal static class BackOfficeRole
{
    public const string Name = "back-office";

    // Silos that came since: a client that only knew those that are gone would have nobody to ask.
    private static readonly TimeSpan GatewayRefreshPeriod = TimeSpan.FromSeconds(5);

    public static void Add(WebApplicationBuilder builder, ClassoundOptions options)
    {
        builder.Services.AddPbxClients();
        builder.Services.AddDidClients();
        builder.Host.UseOrleansClient(client =>
        {
            client.UseRedisClustering(redis => redis.ConfigurationOptions = Clustering.RedisFor("classound-cluster", options));
            client.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (options.ServiceId, options.ClusterId));
            client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = GatewayRefreshPeriod);
            client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(10));
            client.UseConnectionRetryFilter<SilosAwaited>();
            if (Telemetry.Traces(builder.Configuration, options)) client.AddActivityPropagation();
        });
    }
}
