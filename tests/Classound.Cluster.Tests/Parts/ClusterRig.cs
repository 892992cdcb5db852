using System.Globalization;
using Classound.Storage.Tests.Redis;

namespace Classound.Cluster.Tests.Parts;

/// <summary>Silos on one Redis, with a proxy at every joint.</summary>
internal sealed class ClusterRig : IAsyncDisposable
{
    private readonly List<SiloNode> _nodes = [];
    private readonly CancellationTokenSource _over = new();
    private Task _supervision = Task.CompletedTask;

    private ClusterRig(Journal journal, RedisServer redis, string appendFsync) => (Journal, Redis, AppendFsync) = (journal, redis, appendFsync);

    public Journal Journal { get; }

    public RedisServer Redis { get; }

    /// <summary>How its Redis was told to sync its file.</summary>
    public string AppendFsync { get; }

    public IReadOnlyList<SiloNode> Nodes => _nodes;

    /// <summary>How far all clocks of this cluster and of its edges are from the machine's.</summary>
    public TimeSpan Offset { get; private set; }

    public DateTime Now => DateTime.UtcNow + Offset;

    /// <summary>Months that a call of the last days may be billed in, whatever the PBX's zone.</summary>
    public IReadOnlyList<string> Months =>
        [.. new[] { -2, -1, 0, 1 }.Select(days => Now.AddDays(days).ToString("yyyy-MM", CultureInfo.InvariantCulture)).Distinct()];

    public IReadOnlyList<SiloNode> Live => [.. _nodes.Where(node => node.IsLive)];

    /// <param name="journal">Of the run.</param>
    /// <param name="silos">How many there are to start.</param>
    /// <param name="appendFsync">How Redis syncs its file.</param>
    /// <param name="at">What all clocks say; null = the time.</param>
    /// <param name="started">How many of them run when this returns; null = all.</param>
    /// <param name="drainSeconds">How long each serves on after SIGTERM.</param>
    public static async Task<ClusterRig> Start(
        Journal journal, int silos, string appendFsync, DateTime? at = null, int? started = null, int drainSeconds = 0)
    {
        var rig = new ClusterRig(journal, await RedisServer.StartAsync(appendFsync), appendFsync);
        if (at is { } time) rig.Offset = time - DateTime.UtcNow;
        try
        {
            for (var i = 0; i < silos; i++) rig._nodes.Add(new SiloNode(i, journal, rig.OwnerOf, rig.Redis.Port, drainSeconds));
            foreach (var node in rig._nodes) node.Clock.Offset = rig.Offset;
            await Task.WhenAll(rig._nodes.Take(started ?? silos).Select(node => node.Start()));
            rig._supervision = Task.WhenAll(rig._nodes.Select(rig.Supervise));
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sets all clocks.</summary>
    public void SetClocks(DateTime time)
    {
        Offset = time - DateTime.UtcNow;
        foreach (var node in _nodes)
        {
            node.Clock.Offset = Offset;
            node.Clock.Step(TimeSpan.Zero);
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
        await _over.CancelAsync();
        await _supervision;
        foreach (var node in _nodes) await node.DisposeAsync();
        await Redis.DisposeAsync();
        _over.Dispose();
    }

    /// <summary>A silo that its peers have declared dead ends itself, at any time: then it is started again.</summary>
    private async Task Supervise(SiloNode node)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        try
        {
            while (await tick.WaitForNextTickAsync(_over.Token)) await Revive(node);
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task Revive(SiloNode node)
    {
        try
        {
            await node.Revive();
        }
        catch (TimeoutException e)
        {
            Journal.Write(e.Message);
        }
    }

    private int OwnerOf(int port) => ConnectionOwner.Find(port, [.. _nodes.Select(node => node.Pid)]);
}
