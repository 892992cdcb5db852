using Classound.Grains.Pbxs;
using Classound.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Core.Internal;
using Orleans.Runtime;

namespace Classound.Grains.Tests.Pbxs;

/// <summary>A store that lost a PBX's data, or another silo that moved them on, while no activation of this silo looked.</summary>
[Collection(AlarmCollection.Name)]
public sealed class KnownVersionsTests(PbxCluster cluster) : IClassFixture<PbxCluster>
{
    private static readonly LedgerVersion Ninth = new(7, "a", 9);
    private static readonly LedgerVersion Seventh = new(7, "a", 7);

    [Fact]
    public async Task StoreThatLostData_WhileTheActivationWasGone_IsNoticedByTheNext_AndOnce()
    {
        var pbx = await cluster.NewPbx("known-lost");
        await pbx.Authorize(PbxCluster.Call("c1"));
        var now = (await cluster.Store.LoadVersionAsync("known-lost", default))!.Value;
        await pbx.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        await Store("known-lost", now with { Nonce = "older" });

        Assert.NotNull((await pbx.Authorize(PbxCluster.Call("c2"))).Grant);

        Assert.Equal($"PBX known-lost was stored as {now}, now as {now with { Nonce = "older" }}", DataLossAlarm.Last);
        await Store("known-lost", now with { Epoch = now.Epoch + 2, Nonce = "next" });
        await Assert.ThrowsAsync<ChargingUnavailableException>(() => pbx.Authorize(PbxCluster.Call("c3")));
        Assert.NotNull((await pbx.Authorize(PbxCluster.Call("c3"))).Grant);
        Assert.Contains($"now as {now with { Nonce = "older" }}", DataLossAlarm.Last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VersionThatAnotherSiloMovedOn_IsNoLoss()
    {
        var pbx = await cluster.NewPbx("known-moved");
        await pbx.Authorize(PbxCluster.Call("c1"));
        var now = (await cluster.Store.LoadVersionAsync("known-moved", default))!.Value;
        await pbx.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        await Store("known-moved", new LedgerVersion(now.Epoch + 1, "other", 0));

        Assert.NotNull((await pbx.Authorize(PbxCluster.Call("c2"))).Grant);

        Assert.DoesNotContain("PBX known-moved ", DataLossAlarm.Last ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void OlderVersionOrNone_IsALoss_SaidOnce()
    {
        var versions = new KnownVersions();
        versions.Stored("p", Ninth);
        Assert.True(versions.Check(NullLogger.Instance, "p", versions.Of("p"), Seventh));
        Assert.Equal(Seventh, versions.Of("p"));
        Assert.False(versions.Check(NullLogger.Instance, "p", versions.Of("p"), Seventh));

        Assert.True(versions.Check(NullLogger.Instance, "p", versions.Of("p"), null));
        Assert.Null(versions.Of("p"));
        Assert.False(versions.Check(NullLogger.Instance, "p", versions.Of("p"), null));
    }

    [Fact]
    public void SameVersionLaterCommitOrLaterEpoch_IsNone_AndIsLearned()
    {
        var versions = new KnownVersions();
        foreach (var found in new[] { Seventh, Seventh, Ninth, new(8, "b", 0) })
        {
            Assert.False(versions.Check(NullLogger.Instance, "p", versions.Of("p"), found));
            Assert.Equal(found, versions.Of("p"));
        }
    }

    [Fact]
    public void AnswerOlderThanWhatWasLearnedMeanwhile_IsNoLoss_AndTakesNothingBack()
    {
        var versions = new KnownVersions();
        versions.Stored("p", Seventh);
        var asked = versions.Of("p");
        versions.Stored("p", Ninth);

        Assert.False(versions.Check(NullLogger.Instance, "p", asked, Seventh));

        Assert.Equal(Ninth, versions.Of("p"));
    }

    [Fact]
    public void MorePbxsThanAreRemembered_DropTheOldest()
    {
        var versions = new KnownVersions(capacity: 3);
        for (var n = 0; n < 5; n++)
        {
            versions.Stored($"p{n}", Seventh);
            versions.Stored($"p{n}", Ninth);
        }

        Assert.Equal([null, null, Ninth, Ninth, Ninth], Enumerable.Range(0, 5).Select(n => versions.Of($"p{n}")));
    }

    private async Task Store(string pbxId, LedgerVersion version)
    {
        var stored = await cluster.Store.LoadVersionAsync(pbxId, default);
        var result = await cluster.Store.CommitAsync(new LedgerCommit { PbxId = pbxId, Expected = stored, Next = version }, default);
        Assert.Equal(CommitOutcome.Committed, result.Outcome);
    }
}
