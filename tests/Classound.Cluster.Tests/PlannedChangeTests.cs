using System.Globalization;
using Classound.Cluster.Tests.Changes;
using Classound.Cluster.Tests.Parts;
using Classound.Storage.Tests.Redis;
using Xunit.Abstractions;

namespace Classound.Cluster.Tests;

/// <summary>
/// What a Kubernetes operator does to silos, with calls up and edges that balance over those that are offered: no request may be
/// refused or unanswered after one repeat, unless a silo was killed; no settlement may be lost or doubled, even then.
/// </summary>
/// <remarks>
/// Seconds where nobody measures. CLASSOUND_PLANNED_ROUNDS=n: n times, with more PBXs, calls and time, for figures.
/// </remarks>
public sealed class PlannedChangeTests(ITestOutputHelper output)
{
    private static readonly string? Given = Environment.GetEnvironmentVariable("CLASSOUND_PLANNED_ROUNDS");

    public static bool Measured => Given is not null;

    private static int Rounds => Given is null ? 1 : int.Parse(Given, CultureInfo.InvariantCulture);

    private static TimeSpan Quiet => TimeSpan.FromSeconds(Measured ? 15 : 3);

    [SkippableFact]
    public async Task OneSiloThenThreeThenTwo_LeavesEveryRequestAnsweredAfterOneRepeat()
    {
        Skip.IfNot(RedisServer.IsInstalled, "redis-server is not on the PATH");
        using var journal = new Journal(output, "scaled");
        await using var traffic = await Begin(journal, started: 1);
        var nodes = traffic.Rig.Nodes;
        await Stay(traffic, "one silo");
        traffic.Phases.Begin("1 -> 3");
        await traffic.Add(nodes[1], nodes[2]);
        await Stay(traffic, "three silos");
        // The first one has every PBX: those in memory do not move to silos that come.
        for (var round = 0; round < Rounds; round++)
        {
            var node = nodes[round % nodes.Count];
            traffic.Phases.Begin("3 -> 2 (SIGTERM)");
            await traffic.Stop(node);
            await Stay(traffic, "two silos");
            if (round + 1 == Rounds) break;
            traffic.Phases.Begin("2 -> 3");
            await traffic.Add(node);
            await Stay(traffic, "three silos");
        }
        await traffic.Audit();
        Assert.Empty(traffic.Books.Breaches);
        // Two answers of 1.5 s that come too late say nothing where other programs have the processors.
        if (Measured) Assert.Empty(traffic.Phases.Missed);
        journal.Report($"refused or unanswered after one repeat: {traffic.Phases.Missed.Count} of {traffic.Books.Requests.Count}");
    }

    [SkippableFact]
    public async Task SiloKilledUnderTheSameLoad_LosesAndDoublesNothing()
    {
        if (!Measured) return; // FaultTests kills silos in every run; here it is for the figures
        Skip.IfNot(RedisServer.IsInstalled, "redis-server is not on the PATH");
        using var journal = new Journal(output, "killed");
        await using var traffic = await Begin(journal, started: 3);
        for (var round = 0; round < Rounds; round++)
        {
            var node = traffic.Rig.Nodes[round % traffic.Rig.Nodes.Count];
            await Stay(traffic, "three silos");
            traffic.Phases.Begin("SIGKILL");
            await node.Kill();
            await Task.Delay(TimeSpan.FromSeconds(8)); // its peers have declared it dead, and all PBXs are back
            traffic.Phases.Begin("2 -> 3");
            await traffic.Add(node);
        }
        await traffic.Audit();
        Assert.Empty(traffic.Books.Breaches);
        journal.Report($"refused or unanswered after one repeat: {traffic.Phases.Missed.Count} of {traffic.Books.Requests.Count}");
    }

    internal static Task<SteadyTraffic> Begin(Journal journal, int started) =>
        SteadyTraffic.Start(journal, started, pbxs: Measured ? 200 : 30, workers: Measured ? 48 : 16);

    internal static async Task Stay(SteadyTraffic traffic, string phase)
    {
        traffic.Phases.Begin(phase);
        await Task.Delay(Quiet); // under load
    }
}
