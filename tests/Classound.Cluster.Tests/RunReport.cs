using System.Globalization;
using Classound.Cluster.Tests.Audit;
using Classound.Cluster.Tests.Edges;
using Classound.Cluster.Tests.Faults;
using Classound.Cluster.Tests.Parts;

namespace Classound.Cluster.Tests;

/// <summary>The figures of a run.</summary>
internal static class RunReport
{
    public static void Print(Journal journal, ClusterRig rig, Books books, LiveAuditor auditor, FinalAudit final)
    {
        var calls = books.Calls.Values;
        var retries = calls.Select(call => (double)call.Retries).Order().ToArray();
        Line($"{calls.Count} calls: {final.Settled} acknowledged as settled, {calls.Count(call => call.Denial is not null && call.Grant is null)} denied, {calls.Count(call => call.InDoubt)} in doubt");
        Line($"acknowledged settlements lost {final.Lost}, charged twice {final.ChargedTwice}; closed by lease and not corrected {final.Unconfirmed}, corrected {final.Corrected}");
        Line($"retries per call: p50 {Recoveries.At(retries, 50)}, p95 {Recoveries.At(retries, 95)}, max {retries.LastOrDefault()}");
        Line($"audit: {auditor.Rounds} rounds, {auditor.Equations} equations, {auditor.HoldsSummed} sums of holds, {auditor.FeedsSummed} sums of feeds, {auditor.Unanswered} reads unanswered");
        Line($"silos that went away by themselves: {rig.Nodes.Sum(node => node.OwnExits)}; breaches: {books.Breaches.Count}{(rig.AppendFsync == "always" ? "" : $", lost with a killed Redis {books.Excused} (bound: acknowledged within {Books.MostPutOff.TotalSeconds} s before)")}; {journal.Elapsed.TotalSeconds:0} s");
        Line($"requests by retries: {string.Join(", ", books.Requests.CountBy(request => request.Retries).OrderBy(row => row.Key).Select(row => $"{row.Key}: {row.Value}"))}; {auditor.UsagesSummed} sums of used minutes and money");
        foreach (var (what, count) in books.Denials.OrderByDescending(row => row.Value)) Line($"  {count,6} x {what}");
        foreach (var (what, count) in books.Failures.OrderByDescending(row => row.Value)) Line($"  {count,6} x {what}");

        void Line(FormattableString text) => journal.Report(text.ToString(CultureInfo.InvariantCulture));
    }
}
