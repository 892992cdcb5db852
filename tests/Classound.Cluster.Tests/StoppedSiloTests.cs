using System.Diagnostics;
using System.Globalization;
using Classound.Cluster.Tests.Edges;
using Classound.Cluster.Tests.Faults;
using Classound.Cluster.Tests.Parts;
using Xunit.Abstractions;

namespace Classound.Cluster.Tests;

/// <summary>A rolling restart: each silo in turn is told to stop (SIGTERM) while calls go on, and is started again.</summary>
public sealed class StoppedSiloTests(ITestOutputHelper output)
{
    [SkippableFact]
    public async Task SiloStoppedUnderLoad_LeavesEveryRequestAnswered()
    {
        using var journal = new Journal(output, "stopped");
        await using var rig = await ClusterRig.Start(journal, 3, "always");
        var pbxs = Enumerable.Range(0, 30).Select(number => new WorkPbx(number)).ToList();
        await new Operator(rig.Nodes[0].Channel).Provision(pbxs);
        var (books, recoveries) = (new Books(journal), new Recoveries());
        var probe = new Probe(rig, books, pbxs, recoveries);
        await probe.Measure("first use of every PBX", Stopwatch.GetTimestamp(), rig.Live);
        await Task.WhenAll(probe.Ending);
        books.Retries.Clear();
        books.Failures.Clear();
        var workload = new Workload(rig, books, pbxs, 1, 12) { EndsEveryCall = true };
        workload.Start();
        foreach (var node in rig.Nodes)
        {
            await Task.Delay(TimeSpan.FromSeconds(2)); // under load
            var since = Stopwatch.GetTimestamp();
            var stopping = node.Terminate();
            await probe.Measure("silo stopped: through the others", since, [.. rig.Live.Where(other => other != node)]);
            Assert.Equal(0, await stopping);
            journal.Write(string.Create(CultureInfo.InvariantCulture, $"{node.Name} stopped after {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s"));
            await node.Start();
        }
        await workload.Finish();
        await Task.WhenAll(probe.Ending);
        recoveries.Print(journal);
        journal.Report("requests by retries: " + string.Join(", ", books.Retries.OrderBy(row => row.Key).Select(row => $"{row.Key}: {row.Value}")));
        foreach (var failures in books.Stubborn) journal.Report("  sent again twice: " + failures);
        foreach (var (what, count) in books.Failures.OrderByDescending(row => row.Value)) journal.Report($"  {count,6} x {what}");
        Assert.Empty(books.Breaches);
    }
}
