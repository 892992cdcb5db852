using Classound.Charging.Calls;
using Classound.Charging.Rating;
using Classound.Grains.Pbxs;
using Classound.Storage;
using Orleans.Core.Internal;
using Orleans.Runtime;

namespace Classound.Grains.Tests.Pbxs;

/// <summary>What a PBX grain promises beyond the rules of the pure PBX: durability, repeats, and a store that fails.</summary>
[Collection(AlarmCollection.Name)]
public sealed class PbxGrainTests : IClassFixture<PbxCluster>, IDisposable
{
    private readonly PbxCluster _cluster;

    public PbxGrainTests(PbxCluster cluster) => _cluster = cluster;

    public void Dispose()
    {
        _cluster.Store.BeforeCommit = (_, _) => Task.CompletedTask;
        _cluster.Store.AfterCommit = (_, _) => Task.CompletedTask;
        _cluster.Options.StoreSilenceLimit = TimeSpan.FromSeconds(10);
    }

    [Fact]
    public async Task CallOfItsLife_IsStoredStepByStep_AndSurvivesActivations()
    {
        var pbx = await _cluster.NewPbx("life");
        var grant = (await pbx.Authorize(PbxCluster.Call("c1"))).Grant!;
        Assert.Equal((600, 600, false), (grant.GrantedSeconds, grant.HeldIncludedSeconds, grant.Final));

        await Deactivate(pbx);
        var repeat = await pbx.Authorize(PbxCluster.Call("c1"));
        Assert.True(repeat.Repeated);
        Assert.Equal(grant, repeat.Grant);

        await pbx.Extend("c1", 1, 600, 0);
        await Deactivate(pbx);
        Assert.Equal(1200, (await pbx.Extend("c1", 1, 600, 0)).Grant!.GrantedSeconds);

        var settled = (await pbx.End(new EndRequest { CallId = "c1", DurationMs = 61_000 })).Settlement!;
        Assert.Equal((61, 120, Amount.Zero), (settled.CallSeconds, settled.IncludedSeconds, settled.Amount));
        await Deactivate(pbx);
        var again = await pbx.End(new EndRequest { CallId = "c1", DurationMs = 61_000 });
        Assert.Equal((true, false), (again.Repeated, again.Conflict));
        Assert.Equal(settled, again.Settlement);
        Assert.Equal(120, (await pbx.Describe())!.Status.UsedIncludedSeconds);
    }

    [Fact]
    public async Task LateCopyOfAuthorisation_AfterSettlement_GetsTheSettlementAndOpensNothing()
    {
        var pbx = await _cluster.NewPbx("late");
        await pbx.Authorize(PbxCluster.Call("c1", "+33123456789"));
        var settled = (await pbx.End(new EndRequest { CallId = "c1", DurationMs = 10_000 })).Settlement!;

        var copy = await pbx.Authorize(PbxCluster.Call("c1", "+33123456789"));
        Assert.True(copy.Repeated);
        Assert.Equal(settled, copy.Settlement);
        Assert.Empty(await pbx.ListActive("", 10));
        Assert.Equal((0, Amount.Zero), (0, (await pbx.Describe())!.Status.HeldMoney));

        var other = await pbx.Authorize(PbxCluster.Call("c1", "+33123456780"));
        Assert.Equal((DenialReason.CallIdReused, "called"), (other.Denial!.Reason, other.Denial.Subject));
    }

    [Fact]
    public async Task LateCopyInOneBatchWithNewCalls_LeavesThemUntouched()
    {
        var pbx = await _cluster.NewPbx("batch");
        await pbx.Authorize(PbxCluster.Call("old"));
        await pbx.End(new EndRequest { CallId = "old", DurationMs = 1_000 });

        var gate = new TaskCompletionSource();
        var first = _cluster.Store.Commits + 1;
        _cluster.Store.BeforeCommit = (number, _) => number == first ? gate.Task : Task.CompletedTask;
        var blocked = pbx.Authorize(PbxCluster.Call("first"));
        while (_cluster.Store.Commits < first) await Task.Yield();
        var gathered = new[] { pbx.Authorize(PbxCluster.Call("old")), pbx.Authorize(PbxCluster.Call("new1")), pbx.Authorize(PbxCluster.Call("new2")) };
        gate.SetResult();

        Assert.NotNull((await blocked).Grant);
        Assert.NotNull((await gathered[0]).Settlement);
        Assert.NotNull((await gathered[1]).Grant);
        Assert.NotNull((await gathered[2]).Grant);
        Assert.Equal(["first", "new1", "new2"], (await pbx.ListActive("", 10)).Select(call => call.CallId));
        await Deactivate(pbx);
        Assert.Equal(["first", "new1", "new2"], (await pbx.ListActive("", 10)).Select(call => call.CallId));
    }

