using Classound.Charging;
using Classound.Charging.Numbering;
using Classound.Grains.Dids;
using Classound.Grains.Pbxs;

namespace Classound.Grains.Tests.Dids;

/// <summary>The driver stops before or after each step of each operation; the repeat, or the sweep, makes it whole.</summary>
public sealed class DidCrashTests(DidCluster cluster) : IClassFixture<DidCluster>, IDisposable
{
    private static int _numbers = 500_000;

    private DidOwnership Ownership => cluster.Ownership;

    public void Dispose() => cluster.CrashAt = 0;

    /// <summary>Every operation makes five changing grain calls: noted, reserved, PBX changed, finished, struck off.</summary>
    public static TheoryData<string, int> Crashes()
    {
        var data = new TheoryData<string, int>();
        foreach (var operation in (string[])["claim", "verify", "release"])
            for (var crashAt = 1; crashAt <= 10; crashAt++) data.Add(operation, crashAt);
        return data;
    }

    [Theory]
    [MemberData(nameof(Crashes))]
    public async Task CrashThenSweep_LeavesOwnerAndLedgerInAgreement(string operation, int crashAt)
    {
        var (pbx, number) = await Prepare(operation);

        var answered = await Crash(operation, pbx, number, crashAt);
        await cluster.SweepLater();

        await AssertAgreement(pbx, number, operation);
        if (answered) await AssertDone(operation, pbx, number);
        Assert.Empty(await cluster.Operations.ListBegunBeforeAsync(DateTimeOffset.MaxValue));
    }

    [Theory]
    [MemberData(nameof(Crashes))]
    public async Task CrashThenRepeatAfterTheLease_IsDone(string operation, int crashAt)
    {
        var (pbx, number) = await Prepare(operation);
        await Crash(operation, pbx, number, crashAt);
        cluster.Clock.Advance(DidOwnership.Lease);

        await Run(operation, pbx, number);

        await AssertDone(operation, pbx, number);
        await AssertAgreement(pbx, number, operation);
        await cluster.SweepLater();
        await AssertDone(operation, pbx, number);
        Assert.Empty(await cluster.Operations.ListBegunBeforeAsync(DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task OperationsMakeTheStepsThatTheCrashTestsCount()
    {
        foreach (var operation in (string[])["claim", "verify", "release"])
        {
            var (pbx, number) = await Prepare(operation);
            cluster.ForgetSteps();
            await Run(operation, pbx, number);
            Assert.Equal(5, cluster.Steps);
        }
    }

    [Fact]
    public async Task UnfinishedOperation_BlocksItsNumberUntilItIsSwept()
    {
        var (pbx, number) = await Prepare("claim");
        await Crash("claim", pbx, number, crashAt: 4);
        await cluster.NewPbx($"rival-{number.Digits}");

        foreach (var wanting in (string[])[pbx, $"rival-{number.Digits}"])
        {
            await Assert.ThrowsAsync<ChargingUnavailableException>(() => Ownership.ClaimAsync(wanting, number, DidKind.Hosted));
            await Assert.ThrowsAsync<ChargingUnavailableException>(() => Ownership.ReleaseAsync(wanting, number));
        }

        await cluster.Sweep.SweepAsync(CancellationToken.None);
        Assert.Equal(DidPhase.Claiming, (await cluster.State(number)).Phase);
        await cluster.SweepLater();
        Assert.Equal(DidRefusal.None, (await Ownership.ClaimAsync($"rival-{number.Digits}", number, DidKind.Hosted)).Refusal);
    }

    [Fact]
    public async Task TwoSweepsAtOnce_SettleOnce()
    {
        var (pbx, number) = await Prepare("claim");
        await Crash("claim", pbx, number, crashAt: 6);
        cluster.Clock.Advance(DidOwnership.Lease);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => cluster.Sweep.SweepAsync(CancellationToken.None)));

        await AssertDone("claim", pbx, number);
    }

    private async Task<(string Pbx, E164Number Number)> Prepare(string operation)
    {
        var number = DidCluster.Number(Interlocked.Increment(ref _numbers));
        var pbx = $"crash-{number.Digits}";
        await cluster.NewPbx(pbx);
        if (operation == "verify") await Ownership.ClaimAsync(pbx, number, DidKind.External);
        if (operation == "release") await Ownership.ClaimAsync(pbx, number, DidKind.Hosted);
        return (pbx, number);
    }

    private Task<DidReply> Run(string operation, string pbx, E164Number number) => operation switch
    {
        "claim" => Ownership.ClaimAsync(pbx, number, DidKind.Hosted),
        "verify" => Ownership.VerifyAsync(pbx, number),
        _ => Ownership.ReleaseAsync(pbx, number),
    };

    /// <summary>True when the driver got to its answer all the same: only the strike-off was lost.</summary>
    private async Task<bool> Crash(string operation, string pbx, E164Number number, int crashAt)
    {
        cluster.ForgetSteps();
        cluster.CrashAt = crashAt;
        try
        {
            await Run(operation, pbx, number);
            Assert.True(crashAt > 8);
            return true;
        }
        catch (ChargingUnavailableException)
        {
            Assert.True(crashAt <= 8);
            return false;
        }
        finally
        {
            cluster.CrashAt = 0;
        }
    }

    private async Task AssertDone(string operation, string pbx, E164Number number)
    {
        if (operation == "release") Assert.Null(await cluster.Of(pbx, number));
        else Assert.True((await cluster.Of(pbx, number))!.IsOwned);
    }

    private async Task AssertAgreement(string pbx, E164Number number, string operation)
    {
        var state = await cluster.State(number);
        var owned = (await cluster.Of(pbx, number))?.IsOwned ?? false;
        Assert.False(state.IsPending, $"{operation} left the number {state.Phase}");
        Assert.Equal(owned, state.IsOwnedBy(pbx));
    }
}
