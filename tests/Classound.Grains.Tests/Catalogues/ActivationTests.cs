using Classound.Grains.Catalogues;

namespace Classound.Grains.Tests.Catalogues;

/// <summary>How what is to be in force at once reaches every silo without a pause of its calls.</summary>
public sealed class ActivationTests(CatalogueCluster cluster) : IClassFixture<CatalogueCluster>
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private DateTimeOffset Now => cluster.Clock.GetUtcNow();

    [Fact]
    public async Task DueActivation_WaitsUntilEverySiloHasLoaded_AndThenNobodyLoads()
    {
        var (here, there) = (await NewCopy(Long), await NewCopy(Long));
        await here.Client.ImportAsync(CatalogueCluster.Header("WAITS").Header, [new DatedContent(null, CatalogueCluster.File("0.0101"))], default);
        await Follow("late", []);
        var activation = here.Client.ActivateAsync("WAITS", 1, Now, CancellationToken.None);
        var announced = await Announced("late");
        await there.RefreshAsync();

        // One silo has not loaded, however long it takes.
        Assert.False(activation.IsCompleted);
        Assert.Null((await here.Client.DescribeAsync()).Find("WAITS", 1)!.EffectiveAt);
        await Follow("late", announced);
        Assert.Equal(CatalogueRefusal.None, (await activation).Refusal);

        var reads = cluster.Content.Reads;
        await there.Refresh.PollAsync(CancellationToken.None);
        Assert.Equal(("0.0101", "0.0101", reads), (here.PriceAt("WAITS", Now), there.PriceAt("WAITS", Now), cluster.Content.Reads));
    }

    [Fact]
    public async Task DueImport_IsNothingBeforeEverySiloHasLoaded()
    {
        var here = await NewCopy(Long);
        await Follow("late", []);
        var import = here.Client.ImportAsync(
            CatalogueCluster.Header("WHOLE").Header,
            [new DatedContent(Now, CatalogueCluster.File("0.0102")), new DatedContent(Now.AddDays(1), CatalogueCluster.File("0.0103"))], default);
        var announced = await Announced("late");

        Assert.Single(announced);
        Assert.DoesNotContain((await here.Client.DescribeAsync()).PriceLists, list => list.Type == "WHOLE");
        await Follow("late", announced);
        Assert.Equal([1, 2], (await import).PriceLists.Select(list => list.Number));
    }

    [Fact]
    public async Task SiloThatStaysBehind_HoldsNobodyUpBeyondTheLimit_AndRefuses()
    {
        var (here, behind) = (await NewCopy(TimeSpan.Zero), await NewCopy(Long));
        await here.ImportAsync(CatalogueCluster.Header("BEHIND", Now), CatalogueCluster.File("0.0104"));
        await behind.RefreshAsync();

        await here.ImportAsync(CatalogueCluster.Header("BEHIND", Now), CatalogueCluster.File("0.0105"));
        await behind.Refresh.PollAsync(CancellationToken.None);

        Assert.Equal("0.0105", here.PriceAt("BEHIND", Now));
        Assert.False(behind.Cache.Covers("BEHIND", Now));
    }

    [Fact]
    public async Task SiloThatIsGone_IsNotWaitedFor()
    {
        var here = await NewCopy(Long);
        await Follow("gone", []);
        cluster.Clock.Advance(FollowerTimes.Silence + TimeSpan.FromSeconds(1));

        var made = await here.ImportAsync(CatalogueCluster.Header("GONE", Now), CatalogueCluster.File("0.0106"));

        Assert.Equal(CatalogueRefusal.None, made.Refusal);
    }

    [Fact]
    public async Task NewActivationOfTheCatalogue_FirstHearsWhoFollows()
    {
        await CatalogueCluster.Deactivate(cluster.Catalogue);

        Assert.NotEmpty(await cluster.Catalogue.Prepare(["x"]));
        cluster.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(await cluster.Catalogue.Prepare(["x"]));
    }

    [Fact]
    public async Task SuccessorOfAnActivation_WaitsUntilTheSilentRefuseByThemselves()
    {
        await CatalogueCluster.Deactivate(cluster.Catalogue);
        await cluster.Catalogue.Follow(new FollowerReport("known", 0, ["x"]));
        cluster.Clock.Advance(FollowerTimes.MaxAge - TimeSpan.FromSeconds(3));

        Assert.NotEmpty(await cluster.Catalogue.Prepare(["x"]));
        cluster.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Empty(await cluster.Catalogue.Prepare(["x"]));
    }

    [Fact]
    public async Task WhatIsScheduled_IsLoadedAhead()
    {
        var (here, there) = (await NewCopy(Long), await NewCopy(Long));
        await here.ImportAsync(CatalogueCluster.Header("AHEAD", Now.AddDays(3)), CatalogueCluster.File("0.0107"));
        await there.RefreshAsync();
        var reads = cluster.Content.Reads;

        cluster.Clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal(("0.0107", reads), (there.PriceAt("AHEAD", Now), cluster.Content.Reads));
    }

    /// <summary>The copies of other tests have not been heard of for a while, this one has just asked.</summary>
    private async Task<CatalogueCopy> NewCopy(TimeSpan activationWait)
    {
        cluster.Clock.Advance(FollowerTimes.Silence + TimeSpan.FromSeconds(1));
        var copy = cluster.NewCopy(activationWait);
        await copy.RefreshAsync();
        return copy;
    }

    private Task<CatalogueNews> Follow(string name, IReadOnlyList<string> loaded) => cluster.Catalogue.Follow(new FollowerReport(name, -1, loaded));

    private async Task<IReadOnlyList<string>> Announced(string name)
    {
        while (true)
            if ((await Follow(name, [])).Announced is { Count: > 0 } announced) return announced;
    }
}
