using Classound.Grains.Pbxs;

namespace Classound.Grains.Tests.Pbxs;

/// <summary>A silo that has not heard yet of what another one imported decides nothing by its lack.</summary>
public sealed class CatalogueBehindTests(PbxCluster cluster) : IClassFixture<PbxCluster>
{
    [Fact]
    public async Task PlanThatIsNotKnownHereYet_IsNoReasonToChargeItsMinutes()
    {
        var pbx = await cluster.NewPbx("new-plan", settings => settings with { PlanCode = "IMPORTED-ELSEWHERE" });

        await Assert.ThrowsAsync<ChargingUnavailableException>(() => pbx.Authorize(PbxCluster.Call("c1")));
    }

    [Fact]
    public async Task PriceListThatIsNotKnownHereYet_IsNoReasonToRefuseTheCall()
    {
        var pbx = await cluster.NewPbx("new-list", settings => settings with { PriceListType = "IMPORTED_ELSEWHERE" });

        await Assert.ThrowsAsync<ChargingUnavailableException>(() => pbx.Authorize(PbxCluster.Call("c1")));
    }
}
