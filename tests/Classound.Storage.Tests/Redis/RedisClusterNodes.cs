using System.Globalization;

namespace Classound.Storage.Tests.Redis;

/// <summary>A Redis Cluster of three primaries on loopback, without replicas. A dead node takes only its own slots along.</summary>
public sealed class RedisClusterNodes : IAsyncDisposable
{
    private const int Slots = 16384;
    private const int Count = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly List<(RedisServer Server, int BusPort)> _nodes = [];

    public IReadOnlyList<RedisServer> Nodes => [.. _nodes.Select(n => n.Server)];

    public string Configuration => string.Join(',', _nodes.Select(n => n.Server.Configuration));

    /// <summary>Starts the servers and joins them, or skips the test when there is no redis-server.</summary>
    public static async Task<RedisClusterNodes> StartAsync(string appendFsync = "everysec")
    {
        var cluster = new RedisClusterNodes();
        try
        {
            for (var i = 0; i < Count; i++)
                cluster._nodes.Add(await StartNodeAsync(appendFsync));

            await cluster.JoinAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The node that serves the slot of a key, as they were given out at the start.</summary>
    public async Task<RedisServer> NodeOfAsync(string key) => Nodes[await SlotOfAsync(key) * Count / Slots];

    public async Task<int> SlotOfAsync(string key) => (int)await Nodes[0].ExecuteAsync("CLUSTER", "KEYSLOT", key);

    public static async Task<string> IdOfAsync(RedisServer node) => (string)(await node.ExecuteAsync("CLUSTER", "MYID"))!;

    /// <summary>Until every node says that all slots are served.</summary>
    public async Task UntilServingAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        foreach (var node in Nodes)
        {
            while (!IsServing((string)(await node.ExecuteAsync("CLUSTER", "INFO"))!))
                await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token); // gossip: there is no event to wait for
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
            await node.DisposeAsync();
    }

    private static async Task<(RedisServer, int)> StartNodeAsync(string appendFsync)
    {
        // Its default, the port + 10,000, may not exist.
        var busPort = Ports.Free();
        var server = await RedisServer.StartAsync(
            appendFsync, "--cluster-enabled", "yes", "--cluster-node-timeout", "2000", "--cluster-require-full-coverage", "no",
            "--cluster-port", busPort.ToString(CultureInfo.InvariantCulture));
        return (server, busPort);
    }

    private static bool IsServing(string info) =>
        info.Contains("cluster_state:ok", StringComparison.Ordinal)
        && info.Contains($"cluster_known_nodes:{Count}\r", StringComparison.Ordinal)
        && info.Contains($"cluster_slots_ok:{Slots}\r", StringComparison.Ordinal);

    private async Task JoinAsync()
    {
        for (var i = 0; i < Count; i++)
        {
            await Nodes[i].ExecuteAsync("CLUSTER", "SET-CONFIG-EPOCH", i + 1);
            // The bounds are those of NodeOf: node i has the slots s with s * Count / Slots = i.
            await Nodes[i].ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", ((i * Slots) + Count - 1) / Count, (((i + 1) * Slots) - 1) / Count);
        }

        for (var i = 1; i < Count; i++)
            await Nodes[0].ExecuteAsync("CLUSTER", "MEET", "127.0.0.1", Nodes[i].Port, _nodes[i].BusPort);

        await UntilServingAsync();
    }
}
