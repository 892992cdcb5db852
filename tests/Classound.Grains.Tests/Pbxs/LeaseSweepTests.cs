using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Classound.Charging;
using Classound.Charging.Calls;
using Classound.Charging.Rating;
using Classound.Grains.Pbxs;
using Classound.Storage;
using Orleans.Core.Internal;
using Orleans.Runtime;

namespace Classound.Grains.Tests.Pbxs;

/// <summary>Calls whose end is not reported, over a real store: closed by the sweep, corrected by a late end.</summary>
public sealed class LeaseSweepTests(PbxCluster cluster) : IClassFixture<PbxCluster>, IDisposable
{
    private static readonly TimeSpan PastEveryLease = TimeSpan.FromSeconds(700);

    public void Dispose()
    {
        cluster.Store.BeforeCommit = (_, _) => Task.CompletedTask;
        cluster.Store.AfterCommit = (_, _) => Task.CompletedTask;
    }

    [Fact]
    public async Task OverdueCall_IsClosedAndListed_UntilItsLateEndCorrectsIt_AcrossActivations()
    {
        var pbx = await cluster.NewPbx("closed");
        await pbx.Authorize(PbxCluster.Call("c1", "+33123456789"));
        await pbx.Extend("c1", 1, 300, 0);
        cluster.Clock.Advance(TimeSpan.FromSeconds(600));
        await cluster.Sweep().SweepAsync(default);
        Assert.Single(await pbx.ListActive("", 10));
        cluster.Clock.Advance(PastEveryLease);
        await cluster.Sweep().SweepAsync(default);

        Assert.Empty(await pbx.ListActive("", 10));
        var closed = (await pbx.Find("c1"))!.Settlement!;
        Assert.Equal((300, new Amount(300_000_000), true), (closed.CallSeconds, closed.Amount, closed.IsUnconfirmed));
        Assert.Equal([closed], await cluster.Reader().Unconfirmed("closed", closed.BillingMonth, default));

        await Deactivate(pbx);
        var end = new EndRequest { CallId = "c1", DurationMs = 100_500, Cause = new ReleaseCause(16, 200, "") };
        var whole = (await pbx.End(end)).Settlement!;
        Assert.Equal((101, new Amount(101_000_000), 300), (whole.CallSeconds, whole.Amount, whole.CorrectedFrom!.CallSeconds));
        Assert.Empty(await cluster.Reader().Unconfirmed("closed", closed.BillingMonth, default));
        Assert.Equal([300, -199], (await Entries("closed", closed.BillingMonth)).Select(entry => entry.CallSeconds));
        await Deactivate(pbx);
        var again = await pbx.End(end);
        Assert.Equal((whole, true, false), (again.Settlement!, again.Repeated, again.Conflict));
        Assert.True((await pbx.End(end with { DurationMs = 100_501 })).Conflict);
        Assert.Equal(whole, (await pbx.Find("c1"))!.Settlement);
        await LedgerCheck.Balances(cluster, "closed");
    }

    [Fact]
    public async Task LateCopies_OfAClosedCall_AreAnsweredAsSettled()
    {
        var pbx = await cluster.NewPbx("late-copies");
        await pbx.Authorize(PbxCluster.Call("c1", "+33123456789"));
        cluster.Clock.Advance(PastEveryLease);
        await cluster.Sweep().SweepAsync(default);

        Assert.True((await pbx.Authorize(PbxCluster.Call("c1", "+33123456789"))).Settlement!.IsUnconfirmed);
        Assert.True((await pbx.Start("c1", cluster.Clock.GetUtcNow())).Settlement!.IsUnconfirmed);
        Assert.True((await pbx.Extend("c1", 1, 10, 0)).Settlement!.IsUnconfirmed);
        Assert.Empty(await pbx.ListActive("", 10));
        var other = await pbx.Authorize(PbxCluster.Call("c1", "+33123456780"));
        Assert.Equal((DenialReason.CallIdReused, "called"), (other.Denial!.Reason, other.Denial.Subject));
        var old = new EndRequest { CallId = "c1", DurationMs = 1, AttemptedAt = cluster.Clock.GetUtcNow().AddDays(-36) };
        Assert.Equal(DenialReason.TooOld, (await pbx.End(old)).Denial!.Reason);
        Assert.NotNull((await pbx.End(old with { AttemptedAt = cluster.Clock.GetUtcNow().AddDays(-34) })).Settlement!.CorrectedFrom);
    }

