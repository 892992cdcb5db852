using System.Globalization;
using Classound.Cluster.Tests.Audit;
using Classound.Cluster.Tests.Edges;
using Classound.Cluster.Tests.Faults;
using Classound.Cluster.Tests.Parts;
using Xunit.Abstractions;

namespace Classound.Cluster.Tests;

/// <summary>
/// Three silos on one Redis, traffic as edges send it, and faults of eight kinds one after the other. Two of each kind by
/// default; CLASSOUND_FAULTS says how many. CLASSOUND_SEED replays the calls and the faults of a run.
/// </summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    private const int Pbxs = 30;

    // Of ends that come after the sweep: whether a late one of the traffic does is a matter of when the last fault was.
    private const int LateEnds = 10;

    [SkippableFact]
    public Task FaultsOfEightKinds_UnderTraffic_LoseAndDoubleNothing() =>
        Run("always", Setting("CLASSOUND_FAULTS", 2), Enum.GetValues<FaultKind>());

    [SkippableFact]
    public Task RedisThatSyncsEverySecond_LosesNothingWithASiloAndStaysWithinItsBoundWhenItIsKilled() =>
        Run("everysec", Setting("CLASSOUND_FAULTS", 2), [FaultKind.KilledSilo, FaultKind.KilledRedis]);

    private async Task Run(string appendFsync, int faultsOfEach, IReadOnlyList<FaultKind> kinds)
    {
        var seed = Setting("CLASSOUND_SEED", Environment.TickCount & 0xFFFFFF);
        using var journal = new Journal(output, string.Create(CultureInfo.InvariantCulture, $"faults-{appendFsync}-{seed}"));
        journal.Report(string.Create(CultureInfo.InvariantCulture,
            $"CLASSOUND_SEED={seed} CLASSOUND_FAULTS={faultsOfEach} appendfsync {appendFsync}{(SteppedClock.IsInstalled ? "" : "; libfaketime is missing: no clock can be stepped")}"));
        var books = new Books(journal);
        await using var rig = await ClusterRig.Start(journal, Setting("CLASSOUND_SILOS", 3), appendFsync);
        var pbxs = Enumerable.Range(0, Pbxs).Select(number => new WorkPbx(number)).ToList();
        await new Operator(rig.Nodes[0].Channel).Provision(pbxs);
        await using var workload = new Workload(rig, books, pbxs, seed, Setting("CLASSOUND_WORKERS", 24));
        await using var auditor = new LiveAuditor(rig, books, pbxs, seed);
        var recoveries = new Recoveries();
        var probe = new Probe(rig, books, pbxs, recoveries);

        var final = new FinalAudit(rig, books, pbxs);
        workload.Start();
        auditor.Start();
        try
        {
            await probe.Measure("first use of every PBX", System.Diagnostics.Stopwatch.GetTimestamp(), rig.Live);
            await AllFaults(rig, books, workload, probe, new Random(seed), [.. kinds.SelectMany(kind => Enumerable.Repeat(kind, faultsOfEach))]);
            await workload.Finish();
            await Task.WhenAll(probe.Ending);
            await final.UntilNoCallIsActive();
            await workload.EndSomeAbandoned(LateEnds);
            await auditor.Finish();
            await final.Check();
            Floors(books, auditor, final);
            Injected.Check(journal, books, kinds);
        }
        catch (Exception e)
        {
            books.Breach($"the run broke off: {e}");
        }
        await workload.DisposeAsync();
        await auditor.Finish();
        recoveries.Print(journal);
        RunReport.Print(journal, rig, books, auditor, final);
        Assert.True(books.Breaches.Count == 0,
            $"CLASSOUND_SEED={seed}: {books.Breaches.Count} breaches, see {journal.Folder}\n{string.Join('\n', books.Breaches.Take(20))}");
    }

    private static async Task AllFaults(ClusterRig rig, Books books, Workload workload, Probe probe, Random random, FaultKind[] schedule)
    {
        var injector = new FaultInjector(rig, books, probe);
        random.Shuffle(schedule);
        var only = Environment.GetEnvironmentVariable("CLASSOUND_FAULT_KIND");
        foreach (var (number, kind) in schedule.Where(kind => only is null || only == kind.ToString()).Index())
        {
            // A generator of its own for each: what one draws depends on how long others took.
            var own = new Random(random.Next());
            await Task.Delay(own.Next(200, 1_500));
            await injector.Inject(kind, own);
            // Those of the first half have ended by their leases when the last fault is over.
            workload.EndsEveryCall |= number >= schedule.Length / 2;
            rig.Journal.Write($"{number + 1} of {schedule.Length} faults, {books.Calls.Count} calls, {books.Breaches.Count} breaches");
        }
    }

    /// <summary>A cluster that answers nobody breaks no rule: these say that something was there to be audited.</summary>
    private static void Floors(Books books, LiveAuditor auditor, FinalAudit final)
    {
        (string What, int Count)[] floors =
        [
            ("acknowledged settlements", final.Settled), ("equations", auditor.Equations), ("sums of holds", auditor.HoldsSummed),
            ("sums of feeds", auditor.FeedsSummed), ("sums of usage", auditor.UsagesSummed),
            ("calls closed by lease", final.Unconfirmed + final.Corrected), ("corrections", final.Corrected),
        ];
        foreach (var (what, _) in floors.Where(floor => floor.Count == 0)) books.Breach($"no {what}: nothing was proven");
        if (final.ChargedTwice > 0) books.Breach($"{final.ChargedTwice} calls charged twice");
        if (final.Lost > books.Excused) books.Breach($"{final.Lost} acknowledged settlements lost, {books.Excused} within the bound of a killed Redis");
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