    [Fact]
    public async Task HundredParallelEnds_OneCharge_HundredEqualAnswers()
    {
        var pbx = await _cluster.NewPbx("parallel");
        await pbx.Authorize(PbxCluster.Call("c1", "+33123456789"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => pbx.End(new EndRequest { CallId = "c1", DurationMs = 30_000 })));

        Assert.Single(answers.Select(answer => answer.Settlement).Distinct());
        Assert.Single(answers, answer => !answer.Repeated);
        Assert.All(answers, answer => Assert.False(answer.Conflict));
        var month = (await _cluster.Reader().Month("parallel", answers[0].Settlement!.BillingMonth, default))!;
        Assert.Equal(1, month.Ledger!.Totals.Values.Sum(totals => totals.Calls));
        Assert.Equal(new Amount(30_000_000), month.Ledger.SettledMoney);
    }

    [Fact]
    public async Task SecondDifferentEnd_ReturnsTheFirstSettlementAsConflict()
    {
        var pbx = await _cluster.NewPbx("conflict");
        await pbx.Authorize(PbxCluster.Call("c1", "+33123456789"));
        var first = await pbx.End(new EndRequest { CallId = "c1", DurationMs = 30_000 });
        var second = await pbx.End(new EndRequest { CallId = "c1", DurationMs = 31_000 });
        Assert.True(second.Conflict);
        Assert.Equal(first.Settlement, second.Settlement);
    }

    [Fact]
    public async Task EndOfCallNeverAuthorised_IsUnknown_UnlessItCarriesItsDetails()
    {
        var pbx = await _cluster.NewPbx("unauthorised");
        Assert.Equal(DenialReason.UnknownCall, (await pbx.End(new EndRequest { CallId = "c1", DurationMs = 5_000 })).Denial!.Reason);

        var end = new EndRequest { CallId = "c1", DurationMs = 5_000, Details = PbxCluster.Call("c1", "+33123456789") };
        var settled = (await pbx.End(end)).Settlement!;
        Assert.True(settled.Flags.HasFlag(CallFlags.Unauthorised));
        Assert.Equal(new Amount(5_000_000), settled.Amount);
        Assert.True((await pbx.End(end)).Repeated);
    }

    [Fact]
    public async Task LostReply_IsSentAgain_AndCountedOnce()
    {
        var pbx = await _cluster.NewPbx("lost-reply");
        var target = _cluster.Store.Commits + 1;
        _cluster.Store.AfterCommit = (number, result) =>
            number == target ? throw new StoreOutcomeUnknownException("reply lost") : Task.CompletedTask;
        Assert.NotNull((await pbx.Authorize(PbxCluster.Call("c1"))).Grant);
        Assert.Equal(target + 1, _cluster.Store.Commits);
        await Deactivate(pbx);
        Assert.Single(await pbx.ListActive("", 10));
    }

    [Fact]
    public async Task CommitRefusedByTheStore_IsUnavailable_AndTheNextActivationReadsTheTruth()
    {
        var pbx = await _cluster.NewPbx("refused");
        var target = _cluster.Store.Commits + 1;
        _cluster.Store.BeforeCommit = (number, _) =>
            number == target ? throw new StoreUnavailableException("disk full") : Task.CompletedTask;
        await Assert.ThrowsAsync<ChargingUnavailableException>(() => pbx.Authorize(PbxCluster.Call("c1")));
        Assert.Empty(await pbx.ListActive("", 10));
        Assert.NotNull((await pbx.Authorize(PbxCluster.Call("c1"))).Grant);
        Assert.Single(await pbx.ListActive("", 10));
    }

