using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Classound.Cluster.Tests.Changes;

/// <summary>A channel of an edge that sends each request to the next of the silos that are offered (round_robin).</summary>
internal static class BalancedChannel
{
    private const string Scheme = "headless";

    public static GrpcChannel To(HeadlessService service) => GrpcChannel.ForAddress($"{Scheme}:///silos", new GrpcChannelOptions
    {
        Credentials = ChannelCredentials.Insecure,
        ServiceProvider = new ServiceCollection().AddSingleton<ResolverFactory>(new Factory(service)).BuildServiceProvider(),
        ServiceConfig = new ServiceConfig { LoadBalancingConfigs = { new RoundRobinConfig() } },
        HttpHandler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1), EnableMultipleHttp2Connections = true },
        DisposeHttpClient = true,
    });

    private sealed class Factory(HeadlessService service) : ResolverFactory
    {
        public override string Name => Scheme;

        public override Resolver Create(ResolverOptions options) => new Names(service);
    }

    private sealed class Names(HeadlessService service) : Resolver
    {
        private Action<ResolverResult>? _listener;

        public override void Start(Action<ResolverResult> listener)
        {
            _listener = listener;
            service.Changed += Tell;
            Tell();
        }

        public override void Refresh() => Tell();

        protected override void Dispose(bool disposing)
        {
            service.Changed -= Tell;
            base.Dispose(disposing);
        }

        private void Tell()
        {
            BalancerAddress[] silos = [.. service.Offered.Select(node => new BalancerAddress(IPAddress.Loopback.ToString(), node.GrpcPort))];
            _listener?.Invoke(ResolverResult.ForResult(silos));
        }
    }
}
