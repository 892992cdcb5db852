using Grpc.Net.Client;

namespace Classound.Benchmarks.Load;

/// <summary>HTTP/2 connections to one server or several, dealt out to workers in turn, as edges hold theirs.</summary>
internal sealed class Connections
{
    private readonly GrpcChannel[] _channels;

    public Connections(IReadOnlyList<string> addresses, int connections) =>
        _channels = [.. Enumerable.Range(0, Math.Max(connections, addresses.Count)).Select(i => GrpcChannel.ForAddress(addresses[i % addresses.Count]))];

    public int Count => _channels.Length;

    /// <summary>One client per connection.</summary>
    public T[] Clients<T>(Func<GrpcChannel, T> client) => [.. _channels.Select(client)];

    public void Close()
    {
        foreach (var channel in _channels) channel.Dispose();
    }
}
