using Grpc.Net.Client;

namespace Classound.EndToEnd.Tests;

/// <summary>A connection to each silo of a cluster.</summary>
public sealed class Channels : IDisposable
{
    private readonly List<GrpcChannel> _channels;

    public Channels(SiloCluster cluster)
    {
        _channels = [.. cluster.Silos.Select(silo => silo.Connect())];
        Edges = [.. _channels.Select(channel => new SampleOperator(channel))];
    }

    public IReadOnlyList<SampleOperator> Edges { get; }

    public void Dispose()
    {
        foreach (var channel in _channels) channel.Dispose();
    }
}
