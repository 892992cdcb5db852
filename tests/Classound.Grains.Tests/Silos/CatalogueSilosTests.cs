using Classound.Charging;
using Classound.Charging.Calls;
using Classound.Grains.Catalogues;
using Classound.Grains.Pbxs;
using Classound.Grains.Tests.Pbxs;
using Classound.Storage;

namespace Classound.Grains.Tests.Silos;

/// <summary>A change of prices as calls on two silos see it.</summary>
public sealed class CatalogueSilosTests(CatalogueSilos silos) : IClassFixture<CatalogueSilos>, IDisposable
{
    private readonly TimeSpan _activationWait = silos.Options.ActivationWait;

    public void Dispose()
    {
        silos.Second.Store.BeforeContent = () => { };
        silos.Options.ActivationWait = _activationWait;
    }

    [Fact]
    public async Task Activation_IsSeenByBothSilosAfterOnePoll_AndNoCallIsRefusedMeanwhile()
    {
        await silos.ImportAsync("SEEN", silos.Now, "0.01");
        await silos.ImportAsync("SEEN", null, "0.02");
        var (a, b) = (await CatalogueSilos.NewPbx(silos.First, "seen-a", "SEEN"), await CatalogueSilos.NewPbx(silos.Second, "seen-b", "SEEN"));
        var activation = silos.First.Client.ActivateAsync("SEEN", 2, silos.Now, CancellationToken.None);
        for (var i = 0; !activation.IsCompleted; i++)
        {
            await silos.Second.RefreshAsync();
            Assert.NotNull((await silos.Second.Authorize(b, $"during-{i}")).Grant);
        }
        await activation;

        await silos.Second.PollAsync();

        Assert.Equal((("SEEN", 2), ("SEEN", 2)), (await silos.First.PricedBy(a, "after"), await silos.Second.PricedBy(b, "after")));
    }

    [Fact]
    public async Task SiloThatCannotReadTheNewVersion_RefusesRatherThanRatesByTheOlderOne()
    {
        await silos.ImportAsync("UNREAD", silos.Now, "0.01");
        var (a, b) = (await CatalogueSilos.NewPbx(silos.First, "unread-a", "UNREAD"), await CatalogueSilos.NewPbx(silos.Second, "unread-b", "UNREAD"));
        Assert.Equal(("UNREAD", 1), await silos.Second.PricedBy(b, "before"));
        silos.Second.Store.BeforeContent = () => throw new StoreUnavailableException("broken by the test");
        // Nobody waits for it.
        silos.Options.ActivationWait = TimeSpan.Zero;
        await silos.ImportAsync("UNREAD", silos.Now, "0.0299");

        await silos.First.RefreshAsync();
        await silos.Second.PollAsync();

        Assert.Equal(("UNREAD", 2), await silos.First.PricedBy(a, "after"));
        await Assert.ThrowsAsync<ChargingUnavailableException>(() => silos.Second.Authorize(b, "after"));
        silos.Second.Store.BeforeContent = () => { };
        silos.Clock.Advance(new CatalogueRefreshOptions().RetryPause);
        await silos.Second.RefreshAsync();
        Assert.Equal(("UNREAD", 2), await silos.Second.PricedBy(b, "after"));
    }

    [Fact]
    public async Task ChangeOfAPbxsListType_AppliesToTheNextCall_WhicheverSiloItComesThrough()
    {
        await silos.ImportAsync("SILVER", silos.Now, "0.01");
        await silos.ImportAsync("GOLD", silos.Now, "0.02");
        var pbx = await CatalogueSilos.NewPbx(silos.Second, "changes", "SILVER");
        Assert.Equal(("SILVER", 1), await silos.First.PricedBy(pbx, "before"));

        await silos.First.Grains.GetGrain<IPbxGrain>(pbx).Update(new PbxUpdate { PriceListType = "GOLD" });

        Assert.Equal((("GOLD", 1), ("GOLD", 1)), (await silos.First.PricedBy(pbx, "c1"), await silos.Second.PricedBy(pbx, "c2")));
        // What runs keeps its price.
        Assert.Equal("SILVER", (await silos.First.Authorize(pbx, "before")).Grant!.Pricing!.ListType);
    }

