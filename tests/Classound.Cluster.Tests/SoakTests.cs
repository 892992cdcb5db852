using System.Globalization;
using Classound.Cluster.Tests.Audit;
using Classound.Cluster.Tests.Edges;
using Classound.Cluster.Tests.Parts;
using Xunit.Abstractions;

namespace Classound.Cluster.Tests;

/// <summary>Traffic without faults: what three silos hold must not grow with the calls that they have settled.</summary>
/// <remarks>Long tier: CLASSOUND_SOAK_MINUTES=60. Without it half a minute, which proves no more than that the meter runs.</remarks>
public sealed class SoakTests(ITestOutputHelper output)
{
    [SkippableFact]
    public async Task TrafficForLong_SettlesEverythingAndReportsTheMemoryOfEachSilo()
    {
        var given = Environment.GetEnvironmentVariable("CLASSOUND_SOAK_MINUTES");
        var length = given is null ? TimeSpan.FromSeconds(30) : TimeSpan.FromMinutes(int.Parse(given, CultureInfo.InvariantCulture));
        using var journal = new Journal(output, "soak");
        await using var rig = await ClusterRig.Start(journal, 3, "everysec");
        var pbxs = Enumerable.Range(0, 30).Select(number => new WorkPbx(number)).ToList();
        await new Operator(rig.Nodes[0].Channel).Provision(pbxs);
        var books = new Books(journal);
        await using var workload = new Workload(rig, books, pbxs, 1, 48) { EndsEveryCall = true };
        workload.Start();
        var begun = journal.Elapsed;
        var pause = given is null ? TimeSpan.FromSeconds(5) : TimeSpan.FromMinutes(1);
        var samples = new List<(double Minute, double[] Megabytes)>();
        while (journal.Elapsed - begun < length)
        {
            await Task.Delay(pause);
            samples.Add((journal.Elapsed.TotalMinutes, [.. rig.Nodes.Select(node => ResidentMegabytes(node.Pid))]));
            journal.Report(string.Create(CultureInfo.InvariantCulture,
                $"minute {samples[^1].Minute:0.0}: {books.Calls.Count} calls, resident MB {string.Join(", ", samples[^1].Megabytes.Select(value => value.ToString("0", CultureInfo.InvariantCulture)))}"));
        }
        await workload.Finish();
        var settled = samples.Skip(samples.Count / 3).ToList(); // the first third warms up
        for (var i = 0; i < rig.Nodes.Count; i++)
            journal.Report(string.Create(CultureInfo.InvariantCulture, $"{rig.Nodes[i].Name}: {Slope(settled, i):+0.00;-0.00} MB a minute after the first third"));
        var final = new FinalAudit(rig, books, pbxs);
        await final.UntilNoCallIsActive();
        await final.Check();
        journal.Report($"{books.Calls.Count} calls, lost {final.Lost}, charged twice {final.ChargedTwice}");
        Assert.Empty(books.Breaches);
    }

    private static double ResidentMegabytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Least squares.</summary>
    private static double Slope(List<(double Minute, double[] Megabytes)> samples, int silo)
    {
        if (samples.Count < 2) return 0;
        var (x, y) = (samples.Average(sample => sample.Minute), samples.Average(sample => sample.Megabytes[silo]));
        return samples.Sum(sample => (sample.Minute - x) * (sample.Megabytes[silo] - y)) / samples.Sum(sample => (sample.Minute - x) * (sample.Minute - x));
    }
}
