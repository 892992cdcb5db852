using Classound.Charging.Rating;
using Classound.Grains.Catalogues;
using Classound.Grains.Pbxs;

namespace Classound.Grains.Tests.Catalogues;

/// <summary>What the catalogue accepts, refuses and remembers. Each test has its own list type or plan code.</summary>
public sealed class CatalogueGrainTests(CatalogueCluster cluster) : IClassFixture<CatalogueCluster>, IDisposable
{
    private readonly CatalogueCopy _copy = cluster.NewCopy();

    private DateTimeOffset Now => cluster.Clock.GetUtcNow();

    public void Dispose()
    {
        cluster.GrainState.BeforeWrite = _ => { };
        cluster.GrainState.AfterWrite = _ => { };
    }

    [Fact]
    public async Task Imports_AreNumberedByTypeAndStayDraftsUntilActivated()
    {
        var first = await _copy.ImportAsync(CatalogueCluster.Header("NUMBERED"), CatalogueCluster.File("0.01"));
        var second = await _copy.ImportAsync(CatalogueCluster.Header("NUMBERED"), CatalogueCluster.File("0.02"));
        var other = await _copy.ImportAsync(CatalogueCluster.Header("NUMBERED_2"), CatalogueCluster.File("0.02"));

        Assert.Equal((1, 2, 1), (first.PriceList!.Number, second.PriceList!.Number, other.PriceList!.Number));
        Assert.Null(second.PriceList.EffectiveAt);
        Assert.Equal((1, 64), (second.PriceList.Prefixes, second.PriceList.ContentSha256.Length));
        Assert.Equal("none", _copy.PriceAt("NUMBERED", Now.AddYears(1)));
    }

    [Fact]
    public async Task SameImportAgain_IsARepeat()
    {
        var header = CatalogueCluster.Header("REPEATED", Now);
        var first = await _copy.ImportAsync(header, CatalogueCluster.File("0.01"));
        await _copy.ImportAsync(CatalogueCluster.Header("REPEATED"), CatalogueCluster.File("0.02"));

        var again = await _copy.ImportAsync(header, CatalogueCluster.File("0.01"));

        Assert.True(again.Repeated);
        Assert.Equal(first.PriceList, again.PriceList);
        Assert.Equal(3, (await _copy.ImportAsync(header with { Header = header.Header with { Decimals = 2 } }, CatalogueCluster.File("0.01"))).PriceList!.Number);
    }

