using Classound.Charging.Calls;
using Classound.Grains.Pbxs;
using Orleans.Core.Internal;
using Orleans.Runtime;

namespace Classound.Grains.Tests.Pbxs;

/// <summary>Old calls that are replayed: months that lie far back, over a real store.</summary>
public sealed class PbxImportTests(PbxCluster cluster) : IClassFixture<PbxCluster>
{
    [Fact]
    public async Task ReplayedImport_SettlesNothingTwice()
    {
        var pbx = await cluster.NewPbx("import");
        var occurred = new DateTimeOffset(2018, 11, 29, 20, 19, 34, TimeSpan.Zero);
        var request = PbxCluster.Call("row-1", "+33123456789") with { OccurredAt = occurred };
        var end = new EndRequest { CallId = "row-1", DurationMs = 32_000, AnsweredAt = occurred.AddSeconds(5) };
        await pbx.Authorize(request);
        var settled = (await pbx.End(end)).Settlement!;
        Assert.Equal((201811, 201811), (settled.UsageMonth, settled.BillingMonth));

        var again = await pbx.Authorize(request);
        Assert.Equal(settled, again.Settlement);
        var month = (await cluster.Reader().Month("import", 201811, default))!;
        Assert.Equal((1L, false), (month.Ledger!.Totals.Values.Sum(totals => totals.Calls), month.Closed));
    }

    [Fact]
    public async Task ImportIntoAnArchivedMonth_AddsToItsUsage_AndIsBilledInTheFirstOpenOne()
    {
        var pbx = await cluster.NewPbx("archive");
        var occurred = new DateTimeOffset(2018, 11, 29, 20, 0, 0, TimeSpan.Zero);
        foreach (var row in new[] { "row-1", "row-2" })
        {
            await pbx.Authorize(PbxCluster.Call(row) with { OccurredAt = occurred });
            var settled = (await pbx.End(new EndRequest { CallId = row, DurationMs = 60_000, AnsweredAt = occurred })).Settlement!;
            Assert.Equal(201811, settled.UsageMonth);
            if (row == "row-2") Assert.True(settled.BillingMonth > 202600);
            await pbx.Authorize(PbxCluster.Call("live-" + row)); // a call of today closes and archives what lies far back
            await Deactivate(pbx);
        }
        var month = (await cluster.Reader().Month("archive", 201811, default))!;
        Assert.True(month.Closed);
        Assert.Equal((120L, 1L), (month.Ledger!.UsedSeconds, month.Ledger.Totals.Values.Sum(totals => totals.Calls)));
    }

    [Fact]
    public async Task ImportThatHoldsAnArchivedMonth_SurvivesAnActivationAndABillingPull()
    {
        var pbx = await cluster.NewPbx("archived-hold");
        var occurred = new DateTimeOffset(2018, 11, 29, 20, 0, 0, TimeSpan.Zero);
        await pbx.Authorize(PbxCluster.Call("live")); // closes and archives what lies far back
        await pbx.Authorize(PbxCluster.Call("row-1") with { OccurredAt = occurred });
        await Deactivate(pbx);
        Assert.Equal(201811, (await cluster.Reader().Month("archived-hold", 201811, default))!.Month);
        Assert.Equal(1200, (await pbx.Extend("row-1", 1, 600, 0)).Grant!.GrantedSeconds);
        await Deactivate(pbx);
        var settled = (await pbx.End(new EndRequest { CallId = "row-1", DurationMs = 60_000, AnsweredAt = occurred })).Settlement!;
        Assert.Equal((201811, 60), (settled.UsageMonth, settled.IncludedSeconds));
    }

    [Fact]
    public async Task ImportThatRangAcrossAMonthEnd_IsNotOpenedAgain()
    {
        var pbx = await cluster.NewPbx("month-end");
        var request = PbxCluster.Call("row-1", "+33123456789") with { OccurredAt = new DateTimeOffset(2019, 1, 31, 22, 59, 50, TimeSpan.Zero) };
        var answered = new DateTimeOffset(2019, 1, 31, 23, 0, 5, TimeSpan.Zero); // 1 February in Rome
        await pbx.Authorize(request);
        var settled = (await pbx.End(new EndRequest { CallId = "row-1", DurationMs = 9_000, AnsweredAt = answered })).Settlement!;
        Assert.Equal(201902, settled.UsageMonth);
        Assert.Equal(settled, (await pbx.Authorize(request)).Settlement);
        Assert.Empty(await pbx.ListActive("", 10));
    }

    private static async Task Deactivate(IPbxGrain pbx) => await pbx.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
}
