using Classound.Grains.Catalogues;
using Classound.PriceLists;

namespace Classound.Grains.Tests.Catalogues;

/// <summary>Versions that would stop PBXs, rewrite what was priced, or never be in force. Each test has its own list type.</summary>
public sealed class CatalogueRuleTests(CatalogueCluster cluster) : IClassFixture<CatalogueCluster>
{
    private readonly CatalogueCopy _copy = cluster.NewCopy();

    private DateTimeOffset Now => cluster.Clock.GetUtcNow();

    [Fact]
    public async Task VersionThatNoLongerSellsAPlan_IsRefused_ByImportByActivationAndByValidation()
    {
        await _copy.ImportAsync(CatalogueCluster.Header("UNSOLD", Now), Selling("0.01", "UNSOLD-1", "UNSOLD-2"));
        var without = CatalogueCluster.Header("UNSOLD", Now.AddDays(1));

        var imported = await _copy.ImportAsync(without, Selling("0.02", "UNSOLD-1"));
        var validated = await _copy.Client.CheckAsync(without.Header, [new DatedContent(without.EffectiveAt, Selling("0.02", "UNSOLD-1"))], default);
        var draft = await _copy.ImportAsync(CatalogueCluster.Header("UNSOLD"), CatalogueCluster.File("0.02"));
        var activated = await _copy.ActivateAsync("UNSOLD", draft.PriceList!.Number, Now.AddDays(1));
        var direct = await cluster.Catalogue.Activate("UNSOLD", draft.PriceList.Number, Now.AddDays(1));

        Assert.Equal([CatalogueRefusal.PlanNotSold], new[] { imported, validated, activated, direct }.Select(reply => reply.Refusal).Distinct());
        Assert.Contains("version 1 of UNSOLD sells UNSOLD-2;", imported.Detail, StringComparison.Ordinal);
        Assert.Contains("UNSOLD-1, UNSOLD-2;", activated.Detail, StringComparison.Ordinal);
        Assert.Equal(imported.Detail, validated.Detail);
    }

    [Fact]
    public async Task PlanVersionOfItsOwn_MayTakeTheListsPlace()
    {
        await _copy.ImportAsync(CatalogueCluster.Header("OWN", Now), Selling("0.01", "OWN-PLAN"));
        await _copy.Client.CreatePlanAsync(CatalogueCluster.Plan("OWN-PLAN", "2026-01-01"), default);

        var next = await _copy.ImportAsync(CatalogueCluster.Header("OWN", Now.AddDays(1)), CatalogueCluster.File("0.02"));

        Assert.Equal(CatalogueRefusal.None, next.Refusal);
    }

    [Fact]
    public async Task PlansAreComparedBetweenParts_AndWithWhatIsScheduledAfterwards()
    {
        var now = Now;
        var header = CatalogueCluster.Header("CHAIN").Header;
        DatedContent[] parts = [new(now, Selling("0.01", "CHAIN-PLAN")), new(now.AddDays(1), CatalogueCluster.File("0.02"))];

        Assert.Equal(CatalogueRefusal.PlanNotSold, (await _copy.ImportAsync(header, parts)).Refusal);
        await _copy.ImportAsync(header, parts[1..]);
        Assert.Equal(CatalogueRefusal.PlanNotSold, (await _copy.ImportAsync(header, parts[..1])).Refusal);
    }

    [Fact]
    public async Task MinuteJustPast_WasPricedByAnother_AndBeginsNow_AndRepeatsStillMatch()
    {
        await _copy.ImportAsync(CatalogueCluster.Header("MINUTE", Now.AddDays(-1)), CatalogueCluster.File("0.01"));
        var asked = Now.AddSeconds(-20);

        var before = Now;
        var made = await _copy.ImportAsync(CatalogueCluster.Header("MINUTE", asked), CatalogueCluster.File("0.02"));
        var imported = await _copy.ImportAsync(CatalogueCluster.Header("MINUTE", asked), CatalogueCluster.File("0.02"));
        var activated = await _copy.ActivateAsync("MINUTE", 2, asked);

        Assert.InRange(made.PriceList!.EffectiveAt!.Value, before, Now);
        Assert.Equal("0.01", _copy.PriceAt("MINUTE", asked.AddSeconds(1)));
        Assert.Equal((true, true), (imported.Repeated, activated.Repeated));
        Assert.Equal(made.PriceList, activated.PriceList);
    }

