using System.Globalization;
using Classound.Client;
using Classound.Cluster.Tests.Audit;
using Classound.Cluster.Tests.Edges;
using Classound.Cluster.Tests.Parts;
using Grpc.Net.Client;

namespace Classound.Cluster.Tests.Changes;

/// <summary>
/// Edges that balance over the silos that are offered, half of them request by request and half on streams, with calls up all the
/// time while silos come and go; and their books against the ledger at the end.
/// </summary>
internal sealed class SteadyTraffic : IAsyncDisposable
{
    public const int DrainSeconds = 5;

    // Of each kind.
    private const int EdgesOfAKind = 2;

    private readonly List<GrpcChannel> _channels = [];
    private readonly List<EdgeConnection> _streams = [];
    private readonly List<WorkPbx> _pbxs;
    private readonly Workload _workload;

    private SteadyTraffic(ClusterRig rig, List<WorkPbx> pbxs, int workers)
    {
        (Rig, _pbxs, Books) = (rig, pbxs, new Books(rig.Journal));
        Service = new HeadlessService(rig.Nodes);
        Phases = new Phases(rig.Journal, Books);
        for (var edge = 0; edge < EdgesOfAKind; edge++)
        {
            _channels.Add(BalancedChannel.To(Service));
            _streams.Add(Stream(edge));
        }
        // Alternating, so that copies of one request go by both.
        List<IWay> ways = [.. _channels.Zip(_streams).SelectMany(pair => new IWay[] { new UnaryWay("unary", pair.First), new StreamWay(pair.Second) })];
        Edge = new Edge(ways, balanced: true, Books);
        _workload = new Workload(rig, Books, pbxs, 1, workers, Edge) { EndsEveryCall = true };
    }

    public ClusterRig Rig { get; }

    public Books Books { get; }

    public Edge Edge { get; }

    public IReadOnlyList<WorkPbx> Pbxs => _pbxs;

    public HeadlessService Service { get; }

    public Phases Phases { get; }

    /// <summary>Returns when every PBX has been asked once and traffic runs.</summary>
    public static async Task<SteadyTraffic> Start(Journal journal, int started, int pbxs, int workers)
    {
        var rig = await ClusterRig.Start(journal, 3, "always", started: started, drainSeconds: DrainSeconds);
        var traffic = new SteadyTraffic(rig, [.. Enumerable.Range(0, pbxs).Select(number => new WorkPbx(number))], workers);
        try
        {
            await new Operator(rig.Nodes[0].Channel).Provision(traffic._pbxs);
            await traffic.Service.Until(started);
            traffic.Phases.Begin("first seconds");
            traffic._workload.Start();
            return traffic;
        }
        catch
        {
            await traffic.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts silos and returns when edges know them.</summary>
    public async Task Add(params SiloNode[] nodes)
    {
        var (known, since) = (Service.Offered.Count, Rig.Journal.Elapsed);
        await Task.WhenAll(nodes.Select(node => node.Start()));
        await Service.Until(known + nodes.Length);
        Rig.Journal.Write(string.Create(CultureInfo.InvariantCulture, $"offered after {(Rig.Journal.Elapsed - since).TotalSeconds:0.0} s"));
    }

    /// <summary>SIGTERM; returns when it has gone.</summary>
    public async Task Stop(SiloNode node)
    {
        var since = Rig.Journal.Elapsed;
        var code = await node.Terminate();
        Rig.Journal.Write(string.Create(CultureInfo.InvariantCulture, $"{node.Name} stopped with {code} after {(Rig.Journal.Elapsed - since).TotalSeconds:0.0} s"));
        if (code != 0) Books.Breach($"{node.Name} stopped with {code}");
    }

    /// <summary>No new calls, and all settled; then the figures, and the books against the ledger. What is wrong is a breach.</summary>
    public async Task Audit()
    {
        Phases.Begin("ends of the last calls");
        await _workload.Finish();
        var final = new FinalAudit(Rig, Books, _pbxs);
        await final.UntilNoCallIsActive();
        await final.Check();
        Phases.Print();
        Rig.Journal.Report($"{Books.Calls.Count} calls, {final.Settled} acknowledged as settled: lost {final.Lost}, charged twice {final.ChargedTwice}; breaches {Books.Breaches.Count}");
        foreach (var (what, count) in Books.Failures.OrderByDescending(row => row.Value)) Rig.Journal.Report($"  {count,6} x {what}");
        if (final.Settled == 0) Books.Breach("no call was settled: nothing was proven");
        if (final.ChargedTwice + final.Lost > 0) Books.Breach($"{final.Lost} settlements lost, {final.ChargedTwice} calls charged twice");
    }

    public async ValueTask DisposeAsync()
    {
        await _workload.DisposeAsync();
        foreach (var stream in _streams) await stream.DisposeAsync();
        foreach (var channel in _channels) channel.Dispose();
        await Service.DisposeAsync();
        await Rig.DisposeAsync();
    }

    /// <summary>One name for all silos, given twice so that a silo which is just going leaves another to try at once.</summary>
    private EdgeConnection Stream(int edge) => new(
        [new Uri("http://silos/1"), new Uri("http://silos/2")],
        new EdgeConnectionOptions
        {
            EdgeId = string.Create(CultureInfo.InvariantCulture, $"streaming-{edge}"),
            Connect = _ => GrpcChannel.ForAddress($"http://{Service.Next().Channel.Target}", new GrpcChannelOptions
            {
                HttpHandler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1) }, DisposeHttpClient = true,
            }),
        });
}