    [Fact]
    public async Task ReplayOfOldCalls_GetsTheVersionOfItsTime_HoweverLongAgo()
    {
        var at = silos.Now;
        await silos.ImportAsync("REPLAYED", at, "0.0177");
        var pbx = await CatalogueSilos.NewPbx(silos.Second, "replayed", "REPLAYED");
        silos.Clock.Advance(TimeSpan.FromHours(1));
        await silos.ImportAsync("REPLAYED", silos.Now, "0.0277");
        silos.Clock.Advance(TimeSpan.FromDays(60));
        await silos.RefreshAsync();
        Assert.False(silos.Second.Cache.Covers("REPLAYED", at));

        silos.Second.Store.BeforeContent = () => throw new StoreUnavailableException("broken by the test");
        await Assert.ThrowsAsync<ChargingUnavailableException>(() => silos.Second.Authorize(pbx, "old", at));
        silos.Second.Store.BeforeContent = () => { };

        Assert.Equal((("REPLAYED", 1), ("REPLAYED", 2)), (await silos.Second.PricedBy(pbx, "old", at), await silos.Second.PricedBy(pbx, "new")));
        var end = new EndRequest { CallId = "ended", DurationMs = 60_000, Details = PbxCluster.Call("ended") with { OccurredAt = at } };
        Assert.Equal(1, (await silos.First.Grains.GetGrain<IPbxGrain>(pbx).End(end)).Settlement!.Pricing!.ListNumber);
    }

    [Fact]
    public async Task LateEndOfAnUnauthorisedCall_IsPricedByTheVersionOfItsAnswer()
    {
        var answered = silos.Now;
        await silos.ImportAsync("LATE_END", answered, "0.0178");
        var pbx = await CatalogueSilos.NewPbx(silos.Second, "late-end", "LATE_END");
        silos.Clock.Advance(TimeSpan.FromHours(1));
        await silos.ImportAsync("LATE_END", silos.Now, "0.0278");
        silos.Clock.Advance(TimeSpan.FromDays(34));
        await silos.RefreshAsync();

        var end = new EndRequest
        {
            CallId = "late", DurationMs = 60_000, AnsweredAt = answered.AddMinutes(5), EndedAt = answered.AddMinutes(6), Details = PbxCluster.Call("late"),
        };

        Assert.Equal(1, (await silos.Second.Grains.GetGrain<IPbxGrain>(pbx).End(end)).Settlement!.Pricing!.ListNumber);
    }

    [Fact]
    public async Task SiloThatStoodStill_AndWasNotWaitedFor_PricesNothingBeforeItHasAsked()
    {
        await silos.ImportAsync("FROZEN", silos.Now, "0.01");
        var pbx = await CatalogueSilos.NewPbx(silos.Second, "frozen", "FROZEN");
        Assert.Equal(("FROZEN", 1), await silos.Second.PricedBy(pbx, "before"));
        var running = (await silos.Second.Authorize(pbx, "running")).Grant!;
        // The second silo asks no more.
        silos.Clock.Advance(FollowerTimes.Silence + TimeSpan.FromSeconds(1));
        await silos.First.ImportAloneAsync("FROZEN", "0.02");

        await Assert.ThrowsAsync<ChargingUnavailableException>(() => silos.Second.Authorize(pbx, "queued"));
        var end = new EndRequest { CallId = "unknown", DurationMs = 1000, AnsweredAt = silos.Now, EndedAt = silos.Now, Details = PbxCluster.Call("unknown") };
        await Assert.ThrowsAsync<ChargingUnavailableException>(() => silos.Second.Grains.GetGrain<IPbxGrain>(pbx).End(end));
        // What needs no price, or has one, goes on.
        Assert.NotNull((await silos.Second.Grains.GetGrain<IPbxGrain>(pbx).Authorize(PbxCluster.Call("internal") with { Internal = true })).Grant);
        var ended = await silos.Second.Grains.GetGrain<IPbxGrain>(pbx).End(new EndRequest { CallId = "running", DurationMs = 1000, AnsweredAt = silos.Now, EndedAt = silos.Now });
        Assert.Equal(running.Pricing!.ListNumber, ended.Settlement!.Pricing!.ListNumber);

        await silos.Second.RefreshAsync();
        Assert.Equal(("FROZEN", 2), await silos.Second.PricedBy(pbx, "queued"));
    }

    [Fact]
    public async Task SiloThatIsSilentForAShortWhile_IsWaitedFor_AndGoesOnPricing()
    {
        await silos.ImportAsync("SHORT", silos.Now, "0.01");
        var pbx = await CatalogueSilos.NewPbx(silos.Second, "short", "SHORT");
        silos.Clock.Advance(FollowerTimes.MaxAge - TimeSpan.FromSeconds(4));

        var import = silos.First.ImportAloneAsync("SHORT", "0.02");

        Assert.Equal(("SHORT", 1), await silos.Second.PricedBy(pbx, "meanwhile"));
        Assert.False(import.IsCompleted);
        while (!import.IsCompleted) await silos.RefreshAsync();
        await import;
    }
}
