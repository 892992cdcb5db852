using System.Diagnostics;
using Classound.Cluster.Tests.Edges;
using Classound.Cluster.Tests.Parts;

namespace Classound.Cluster.Tests.Faults;

/// <summary>Does one fault after the other to a running cluster and measures how long it takes to serve every PBX again.</summary>
internal sealed class FaultInjector(ClusterRig rig, Books books, Probe probe)
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan BackLimit = TimeSpan.FromMinutes(3);

    private readonly Dictionary<FaultKind, int> _done = [];

    public async Task Inject(FaultKind kind, Random random)
    {
        var waiting = Stopwatch.GetTimestamp();
        // One fault at a time: what the one before took away is back.
        while (rig.Live.Count < rig.Nodes.Count || rig.Nodes.Any(other => other.HasExited))
        {
            if (Stopwatch.GetElapsedTime(waiting) > BackLimit) throw new TimeoutException($"not all silos were back within {BackLimit.TotalMinutes} minutes before {kind}");
            await Task.Delay(100);
        }
        var done = _done.GetValueOrDefault(kind);
        _done[kind] = done + 1;
        // By turns, not by chance: two of a kind are one of each variant.
        var variant = done % 2 == 0;
        var node = rig.Nodes[random.Next(rig.Nodes.Count)];
        rig.Journal.Write($"fault: {kind} ({node.Name})");
        await (kind switch
        {
            FaultKind.KilledSilo => KillSilo(node, variant),
            FaultKind.TerminatedSilo => TerminateSilo(node),
            FaultKind.FrozenSilo => FreezeSilo(node, random, variant),
            FaultKind.KilledRedis => KillRedis(random),
            FaultKind.DisturbedReplies => DisturbReplies(node, random, variant),
            FaultKind.CutOffSilo => CutOff(node, random, variant),
            FaultKind.SteppedClock => StepClock(node, random, variant),
            _ => FillStore(random),
        });
    }

    /// <summary>A row of its own for what happens while another silo, its clock set back, cares for nobody: that is two faults at once.</summary>
    private string AfterAClock(string what, SiloNode faulty) =>
        rig.Nodes.Any(node => node != faulty && node.Clock.TimersStandStillUntil > Stopwatch.GetTimestamp()) ? what + ", a clock set back before" : what;

    private IReadOnlyList<SiloNode> Others(SiloNode node) => [.. rig.Live.Where(other => other != node)];

    private async Task KillSilo(SiloNode node, bool startedLater)
    {
        var since = Stopwatch.GetTimestamp();
        await node.Kill();
        var others = probe.Measure(AfterAClock("silo killed: through the others", node), since, Others(node));
        // An orchestrator starts it again at once, or after a while.
        if (startedLater) await others;
        await node.Start();
        since = Stopwatch.GetTimestamp();
        await others;
        await probe.Measure("silo killed: started again, through it", since, [node]);
    }

    private async Task TerminateSilo(SiloNode node)
    {
        var since = Stopwatch.GetTimestamp();
        var stopping = node.Terminate();
        await probe.Measure("silo terminated: through the others", since, Others(node));
        if (await Task.WhenAny(stopping, Task.Delay(StopLimit)) != stopping)
        {
            books.Breach($"{node.Name} did not stop within {StopLimit.TotalSeconds} s of SIGTERM");
            await node.Kill();
        }
        rig.Journal.Write($"  {node.Name} stopped with {await stopping} after {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s");
        await node.Start();
    }

    private async Task FreezeSilo(SiloNode node, Random random, bool untilDeclaredDead)
    {
        var since = Stopwatch.GetTimestamp();
        await node.Freeze();
        // Short ones are over before anybody calls it dead.
        if (untilDeclaredDead) await probe.Measure(AfterAClock("silo frozen: through the others", node), since, Others(node));
        else await Task.Delay(random.Next(500, 4_000));
        await node.Thaw();
        since = Stopwatch.GetTimestamp();
        await Task.Delay(100);
        await probe.Measure("silo frozen: thawed, through all", since, rig.Live);
        await Task.Delay(500);
    }

    private async Task KillRedis(Random random)
    {
        rig.Redis.Kill();
        if (rig.AppendFsync != "always") books.LossyKills.Enqueue(DateTime.UtcNow);
        await Task.Delay(random.Next(200, 4_000));
        await rig.Redis.RestartAsync();
        await probe.Measure("Redis killed: since it is back", Stopwatch.GetTimestamp(), rig.Live);
    }

    private async Task DisturbReplies(SiloNode node, Random random, bool drop)
    {
        var all = random.Next(2) == 0;
        var nodes = all ? rig.Nodes : [node];
        var delay = TimeSpan.FromMilliseconds(random.Next(100, 2_500));
        rig.Journal.Write($"  {(drop ? "dropped" : $"delayed by {delay.TotalMilliseconds} ms")} for {(all ? "all" : node.Name)}");
        foreach (var disturbed in nodes) disturbed.Store.Apply(_ => drop ? Traffic.DropReplies : Traffic.Pass, drop ? default : delay);
        await Task.Delay(random.Next(1_000, 4_000));
        foreach (var disturbed in nodes) disturbed.Store.Pass();
        await probe.Measure($"replies {(drop ? "dropped" : "delayed")}: since they pass", Stopwatch.GetTimestamp(), rig.Live);
    }

    private async Task CutOff(SiloNode node, Random random, bool refuse)
    {
        var how = refuse ? Traffic.Refuse : Traffic.Hold;
        rig.Journal.Write($"  {how}");
        var since = Stopwatch.GetTimestamp();
        rig.CutOff(node, how);
        var through = probe.Measure(AfterAClock("silo cut off: through it", node), since, [node]);
        await probe.Measure(AfterAClock("silo cut off: through the others", node), since, Others(node));
        await Task.WhenAny(through, Task.Delay(random.Next(2_000, 10_000)));
        rig.Heal();
        since = Stopwatch.GetTimestamp();
        await Task.Delay(500);
        await through;
        await probe.Measure("silo cut off: healed, through all", since, rig.Live);
    }

    private async Task StepClock(SiloNode node, Random random, bool forward)
    {
        if (!SteppedClock.IsInstalled)
        {
            books.Breach("no clock was stepped: libfaketime is not installed");
            return;
        }
        var step = TimeSpan.FromSeconds(forward ? 30 : -30);
        rig.Journal.Write($"  {step.TotalSeconds:+0;-0} s");
        node.Clock.Step(step);
        await probe.Measure(AfterAClock("clock stepped by 30 s: through all", node), Stopwatch.GetTimestamp(), rig.Live);
        await Task.Delay(random.Next(2_000, 6_000));
        node.Clock.Step(TimeSpan.Zero);
        await probe.Measure("clock stepped back: through all", Stopwatch.GetTimestamp(), rig.Live);
    }

    private async Task FillStore(Random random)
    {
        // "OOM command not allowed when used memory > 'maxmemory'"
        await rig.Redis.ExecuteAsync("CONFIG", "SET", "maxmemory", "1mb");
        await Task.Delay(random.Next(1_000, 4_000));
        await rig.Redis.ExecuteAsync("CONFIG", "SET", "maxmemory", "0");
        await probe.Measure("store full: since it has room", Stopwatch.GetTimestamp(), rig.Live);
    }
}
