using Classound.Cluster.Tests.Audit;
using Classound.Cluster.Tests.Edges;
using Classound.Cluster.Tests.Parts;
using Classound.Contracts.Billing.V1;
using Xunit.Abstractions;

namespace Classound.Cluster.Tests;

/// <summary>Midnight at a month's end in three time zones, one after the other, with calls going on over three silos.</summary>
public sealed class MonthTurnTests(ITestOutputHelper output)
{
    private static readonly (string Zone, TimeSpan Turn)[] Zones =
    [
        ("Asia/Dhaka", new TimeSpan(18, 0, 0)), ("Asia/Kathmandu", new TimeSpan(18, 15, 0)), ("Asia/Kolkata", new TimeSpan(18, 30, 0)),
    ];

    private static readonly TimeSpan Before = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(8);

    [SkippableFact]
    public async Task MonthThatTurnsUnderLoadInThreeZones_ClosesWithTheSumOfItsCalls()
    {
        Skip.IfNot(SteppedClock.IsInstalled, "libfaketime is not installed");
        using var journal = new Journal(output, "month-turn");
        var lastDay = LastDayOfThisMonth();
        await using var rig = await ClusterRig.Start(journal, 3, "always", lastDay + Zones[0].Turn - TimeSpan.FromMinutes(10));
        var pbxs = Enumerable.Range(0, 18).Select(number => new WorkPbx(number) { Zone = Zones[number % Zones.Length].Zone }).ToList();
        await new Operator(rig.Nodes[0].Channel).Provision(pbxs);
        var books = new Books(journal);
        await using var auditor = new LiveAuditor(rig, books, pbxs, 1);
        auditor.Start();
        var closed = new List<RatedTotals>();
        foreach (var (zone, turn) in Zones)
        {
            rig.SetClocks(lastDay + turn - Before);
            var turning = pbxs.Where(pbx => pbx.Zone == zone).ToList();
            await using var workload = new Workload(rig, books, turning, 1, 24) { EndsEveryCall = true, Prefix = zone + "-" };
            workload.Start();
            await Task.Delay(Before + After);
            await workload.Finish();
            foreach (var pbx in turning) closed.Add(await Close(rig, pbx, lastDay.ToString("yyyy-MM", null)));
            var calls = closed.TakeLast(turning.Count).Sum(totals => totals.Sum?.Calls ?? 0);
            journal.Report($"{zone}: {calls} calls in the closed month of {turning.Count} PBXs");
            Assert.NotEqual(0, calls);
        }
        await auditor.Finish();
        var final = new FinalAudit(rig, books, pbxs);
        await final.UntilNoCallIsActive();
        await final.Check();
        foreach (var totals in closed)
        {
            Assert.Equal(totals, await new BillingReader(rig.Nodes[1]).Totals(totals.PbxId, totals.BillingMonth));
        }
        RunReport.Print(journal, rig, books, auditor, final);
        Assert.Empty(books.Breaches);
    }

    private static async Task<RatedTotals> Close(ClusterRig rig, WorkPbx pbx, string month)
    {
        var reply = await new BillingService.BillingServiceClient(rig.Nodes[2].Channel).CloseBillingMonthAsync(
            new CloseBillingMonthRequest { PbxId = pbx.Id, BillingMonth = month });
        Assert.Equal(BillingMonthState.Closed, reply.Totals.State);
        return reply.Totals;
    }

    private static DateTime LastDayOfThisMonth()
    {
        var now = DateTime.UtcNow;
        return new DateTime(now.Year, now.Month, DateTime.DaysInMonth(now.Year, now.Month), 0, 0, 0, DateTimeKind.Utc);
    }
}
