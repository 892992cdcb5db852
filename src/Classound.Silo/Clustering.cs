using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Classound.Storage.Redis;
using Orleans.Configuration;
using StackExchange.Redis;

namespace Classound.Silo;

/// <summary>How this process is one of several on Redis, or alone on the embedded store.</summary>
internal static class Clustering
{
    // The second and third missed probe end a peer: with these it is given up 3 to 6 s after its last sign of life. The
    // longest time-out is set too, because for three of it any older byte from the peer counts as a sign of life.
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestProbeTimeout = TimeSpan.FromSeconds(2);
    private const int MissedProbes = 3;

    // Rows of silos that were killed all at once look alive for as long as these two make it; a restart waits for that.
    private static readonly TimeSpan SignOfLifePeriod = TimeSpan.FromSeconds(3);
    private const int MissedSignsOfLife = 3;

    // A silo that nobody could tell of its peers' death (or of its own) learns it from the table.
    private static readonly TimeSpan TableRefreshPeriod = TimeSpan.FromSeconds(3);

    // Each has a page with a stack to say for every attempt to reach a silo that is gone.
    public static readonly string[] TalkersOnPeersDeath =
    [
        "Orleans.Runtime.Messaging", "Orleans.Messaging", "Orleans.Runtime.MembershipService.MembershipSystemTarget",
        "Orleans.Runtime.GrainDirectory.ClientDirectory", "Orleans.Runtime.Metadata.ClusterManifestProvider",
        "Orleans.Runtime.MembershipService.SiloHealthMonitor", "Orleans.Runtime.CallbackData", "Orleans.Runtime.GrainCallCancellationManager",
    ];

    public static void Add(ISiloBuilder silo, ClassoundOptions options)
    {
        var (siloPort, gatewayPort) = (OrFree(options.SiloPort), OrFree(options.GatewayPort));
        if (options.UsesRedis) Join(silo, options, siloPort, gatewayPort);
        else silo.UseLocalhostClustering(siloPort, gatewayPort);
    }

    /// <summary>Where other silos reach this one; null when that cannot be told and has to be configured.</summary>
    public static IPAddress? AdvertisedAddress(ClassoundOptions options)
    {
        if (options.AdvertisedAddress.Length > 0) return IPAddress.Parse(options.AdvertisedAddress);
        var listening = IPAddress.Parse(options.ListenAddress);
        return IsAny(listening) ? OwnAddress(listening.AddressFamily) : listening;
    }

    public static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    /// <summary>For Orleans' own providers: what it stores on Redis beside the ledger.</summary>
    public static ConfigurationOptions RedisFor(string client, ClassoundOptions options)
    {
        var redis = ConfigurationOptions.Parse(options.Redis);
        // Orleans' providers are built against an older client, where this was the default.
        redis.Protocol = RedisProtocol.Resp2;
        redis.AbortOnConnectFail = false;
        redis.ConnectTimeout = redis.AsyncTimeout = redis.SyncTimeout = 1500;
        redis.HeartbeatInterval = TimeSpan.FromMilliseconds(250);
        redis.ReconnectRetryPolicy = new LinearRetry(250);
        // A write that waited for the server's return would be applied after its grain had given it up.
        redis.BacklogPolicy = BacklogPolicy.FailFast;
        redis.ClientName ??= client;
        RedisTls.Configure(redis, options.RedisCaCertificate);
        return redis;
    }

    /// <summary>Why this is no configuration of a Redis; null = it is one. Never repeats it: it may hold a password.</summary>
    public static string? WhatIsWrongWith(string redis)
    {
        try
        {
            return ConfigurationOptions.Parse(redis).EndPoints.Count == 0 ? "no server is named" : null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }

    /// <summary>Where Redis is; what else is configured may hold a password.</summary>
    public static string WithoutSecrets(ClassoundOptions options) =>
        string.Join(", ", ConfigurationOptions.Parse(options.Redis).EndPoints.Select(Text));

    private static string? Text(EndPoint endpoint) => endpoint is DnsEndPoint dns ? $"{dns.Host}:{dns.Port}" : endpoint.ToString();

    private static void Join(ISiloBuilder silo, ClassoundOptions options, int siloPort, int gatewayPort)
    {
        var listening = IPAddress.Parse(options.ListenAddress);
        silo.UseRedisClustering(redis => redis.ConfigurationOptions = RedisFor("classound-cluster", options));
        silo.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (options.ServiceId, options.ClusterId));
        silo.Configure<EndpointOptions>(endpoint =>
        {
            endpoint.AdvertisedIPAddress = AdvertisedAddress(options)!; // ClassoundOptions.Check refused a start without
            (endpoint.SiloPort, endpoint.GatewayPort) = (siloPort, gatewayPort);
            endpoint.SiloListeningEndpoint = new IPEndPoint(listening, options.SiloListenPort == 0 ? siloPort : options.SiloListenPort);
            endpoint.GatewayListeningEndpoint = new IPEndPoint(listening, gatewayPort);
        });
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = ProbeTimeout;
            membership.MaxProbeTimeout = LongestProbeTimeout;
            membership.NumMissedProbesLimit = MissedProbes;
            membership.TableRefreshTimeout = TableRefreshPeriod;
            membership.IAmAliveTablePublishTimeout = SignOfLifePeriod;
            membership.NumMissedTableIAmAliveLimit = MissedSignsOfLife;
        });
    }

    private static int OrFree(int port)
    {
        if (port != 0) return port;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static IPAddress? OwnAddress(AddressFamily family) =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .FirstOrDefault(address => address.AddressFamily == family && !address.IsIPv6LinkLocal);
}
