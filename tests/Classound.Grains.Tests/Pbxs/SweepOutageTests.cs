using Classound.Charging.Calls;
using Classound.Grains.Pbxs;
using Classound.Storage;
using Microsoft.Extensions.Logging;

namespace Classound.Grains.Tests.Pbxs;

/// <summary>The sweep while the store fails and after: others are not kept waiting, and edges report before anything is closed.</summary>
public sealed class SweepOutageTests(PbxCluster cluster) : IClassFixture<PbxCluster>, IDisposable
{
    private static readonly TimeSpan PastEveryLease = TimeSpan.FromSeconds(700);

    public void Dispose()
    {
        cluster.Store.BeforeCommit = (_, _) => Task.CompletedTask;
        cluster.Store.AfterCommit = (_, _) => Task.CompletedTask;
        cluster.Store.IsFull = false;
        cluster.Store.BeforeLeases = _ => { };
    }

    [Fact]
    public async Task StoreOutage_IsSaidOnce_AndTheNextSweepAfterItCloses()
    {
        var pbx = await cluster.NewPbx("outage");
        await pbx.Authorize(PbxCluster.Call("c1", "+33123456789"));
        cluster.Clock.Advance(PastEveryLease);
        var log = new ListedLog();
        var sweep = cluster.Sweep(log);
        cluster.Store.BeforeCommit = (_, _) => throw new StoreUnavailableException("disk full");
        for (var round = 0; round < 3; round++) await sweep.SweepAsync(default);
        Assert.Equal(["LeaseSweepFailed"], log.Events);

        cluster.Store.BeforeCommit = (_, _) => Task.CompletedTask;
        await sweep.SweepAsync(default);
        Assert.True((await pbx.Find("c1"))!.Settlement!.IsUnconfirmed);
        Assert.Equal(["LeaseSweepFailed", "LeaseSweepRecovered"], log.Events);
    }

    [Fact]
    public async Task PartitionThatCannotBeRead_KeepsNoOtherWaiting()
    {
        var pbx = await cluster.NewPbx("reachable");
        await pbx.Authorize(PbxCluster.Call("c1", "+33123456789"));
        cluster.Clock.Advance(PastEveryLease);
        var own = PbxPartition.Of("reachable", cluster.Store.PartitionCount);
        var listed = new HashSet<int>();
        cluster.Store.BeforeLeases = partition =>
        {
            lock (listed) listed.Add(partition);
            if (partition != own) throw new StoreUnavailableException("its node is down");
        };
        var log = new ListedLog();
        await cluster.Sweep(log).SweepAsync(default);

        Assert.True((await pbx.Find("c1"))!.Settlement!.IsUnconfirmed);
        Assert.Equal(cluster.Store.PartitionCount, listed.Count);
        Assert.Equal(["LeaseSweepFailed"], log.Events);
    }

    public static TheoryData<string> Outages => ["lists fail", "commits fail", "full", "none, but a start"];

    /// <summary>The edge could not report while it lasted; its call's lease has ended, its grant has not been used.</summary>
    [Theory, MemberData(nameof(Outages))]
    public async Task AfterAnOutage_EdgesReportFirst_AndOnlyThenIsTheRestClosed(string outage)
    {
        var pbx = await cluster.NewPbx("after-" + outage.Length);
        foreach (var id in new[] { "live", "lost" }) await pbx.Authorize(PbxCluster.Call(id, "+33123456789"));
        using var sweep = cluster.Sweep(graceSeconds: 60);
        if (outage != "none, but a start") await sweep.SweepAsync(default);
        cluster.Clock.Advance(PastEveryLease);
        cluster.Store.IsFull = outage == "full";
        if (outage == "lists fail") cluster.Store.BeforeLeases = _ => throw new StoreUnavailableException("cable");
        if (outage == "commits fail") cluster.Store.BeforeCommit = (_, _) => throw new StoreUnavailableException("cable");
        await sweep.SweepAsync(default);
        Dispose();

        cluster.Clock.Advance(TimeSpan.FromSeconds(30));
        await sweep.SweepAsync(default);
        Assert.Equal(2, (await pbx.ListActive("", 10)).Count);
        Assert.NotNull((await pbx.Extend("live", 1, 590, 0)).Grant);
        cluster.Clock.Advance(TimeSpan.FromSeconds(31));
        await sweep.SweepAsync(default);
        Assert.Equal(["live"], (await pbx.ListActive("", 10)).Select(call => call.CallId));
    }

    [Fact]
    public async Task AfterASilenceOfItsOwn_APbxClosesNothingForAMinute()
    {
        var pbx = await cluster.NewPbx("was-silent");
        await pbx.Authorize(PbxCluster.Call("c1", "+33123456789") with { RequestedSeconds = 1 });
        cluster.Clock.Advance(TimeSpan.FromSeconds(50));
        var lost = cluster.Store.Commits + 1;
        cluster.Store.AfterCommit = (number, _) => number == lost ? throw new StoreOutcomeUnknownException("reply lost") : Task.CompletedTask;
        await pbx.Authorize(PbxCluster.Call("c2", "+33123456789"));
        cluster.Clock.Advance(TimeSpan.FromSeconds(20));
        await cluster.Sweep().SweepAsync(default);
        Assert.Equal(2, (await pbx.ListActive("", 10)).Count);
        cluster.Clock.Advance(TimeSpan.FromSeconds(45));
        await cluster.Sweep().SweepAsync(default);
        Assert.Equal(["c2"], (await pbx.ListActive("", 10)).Select(call => call.CallId));
    }

    private sealed class ListedLog : ILogger<LeaseSweep>
    {
        public List<string?> Events { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Events.Add(eventId.Name);
    }
}