    [Fact]
    public async Task OtherCurrencyOrZoneOfAType_IsRefused()
    {
        await _copy.ImportAsync(CatalogueCluster.Header("MONEY"), CatalogueCluster.File("0.01"));

        var dollars = await _copy.ImportAsync(CatalogueCluster.Header("MONEY", currency: "USD"), CatalogueCluster.File("0.01"));
        var berlin = await _copy.ImportAsync(CatalogueCluster.Header("MONEY", zone: "Europe/Berlin"), CatalogueCluster.File("0.01"));

        Assert.Equal((CatalogueRefusal.CurrencyDiffers, CatalogueRefusal.TimeZoneDiffers), (dollars.Refusal, berlin.Refusal));
        Assert.Contains("EUR", dollars.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PartsOfOneImport_AreMadeInOneWrite_AndARepeatGetsTheSameVersions()
    {
        var (now, writes) = (Now, cluster.GrainState.Writes);
        DatedContent[] parts = [new(now, CatalogueCluster.File("0.01")), new(now.AddDays(1), CatalogueCluster.File("0.02")), new(now.AddDays(2), CatalogueCluster.File("0.01"))];
        var header = CatalogueCluster.Header("PARTS").Header;

        var made = await _copy.ImportAsync(header, parts);
        var again = await _copy.ImportAsync(header, parts);

        Assert.Equal((writes + 1, false, true), (cluster.GrainState.Writes, made.Repeated, again.Repeated));
        Assert.Equal([1, 2, 3], made.PriceLists.Select(list => list.Number));
        Assert.Equal(made.PriceLists, again.PriceLists);
        Assert.Equal(("0.01", "0.02", "0.01"), (_copy.PriceAt("PARTS", now), _copy.PriceAt("PARTS", now.AddDays(1)), _copy.PriceAt("PARTS", now.AddDays(2))));
    }

    [Fact]
    public async Task PartThatWasMadeBefore_GetsItsVersion_AlsoWhenItsTimeHasCome()
    {
        var now = Now;
        DatedContent[] parts = [new(now, CatalogueCluster.File("0.01")), new(now.AddDays(1), CatalogueCluster.File("0.02"))];
        var header = CatalogueCluster.Header("MORE_PARTS").Header;
        await _copy.ImportAsync(header, parts[..1]);
        cluster.Clock.Advance(TimeSpan.FromHours(1));

        var both = await _copy.ImportAsync(header, parts);

        Assert.Equal((CatalogueRefusal.None, false), (both.Refusal, both.Repeated));
        Assert.Equal([1, 2], both.PriceLists.Select(list => list.Number));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(60, 0)]
    [InlineData(0, null)]
    [InlineData(null, null)]
    public async Task PartsWhoseTimesDoNotRise_AreRefusedWhole(int? first, int? second)
    {
        var now = Now;
        DateTimeOffset? At(int? minutes) => minutes is { } m ? now.AddMinutes(m) : null;
        DatedContent[] parts = [new(At(first), CatalogueCluster.File("0.01")), new(At(second), CatalogueCluster.File("0.02"))];

        var reply = await _copy.ImportAsync(CatalogueCluster.Header("FALLING").Header, parts);

        Assert.Equal(CatalogueRefusal.TimesDoNotRise, reply.Refusal);
        Assert.DoesNotContain((await _copy.Client.DescribeAsync()).PriceLists, list => list.Type == "FALLING");
    }

    [Fact]
    public async Task PartThatIsRefused_LeavesTheOthersUnmade()
    {
        var now = Now;
        await _copy.ImportAsync(CatalogueCluster.Header("ALL_OR_NONE", now.AddHours(-2)), CatalogueCluster.File("0.01"));
        DatedContent[] parts = [new(now.AddHours(-1), CatalogueCluster.File("0.02")), new(now.AddHours(1), CatalogueCluster.File("0.03"))];

        var reply = await _copy.ImportAsync(CatalogueCluster.Header("ALL_OR_NONE").Header, parts);

        Assert.Equal((CatalogueRefusal.PastIsPriced, 0), (reply.Refusal, reply.PriceLists.Count));
        Assert.Single((await _copy.Client.DescribeAsync()).PriceLists, list => list.Type == "ALL_OR_NONE");
    }

    [Fact]
    public async Task PlansOfAList_AreKnownToItsTypeAloneAndSurviveTheActivation()
    {
        var content = CatalogueCluster.File("0.01") with { Plans = [CatalogueCluster.Offer("LIST-PLAN", 3000)] };
        await _copy.ImportAsync(CatalogueCluster.Header("WITH_PLANS", Now), content);
        await _copy.ImportAsync(CatalogueCluster.Header("WITHOUT_PLANS", Now), CatalogueCluster.File("0.01"));

        Assert.Equal((true, false, true), (
            _copy.Cache.Knows("WITH_PLANS", "LIST-PLAN"), _copy.Cache.Knows("WITHOUT_PLANS", "LIST-PLAN"), _copy.Cache.Knows("WITHOUT_PLANS", "")));
        Assert.Equal(content.Plans, _copy.Cache.Current.InForce("WITH_PLANS", Now)!.Plans);
        await CatalogueCluster.Deactivate(cluster.Catalogue);
        var after = await cluster.Catalogue.GetMetadata(-1);
        Assert.Equal(content.Plans, after!.PlansOf(after.Find("WITH_PLANS", 1)!));
    }

    [Fact]
    public async Task PlanOfADraft_IsEnoughToProvisionBy()
    {
        var content = CatalogueCluster.File("0.01") with { Plans = [CatalogueCluster.Offer("DRAFT-PLAN", 3000)] };
        await _copy.ImportAsync(CatalogueCluster.Header("DRAFT_PLANS"), content);

        Assert.True(_copy.Cache.Knows("DRAFT_PLANS", "DRAFT-PLAN"));
    }

    [Fact]
    public async Task Activation_PutsIntoForceFromItsTime()
    {
        await _copy.ImportAsync(CatalogueCluster.Header("ACTIVE"), CatalogueCluster.File("0.01"));
        await _copy.ImportAsync(CatalogueCluster.Header("ACTIVE"), CatalogueCluster.File("0.02"));
        var now = Now;

        await _copy.ActivateAsync("ACTIVE", 1, now);
        var second = await _copy.ActivateAsync("ACTIVE", 2, now.AddHours(1));

        Assert.Equal(CatalogueRefusal.None, second.Refusal);
        Assert.Equal(("none", "0.01", "0.01", "0.02"), (
            _copy.PriceAt("ACTIVE", now.AddTicks(-1)), _copy.PriceAt("ACTIVE", now),
            _copy.PriceAt("ACTIVE", now.AddHours(1).AddTicks(-1)), _copy.PriceAt("ACTIVE", now.AddHours(1))));
    }

    [Fact]
    public async Task SecondActivation_MovesOnlyWhatLiesAhead()
    {
        var now = Now;
        await _copy.ImportAsync(CatalogueCluster.Header("MOVED", now.AddHours(2)), CatalogueCluster.File("0.01"));

        var repeat = await _copy.ActivateAsync("MOVED", 1, now.AddHours(2));
        var moved = await _copy.ActivateAsync("MOVED", 1, now.AddHours(1));
        var toThePast = await _copy.ActivateAsync("MOVED", 1, now.AddHours(-1));
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        var inForce = await _copy.ActivateAsync("MOVED", 1, Now.AddHours(3));

        Assert.True(repeat.Repeated);
        Assert.Equal((CatalogueRefusal.None, false), (moved.Refusal, moved.Repeated));
        Assert.Equal((CatalogueRefusal.AlreadyActivated, CatalogueRefusal.AlreadyActivated), (toThePast.Refusal, inForce.Refusal));
        Assert.Equal("0.01", _copy.PriceAt("MOVED", now.AddHours(1)));
    }

    [Fact]
    public async Task ThePast_IsPricedOnlyWhereNothingPricedIt()
    {
        var now = Now;
        await _copy.ImportAsync(CatalogueCluster.Header("PAST", now.AddYears(-1)), CatalogueCluster.File("0.01"));
        var before = await _copy.ImportAsync(CatalogueCluster.Header("PAST", now.AddYears(-2)), CatalogueCluster.File("0.02"));
        var between = await _copy.ImportAsync(CatalogueCluster.Header("PAST", now.AddMinutes(-2)), CatalogueCluster.File("0.03"));
        var justNow = await _copy.ImportAsync(CatalogueCluster.Header("PAST", now.AddSeconds(-50)), CatalogueCluster.File("0.03"));

        Assert.Equal((CatalogueRefusal.None, CatalogueRefusal.PastIsPriced, CatalogueRefusal.None), (before.Refusal, between.Refusal, justNow.Refusal));
        Assert.Null(between.PriceList);
        Assert.Equal(("0.02", "0.01", "0.03"), (
            _copy.PriceAt("PAST", now.AddYears(-2)), _copy.PriceAt("PAST", now.AddSeconds(-40)), _copy.PriceAt("PAST", Now)));
    }

    [Fact]
    public async Task UnknownVersion_IsRefused() =>
        Assert.Equal(CatalogueRefusal.VersionUnknown, (await _copy.ActivateAsync("NOBODY", 1, Now)).Refusal);

    [Fact]
    public async Task PlanVersions_AreNumberedByDateAndRepeatable()
    {
        var later = await _copy.Client.CreatePlanAsync(CatalogueCluster.Plan("FLAT", "2021-09-01"), CancellationToken.None);
        var earlier = await _copy.Client.CreatePlanAsync(CatalogueCluster.Plan("FLAT", "2019-01-01", minutes: 1000), CancellationToken.None);
        var repeat = await _copy.Client.CreatePlanAsync(CatalogueCluster.Plan("FLAT", "2021-09-01"), CancellationToken.None);

        Assert.Equal((false, false, true), (later.Repeated, earlier.Repeated, repeat.Repeated));
        Assert.Equal((1, 1, 2), (later.Plan!.Number, earlier.Plan!.Number, repeat.Plan!.Number));
        Assert.Equal(CatalogueCluster.Plan("FLAT", "2021-09-01"), repeat.Plan.Plan);
        Assert.Equal(1000, _copy.Cache.Current.PlanInForce("FLAT", new DateOnly(2021, 8, 31))!.MinutesPerUser);
    }

    [Fact]
    public async Task PlanOfTheSameDateWithOtherContent_NamesTheField()
    {
        var plan = CatalogueCluster.Plan("CHANGED", "2026-01-01");
        await _copy.Client.CreatePlanAsync(plan, CancellationToken.None);

        var minutes = await _copy.Client.CreatePlanAsync(plan with { MinutesPerUser = 1 }, CancellationToken.None);
        var bands = await _copy.Client.CreatePlanAsync(plan with { Bands = plan.Bands.RemoveAt(1) }, CancellationToken.None);
        var currency = await _copy.Client.CreatePlanAsync(
            plan with { EffectiveFrom = new DateOnly(2026, 2, 1), Currency = "USD" }, CancellationToken.None);

        Assert.Equal((CatalogueRefusal.PlanDiffers, "minutes_per_user"), (minutes.Refusal, minutes.Field));
        Assert.Equal((CatalogueRefusal.PlanDiffers, "bands"), (bands.Refusal, bands.Field));
        Assert.Equal((CatalogueRefusal.PlanCurrencyDiffers, "currency_code"), (currency.Refusal, currency.Field));
    }

    [Fact]
    public async Task State_SurvivesTheActivation()
    {
        await _copy.ImportAsync(CatalogueCluster.Header("KEPT", Now.AddDays(1)), CatalogueCluster.File("0.01"));
        await _copy.Client.CreatePlanAsync(CatalogueCluster.Plan("KEPT", "2026-11-01"), CancellationToken.None);
        var before = await cluster.Catalogue.GetMetadata(-1);

        await CatalogueCluster.Deactivate(cluster.Catalogue);
        var after = await cluster.Catalogue.GetMetadata(-1);

        Assert.NotSame(before, after);
        Assert.Equal(before!.Revision, after!.Revision);
        Assert.Equal(before.PriceLists, after.PriceLists);
        Assert.Equal(before.Plans, after.Plans);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FailedWrite_IsUnavailable_AndTheRepeatFindsTheTruth(bool applied)
    {
        var type = applied ? "REPLY_LOST" : "NOT_APPLIED";
        var once = 0;
        Action<Orleans.Runtime.GrainId> fail = _ =>
        {
            if (once++ == 0) throw new InvalidOperationException("broken by the test");
        };
        if (applied) cluster.GrainState.AfterWrite = fail;
        else cluster.GrainState.BeforeWrite = fail;
        var header = CatalogueCluster.Header(type, Now);

        await Assert.ThrowsAsync<ChargingUnavailableException>(() => _copy.ImportAsync(header, CatalogueCluster.File("0.01")));
        var repeat = await _copy.ImportAsync(header, CatalogueCluster.File("0.01"));

        Assert.Equal((1, applied), (repeat.PriceList!.Number, repeat.Repeated));
        Assert.Single((await _copy.Client.DescribeAsync()).PriceLists, list => list.Type == type);
    }

    [Fact]
    public async Task StoreThatDoesNotAnswer_IsUnavailableAndNothingIsImported()
    {
        cluster.Content.OnWrite = () => throw new Storage.StoreUnavailableException("broken by the test");
        try
        {
            await Assert.ThrowsAsync<ChargingUnavailableException>(() => _copy.ImportAsync(CatalogueCluster.Header("NO_STORE"), CatalogueCluster.File("0.01")));
        }
        finally
        {
            cluster.Content.OnWrite = () => { };
        }

        Assert.DoesNotContain((await _copy.Client.DescribeAsync()).PriceLists, list => list.Type == "NO_STORE");
    }

    [Fact]
    public async Task Draft_CanBeLookedAt()
    {
        var draft = await _copy.ImportAsync(CatalogueCluster.Header("DRAFT"), CatalogueCluster.File("0.07"));

        var version = await _copy.Client.LoadAsync(draft.PriceList!, CancellationToken.None);

        Assert.Equal("0.07", version.AreaTariffs[CallArea.Area1].HighestPricePerMinute.ToString());
    }
}
