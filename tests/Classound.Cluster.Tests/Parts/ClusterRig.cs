namespace Classound.Cluster.Tests.Parts;

/// <summary>Silos on one Redis, with a proxy at every joint.</summary>
internal sealed class ClusterRig : IAsyncDisposable
{
    private readonly List<SiloNode> _nodes = [];

    private ClusterRig(Journal journal, RedisProcess redis) => (Journal, Redis) = (journal, redis);

    public Journal Journal { get; }

    public RedisProcess Redis { get; }

    public IReadOnlyList<SiloNode> Nodes => _nodes;

    public IReadOnlyList<SiloNode> Live => [.. _nodes.Where(node => node.IsLive)];

    public static async Task<ClusterRig> Start(Journal journal, int silos, string appendFsync)
    {
        var rig = new ClusterRig(journal, await RedisProcess.Start(appendFsync));
        try
        {
            for (var i = 0; i < silos; i++) rig._nodes.Add(new SiloNode(i, journal, rig.OwnerOf, rig.Redis.Port));
            await Task.WhenAll(rig._nodes.Select(node => node.Start()));
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes the network between one silo and the others away, both ways. Its edges and its store still reach it.</summary>
    public void CutOff(SiloNode node, Traffic how)
    {
        node.Peers.Apply(_ => how);
        foreach (var peer in _nodes.Where(other => other != node)) peer.Peers.Apply(owner => owner == node.Index ? how : Traffic.Pass);
    }

    public void Heal()
    {
        foreach (var node in _nodes) node.Peers.Pass();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        await Redis.DisposeAsync();
    }

    private int OwnerOf(int port) => ConnectionOwner.Find(port, [.. _nodes.Select(node => node.Pid)]);
}
