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
    private const int MostRetries = 2;

    /// <summary>Connections of the stopped process are noticed by then.</summary>
    private static readonly TimeSpan After = TimeSpan.FromSeconds(2);

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
        books.Requests.Clear();
        books.Failures.Clear();
        await using var workload = new Workload(rig, books, pbxs, 1, 12) { EndsEveryCall = true };
        var stops = new List<(DateTime From, DateTime To)>();
        workload.Start();
        foreach (var node in rig.Nodes)
        {
            await Task.Delay(TimeSpan.FromSeconds(2)); // under load
            var (since, told) = (Stopwatch.GetTimestamp(), DateTime.UtcNow);
            var stopping = node.Terminate();
            await probe.Measure("silo stopped: through the others", since, [.. rig.Live.Where(other => other != node)]);
            Assert.Equal(0, await stopping);
            journal.Write(string.Create(CultureInfo.InvariantCulture, $"{node.Name} stopped after {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s"));
            stops.Add((told, DateTime.UtcNow + After));
            await node.Start();
        }
        await workload.Finish();
        await Task.WhenAll(probe.Ending);
        recoveries.Print(journal);
        var meanwhile = books.Requests.Where(request => stops.Any(stop => request.SentAt >= stop.From && request.SentAt <= stop.To)).ToList();
        journal.Report($"all requests by retries: {ByRetries(books.Requests)}");
        journal.Report($"first sent while a silo stopped, by retries: {ByRetries(meanwhile)}");
        var stubborn = meanwhile.Where(request => request.Retries > 1 || !request.Answered).ToList();
        foreach (var request in books.Requests.Where(request => request.Retries > 1 || !request.Answered))
            journal.Report($"  {(stubborn.Contains(request) ? "sent again twice" : "sent again twice, no silo was stopping")}: {request}");
        foreach (var (what, count) in books.Denials.OrderByDescending(row => row.Value)) journal.Report($"  {count,6} x {what}");
        foreach (var (what, count) in books.Failures.OrderByDescending(row => row.Value)) journal.Report($"  {count,6} x {what}");
        Assert.Empty(books.Breaches);
        Assert.NotEmpty(meanwhile);
        journal.Report($"{stubborn.Count} of {meanwhile.Count} needed more than one retry");
        // The aim is one retry, and a few in a thousand miss it where the machine is busy: a first attempt that the stopping silo
        // could not answer, and a second that a remaining one gave up on time. How many is a figure; an answer is a must, and that
        // none needs a third.
        Assert.DoesNotContain(meanwhile, request => !request.Answered);
        Assert.DoesNotContain(books.Requests, request => request.Retries > MostRetries);
    }

    private static string ByRetries(IEnumerable<SentRequest> requests) =>
        string.Join(", ", requests.CountBy(request => request.Retries).OrderBy(row => row.Key).Select(row => $"{row.Key}: {row.Value}"));
}