    [Fact]
    public async Task SilentStore_RefusesNewChangesAtOnce_AndAnswersTheOldOneWhenItReturns()
    {
        var pbx = await _cluster.NewPbx("silent");
        var gate = new TaskCompletionSource();
        var target = _cluster.Store.Commits + 1;
        _cluster.Store.BeforeCommit = (number, _) => number == target ? gate.Task : Task.CompletedTask;
        _cluster.Options.StoreSilenceLimit = TimeSpan.Zero;
        var waiting = pbx.Authorize(PbxCluster.Call("c1"));
        while (_cluster.Store.Commits < target) await Task.Yield();

        await Assert.ThrowsAsync<ChargingUnavailableException>(() => pbx.Authorize(PbxCluster.Call("c2")));
        Assert.False(waiting.IsCompleted);
        gate.SetResult();
        Assert.NotNull((await waiting).Grant);
    }

    [Fact]
    public async Task ForeignWriter_FencesThisActivation_WhichReadsAgain()
    {
        var pbx = await _cluster.NewPbx("fenced");
        await pbx.Authorize(PbxCluster.Call("c1"));
        var snapshot = await _cluster.Store.LoadAsync("fenced", default);
        await _cluster.Store.CommitAsync(
            new LedgerCommit { PbxId = "fenced", Expected = snapshot.Version, Next = new LedgerVersion(snapshot.Version!.Value.Epoch + 1, "other", 0) },
            default);
        await Assert.ThrowsAsync<ChargingUnavailableException>(() => pbx.Authorize(PbxCluster.Call("c2")));
        Assert.NotNull((await pbx.Authorize(PbxCluster.Call("c2"))).Grant);
        Assert.Equal(2, (await pbx.ListActive("", 10)).Count);
        Assert.DoesNotContain("PBX fenced ", DataLossAlarm.Last ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task StoreThatFellBack_RaisesTheAlarm_AndIsGoneOnWith()
    {
        var pbx = await _cluster.NewPbx("restored");
        await pbx.Authorize(PbxCluster.Call("c1"));
        var now = (await _cluster.Store.LoadAsync("restored", default)).Version!.Value;
        // Stands for a restored backup: a version that cannot have followed the one that this activation has stored.
        await _cluster.Store.CommitAsync(
            new LedgerCommit { PbxId = "restored", Expected = now, Next = now with { Nonce = "older" } }, default);

        await Assert.ThrowsAsync<ChargingUnavailableException>(() => pbx.Authorize(PbxCluster.Call("c2")));

        Assert.Equal($"PBX restored was stored as {now}, now as {now with { Nonce = "older" }}", DataLossAlarm.Last);
        Assert.NotNull((await pbx.Authorize(PbxCluster.Call("c2"))).Grant);
    }

    [Fact]
    public async Task UnknownPbx_IsADenialOnCalls_AndNothingIsStored()
    {
        var before = _cluster.Store.Commits;
        Assert.Equal(DenialReason.PbxUnknown, (await _cluster.Pbx("nobody").Authorize(PbxCluster.Call("c1"))).Denial!.Reason);
        Assert.Equal(DenialReason.PbxUnknown, (await _cluster.Pbx("nobody").End(new EndRequest { CallId = "c1" })).Denial!.Reason);
        Assert.Null(await _cluster.Pbx("nobody").Describe());
        Assert.Equal(before, _cluster.Store.Commits);
    }

    [Fact]
    public async Task RepeatOfASettledCall_ComesBeforeEveryReasonToRefuse()
    {
        var pbx = await _cluster.NewPbx("repeat-first");
        await pbx.Authorize(PbxCluster.Call("c1", "+33123456789"));
        var settled = (await pbx.End(new EndRequest { CallId = "c1", DurationMs = 9_000 })).Settlement!;
        await pbx.Update(new PbxUpdate { State = Charging.PbxState.Suspended });
        Assert.Equal(settled, (await pbx.Authorize(PbxCluster.Call("c1", "+33123456789"))).Settlement);
        Assert.Equal(DenialReason.PbxSuspended, (await pbx.Authorize(PbxCluster.Call("c2", "+33123456789"))).Denial!.Reason);
    }

    [Fact]
    public async Task DenialIsFound_AsSoonAsItWasAnswered()
    {
        var pbx = await _cluster.NewPbx("denied");
        await pbx.Authorize(PbxCluster.Call("c1", "+4420123456"));
        var found = (await pbx.Find("c1"))!.Denial!;
        Assert.Equal((DenialReason.NoPrice, "+4420123456"), (found.Reason, found.CalledText));
        Assert.Null(await pbx.Find("never"));
    }

    private static async Task Deactivate(IPbxGrain pbx)
    {
        await pbx.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
    }
}
