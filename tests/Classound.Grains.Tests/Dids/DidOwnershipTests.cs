using Classound.Charging;
using Classound.Grains.Dids;
using Classound.Grains.Pbxs;

namespace Classound.Grains.Tests.Dids;

/// <summary>One owner per number, whatever happens between the steps.</summary>
public sealed class DidOwnershipTests(DidCluster cluster) : IClassFixture<DidCluster>, IDisposable
{
    private static int _numbers;

    private DidOwnership Ownership => cluster.Ownership;

    public void Dispose() => cluster.CrashAt = 0;

    [Theory]
    [InlineData(DidKind.Hosted)]
    [InlineData(DidKind.Ported)]
    public async Task ClaimedNumber_IsOwnedAndNobodyElseCanHaveIt(DidKind kind)
    {
        var (pbx, other, number) = await Two();

        var claimed = await Ownership.ClaimAsync(pbx, number, kind);

        Assert.Equal((DidRefusal.None, new Did(number, kind, true)), (claimed.Refusal, claimed.Did));
        Assert.True((await cluster.State(number)).IsOwnedBy(pbx));
        foreach (var wanted in Enum.GetValues<DidKind>())
            Assert.Equal(DidRefusal.TakenByAnother, (await Ownership.ClaimAsync(other, number, wanted)).Refusal);
        Assert.Null(await cluster.Of(other, number));
    }

    [Fact]
    public async Task RepeatedClaim_IsDoneAlready_WithAnotherKindItIsRefused()
    {
        var (pbx, _, number) = await Two();
        await Ownership.ClaimAsync(pbx, number, DidKind.Hosted);

        Assert.Equal(DidRefusal.None, (await Ownership.ClaimAsync(pbx, number, DidKind.Hosted)).Refusal);
        Assert.Equal(DidRefusal.OtherKind, (await Ownership.ClaimAsync(pbx, number, DidKind.Ported)).Refusal);
        Assert.Equal(DidRefusal.OtherKind, (await Ownership.ClaimAsync(pbx, number, DidKind.External)).Refusal);
        Assert.Equal(DidKind.Hosted, (await cluster.Of(pbx, number))!.Kind);
    }

    [Fact]
    public async Task UnknownPbx_IsRefusedAndLeavesTheNumberFree()
    {
        var number = NextNumber();

        Assert.Equal(DidRefusal.PbxUnknown, (await Ownership.ClaimAsync("nobody", number, DidKind.Hosted)).Refusal);
        Assert.Equal(DidRefusal.PbxUnknown, (await Ownership.VerifyAsync("nobody", number)).Refusal);
        Assert.Equal(DidRefusal.PbxUnknown, (await Ownership.ReleaseAsync("nobody", number)).Refusal);
        Assert.Equal(DidPhase.Free, (await cluster.State(number)).Phase);
    }

    [Fact]
    public async Task UnverifiedExternalNumber_BlocksNobody()
    {
        var (pbx, other, number) = await Two();
        Assert.Equal(new Did(number, DidKind.External, false), (await Ownership.ClaimAsync(pbx, number, DidKind.External)).Did);

        Assert.Equal(DidRefusal.None, (await Ownership.ClaimAsync(other, number, DidKind.Ported)).Refusal);

        Assert.Equal(DidRefusal.TakenByAnother, (await Ownership.VerifyAsync(pbx, number)).Refusal);
        Assert.False((await cluster.Of(pbx, number))!.Verified);
    }

    [Fact]
    public async Task ExternalNumber_IsOwnedOnceVerified()
    {
        var (pbx, other, number) = await Two();
        await Ownership.ClaimAsync(pbx, number, DidKind.External);
        await Ownership.ClaimAsync(other, number, DidKind.External);

        Assert.True((await Ownership.VerifyAsync(pbx, number)).Did!.Verified);

        Assert.True((await Ownership.VerifyAsync(pbx, number)).Did!.Verified);
        Assert.Equal(DidRefusal.TakenByAnother, (await Ownership.VerifyAsync(other, number)).Refusal);
        Assert.True((await cluster.State(number)).IsOwnedBy(pbx));
    }

    [Fact]
    public async Task VerifyingWhatIsNotThereOrNotExternal_IsRefused()
    {
        var (pbx, _, number) = await Two();
        Assert.Equal(DidRefusal.DidUnknown, (await Ownership.VerifyAsync(pbx, number)).Refusal);

        await Ownership.ClaimAsync(pbx, number, DidKind.Hosted);

        Assert.Equal(DidRefusal.NotExternal, (await Ownership.VerifyAsync(pbx, number)).Refusal);
    }

    [Fact]
    public async Task HostedClaimOfTheSamePbxsUnverifiedNumber_IsRefusedAndOwnsNothing()
    {
        var (pbx, _, number) = await Two();
        await Ownership.ClaimAsync(pbx, number, DidKind.External);

        Assert.Equal(DidRefusal.OtherKind, (await Ownership.ClaimAsync(pbx, number, DidKind.Hosted)).Refusal);

        Assert.Equal(DidPhase.Free, (await cluster.State(number)).Phase);
    }

    [Fact]
    public async Task ReleasedNumber_CanBeClaimedByAnother()
    {
        var (pbx, other, number) = await Two();
        await Ownership.ClaimAsync(pbx, number, DidKind.Hosted);

        Assert.Equal(DidReply.Released, await Ownership.ReleaseAsync(pbx, number));
        Assert.Equal(DidReply.Released, await Ownership.ReleaseAsync(pbx, number));

        Assert.Null(await cluster.Of(pbx, number));
        Assert.Equal(DidRefusal.None, (await Ownership.ClaimAsync(other, number, DidKind.Hosted)).Refusal);
    }

    [Fact]
    public async Task ReleaseOfAnothersNumber_LeavesItToItsOwner()
    {
        var (pbx, other, number) = await Two();
        await Ownership.ClaimAsync(other, number, DidKind.External);
        await Ownership.ClaimAsync(pbx, number, DidKind.Hosted);

        Assert.Equal(DidReply.Released, await Ownership.ReleaseAsync(other, number));

        Assert.Null(await cluster.Of(other, number));
        Assert.True((await cluster.State(number)).IsOwnedBy(pbx));
        Assert.NotNull(await cluster.Of(pbx, number));
    }

    [Fact]
    public async Task ManyPbxsClaimingOneNumber_OneGetsIt()
    {
        var number = NextNumber();
        var pbxs = Enumerable.Range(0, 8).Select(i => $"race-{number.Digits}-{i}").ToArray();
        foreach (var pbx in pbxs) await cluster.NewPbx(pbx);

        await Task.WhenAll(pbxs.Select(pbx => Try(() => Ownership.ClaimAsync(pbx, number, DidKind.Hosted))));

        var owners = new List<string>();
        foreach (var pbx in pbxs)
            if (await cluster.Of(pbx, number) is not null) owners.Add(pbx);
        Assert.Equal((await cluster.State(number)).PbxId, Assert.Single(owners));
    }

    private static async Task Try(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (ChargingUnavailableException)
        {
            // "Repeat": the outcome is looked at afterwards.
        }
    }

    private async Task<(string Pbx, string Other, Charging.Numbering.E164Number Number)> Two()
    {
        var number = NextNumber();
        var (pbx, other) = ($"pbx-{number.Digits}", $"other-{number.Digits}");
        await cluster.NewPbx(pbx);
        await cluster.NewPbx(other);
        return (pbx, other, number);
    }

    private static Charging.Numbering.E164Number NextNumber() => DidCluster.Number(Interlocked.Increment(ref _numbers));
}