    [Fact]
    public async Task HundredParallelLateEnds_OneCorrection_HundredEqualAnswers()
    {
        var pbx = await cluster.NewPbx("late-parallel");
        await pbx.Authorize(PbxCluster.Call("c1", "+33123456789"));
        cluster.Clock.Advance(PastEveryLease);
        await cluster.Sweep().SweepAsync(default);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => pbx.End(new EndRequest { CallId = "c1", DurationMs = 30_000 })));

        Assert.Single(answers.Select(answer => answer.Settlement).Distinct());
        Assert.Single(answers, answer => !answer.Repeated);
        Assert.All(answers, answer => Assert.False(answer.Conflict));
        Assert.Equal([0, 30], (await Entries("late-parallel", answers[0].Settlement!.BillingMonth)).Select(entry => entry.CallSeconds));
        await LedgerCheck.Balances(cluster, "late-parallel");
    }

    [Fact]
    public async Task EndWhileTheClosureIsOnItsWay_CorrectsIt_AlsoWhenTheStoreLosesTheReply()
    {
        var pbx = await cluster.NewPbx("overtaken");
        await pbx.Authorize(PbxCluster.Call("c1", "+33123456789"));
        cluster.Clock.Advance(PastEveryLease);
        var gate = new TaskCompletionSource();
        var closing = cluster.Store.Commits + 1;
        cluster.Store.BeforeCommit = (number, _) => number == closing ? gate.Task : Task.CompletedTask;
        cluster.Store.AfterCommit = (number, _) => number == closing ? throw new StoreOutcomeUnknownException("reply lost") : Task.CompletedTask;
        var sweep = pbx.CloseOverdue(["c1"]);
        while (cluster.Store.Commits < closing) await Task.Yield();
        var end = pbx.End(new EndRequest { CallId = "c1", DurationMs = 20_000 });
        gate.SetResult();

        Assert.Empty(await sweep);
        Assert.Equal((20, 0), (await end).Settlement is { CorrectedFrom: { } first } whole ? (whole.CallSeconds, first.CallSeconds) : default);
        await LedgerCheck.Balances(cluster, "overtaken");
    }

    [Fact]
    public async Task CorrectionIntoAnArchivedMonth_MovesItsUsage_AndIsBilledInTheFirstOpenOne()
    {
        var pbx = await cluster.NewPbx("old-closure");
        await pbx.Authorize(PbxCluster.Call("c1"));
        await pbx.Extend("c1", 1, 300, 0);
        cluster.Clock.Advance(PastEveryLease + PastEveryLease);
        await cluster.Sweep().SweepAsync(default);
        var closed = (await pbx.Find("c1"))!.Settlement!;
        cluster.Clock.Advance(TimeSpan.FromDays(120));
        await pbx.Authorize(PbxCluster.Call("live"));
        await Deactivate(pbx);

        var whole = (await pbx.End(new EndRequest { CallId = "c1", DurationMs = 61_000, EndedAt = closed.AnsweredAt.AddSeconds(61) })).Settlement!;
        Assert.Equal((closed.UsageMonth, 120), (whole.UsageMonth, whole.IncludedSeconds));
        Assert.True(whole.BillingMonth > closed.UsageMonth);
        var usage = (await cluster.Reader().Month("old-closure", closed.UsageMonth, default))!.Ledger!;
        Assert.Equal((120L, 300L), (usage.UsedSeconds, usage.Totals.Values.Sum(totals => totals.IncludedSeconds)));
        var billing = (await cluster.Reader().Month("old-closure", whole.BillingMonth, default))!.Ledger!;
        Assert.Equal((0L, -180L), (billing.Totals.Values.Sum(totals => totals.Calls), billing.Totals.Values.Sum(totals => totals.IncludedSeconds)));
        Assert.Empty(await cluster.Reader().Unconfirmed("old-closure", closed.BillingMonth, default));
        await pbx.End(new EndRequest { CallId = "live" });
    }

    [Fact]
    public async Task LeaseWithoutAnActiveCall_IsHealedByTheSecondSweep_AndACallOnItsWayIsNot()
    {
        var pbx = await cluster.NewPbx("ghost-lease");
        await Deactivate(pbx);
        var stored = (await cluster.Store.LoadAsync("ghost-lease", default)).Version!.Value;
        var ghost = new LedgerCommit { PbxId = "ghost-lease", Expected = stored, Next = new LedgerVersion(stored.Epoch + 1, "restored", 0) };
        ghost.Leases.Add(new LeaseChange("gone", cluster.Clock.GetUtcNow().AddSeconds(-5)));
        await cluster.Store.CommitAsync(ghost, default);
        var partition = PbxPartition.Of("ghost-lease", cluster.Store.PartitionCount);
        var sweep = cluster.Sweep();

        await sweep.SweepAsync(default);
        Assert.Single(await cluster.Store.ListDueLeasesAsync(partition, cluster.Clock.GetUtcNow(), 10, default));
        await sweep.SweepAsync(default);
        Assert.Empty(await cluster.Store.ListDueLeasesAsync(partition, cluster.Clock.GetUtcNow(), 10, default));
    }

    [Fact]
    public async Task CallThatCannotBeClosed_KeepsNoOtherActive_AndForgetsNone()
    {
        var pbx = await cluster.NewPbx("poison");
        await pbx.Authorize(PbxCluster.Call("a", "+33123456789"));
        await pbx.Authorize(PbxCluster.Call("b", "+870773111632"));
        await pbx.Authorize(PbxCluster.Call("c", "+33123456789"));
        await pbx.Sync(new PbxSync("sbc", [new LiveCall("b", 172_800)], cluster.Clock.GetUtcNow(), null));
        cluster.Clock.Advance(PastEveryLease);

        await Assert.ThrowsAsync<OverflowException>(() => pbx.CloseOverdue(["a", "b", "c"]));
        Assert.Equal(["b"], (await pbx.ListActive("", 10)).Select(call => call.CallId));
        Assert.Equal(10, (await pbx.End(new EndRequest { CallId = "a", DurationMs = 10_000 })).Settlement!.CallSeconds);
        Assert.True((await pbx.Find("c"))!.Settlement!.IsUnconfirmed);
        Assert.Equal(1, (await pbx.End(new EndRequest { CallId = "b", DurationMs = 1_000 })).Settlement!.CallSeconds);
    }

    [Fact]
    public async Task LeaseThatSomebodyElsesClockEnds_IsNoSuspect()
    {
        var pbx = await cluster.NewPbx("sound");
        await pbx.Authorize(PbxCluster.Call("c1"));
        Assert.Equal(["gone"], await pbx.CloseOverdue(["c1", "gone"]));
        Assert.Single(await pbx.ListActive("", 10));
    }

    [Fact]
    public async Task Metrics_CountClosuresAndCorrections_AndSayHowFarBehindTheSweepIs()
    {
        var seen = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, all) =>
            {
                if (instrument.Meter.Name == "Classound.Grains") all.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => seen.AddOrUpdate(instrument.Name, value, (_, most) => Math.Max(most, value)));
        listener.Start();

        var pbx = await cluster.NewPbx("metrics");
        await pbx.Authorize(PbxCluster.Call("c1", "+33123456789"));
        await pbx.Authorize(PbxCluster.Call("c2", "+33123456789") with { EdgeId = "sbc-metrics" });
        Assert.Equal(1, (await pbx.Sync(new PbxSync("sbc-metrics", [], cluster.Clock.GetUtcNow(), cluster.Clock.GetUtcNow().AddSeconds(1)))).Closed);
        cluster.Clock.Advance(PastEveryLease);
        using var sweep = cluster.Sweep();
        await sweep.SweepAsync(default);
        await pbx.End(new EndRequest { CallId = "c1", DurationMs = 1000 });
        await pbx.HealLeases(["nothing"]);
        listener.RecordObservableInstruments();

        // Other tests count beside this one.
        Assert.All(
            new[] { "closed_by_lease", "closed_by_sync", "corrected" }, name => Assert.True(seen["classound.calls." + name] >= 1, name));
        Assert.True(seen["classound.leases.healed"] >= 1 && seen["classound.sweep.lag"] >= 30);
        Assert.Subset(seen.Keys.ToHashSet(), new HashSet<string> { "classound.sweep.duration", "classound.sweep.last_success" });
    }

    [Fact]
    public async Task Activation_CostsOneRoundTripToTheStore()
    {
        var pbx = await cluster.NewPbx("one-trip");
        for (var call = 0; call < 20; call++) await pbx.Authorize(PbxCluster.Call($"c{call}"));
        for (var call = 0; call < 10; call++) await pbx.End(new EndRequest { CallId = $"c{call}", DurationMs = 1_000 });
        await Deactivate(pbx);
        await pbx.ListActive("", 1); // waits until the old activation is gone
        await Deactivate(pbx);
        cluster.Store.Reads.Clear();
        Assert.Equal(10, (await pbx.ListActive("", 100)).Count);
        Assert.Equal(["ledger of one-trip"], cluster.Store.Reads.Where(read => read.EndsWith(" one-trip", StringComparison.Ordinal)));
    }

    private async Task<IReadOnlyList<RatedCall>> Entries(string pbxId, int month) =>
        [.. (await cluster.Reader().RatedCalls(pbxId, month, 0, 1000, default)).Select(entry => entry.Call)];

    private static async Task Deactivate(IPbxGrain pbx) => await pbx.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
}