    [Fact]
    public async Task MinuteJustPast_ThatNothingPriced_IsTakenAsAsked()
    {
        var asked = Now.AddSeconds(-20);
        var made = await _copy.ImportAsync(CatalogueCluster.Header("FIRST_MINUTE", asked), CatalogueCluster.File("0.01"));
        Assert.Equal(asked, made.PriceList!.EffectiveAt);
    }

    [Fact]
    public async Task ScheduledVersion_CanBeBroughtForwardToNow()
    {
        await _copy.ImportAsync(CatalogueCluster.Header("FORWARD", Now.AddDays(-1)), CatalogueCluster.File("0.01"));
        await _copy.ImportAsync(CatalogueCluster.Header("FORWARD", Now.AddHours(1)), CatalogueCluster.File("0.02"));

        var moved = await _copy.ActivateAsync("FORWARD", 2, Now);

        Assert.Equal((CatalogueRefusal.None, "0.02"), (moved.Refusal, _copy.PriceAt("FORWARD", Now)));
    }

    [Fact]
    public async Task TimeThatAHigherNumberHas_IsRefused()
    {
        var at = Now.AddHours(1);
        await _copy.ImportAsync(CatalogueCluster.Header("TAKEN"), CatalogueCluster.File("0.01"));
        await _copy.ImportAsync(CatalogueCluster.Header("TAKEN", at), CatalogueCluster.File("0.02"));

        var lower = await _copy.ActivateAsync("TAKEN", 1, at);
        var higher = await _copy.ImportAsync(CatalogueCluster.Header("TAKEN", at), CatalogueCluster.File("0.03"));

        Assert.Equal((CatalogueRefusal.TimeTaken, CatalogueRefusal.None), (lower.Refusal, higher.Refusal));
        Assert.Contains("version 2 of TAKEN", lower.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OldFileAgain_IsANewDraft_OnceItWasSuperseded()
    {
        var header = CatalogueCluster.Header("BACK");
        await _copy.ImportAsync(header, CatalogueCluster.File("0.01"));
        await _copy.ActivateAsync("BACK", 1, Now.AddHours(-2));
        var inForce = await _copy.ImportAsync(header, CatalogueCluster.File("0.01"));
        await _copy.ImportAsync(CatalogueCluster.Header("BACK", Now), CatalogueCluster.File("0.02"));

        var back = await _copy.ImportAsync(header, CatalogueCluster.File("0.01"));
        var again = await _copy.ImportAsync(header, CatalogueCluster.File("0.01"));

        Assert.Equal((true, 1), (inForce.Repeated, inForce.PriceList!.Number));
        Assert.Equal((false, 3, null), (back.Repeated, back.PriceList!.Number, back.PriceList.EffectiveAt));
        Assert.Equal((true, 3), (again.Repeated, again.PriceList!.Number));
    }

    [Fact]
    public async Task WhatIsRefused_IsNotAnnouncedToAnySilo()
    {
        await _copy.ImportAsync(CatalogueCluster.Header("QUICK", Now), CatalogueCluster.File("0.01"));
        // The announcement of that import is forgotten by then.
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));

        var money = await _copy.ImportAsync(CatalogueCluster.Header("QUICK", Now, currency: "USD"), CatalogueCluster.File("0.09"));
        var moved = await _copy.ActivateAsync("QUICK", 1, Now);

        Assert.Equal((CatalogueRefusal.CurrencyDiffers, CatalogueRefusal.AlreadyActivated), (money.Refusal, moved.Refusal));
        Assert.Empty((await cluster.Catalogue.Follow(new FollowerReport("probe", -1, []))).Announced);
    }

    private static PriceListContent Selling(string price, params string[] codes) =>
        CatalogueCluster.File(price) with { Plans = [.. codes.Select(code => CatalogueCluster.Offer(code, 3000))] };
}
