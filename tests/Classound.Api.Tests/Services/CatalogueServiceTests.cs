using Classound.Api.Tests.Hosting;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace Classound.Api.Tests.Services;

/// <summary>Plans and price lists.</summary>
[Collection(ApiCollection.Name)]
public sealed class CatalogueServiceTests(ApiHost host)
{
    private readonly Operator _operator = host.Operator;

    [Fact]
    public async Task PlanVersion_ReadsBackAndRepeats()
    {
        var plan = Operator.Flat("PLAN-A", PlanSharing.PerUser);
        plan.Bands.Clear();
        plan.Bands.Add([new UserBand { MaxUsers = 5, MonthlyFeeNanos = 9 }, new UserBand { MonthlyFeeNanos = 8 }]);
        plan.Term = PlanTerm.FiveYearly;
        var request = new CreatePlanVersionRequest { Plan = plan };
        Assert.Equal(plan, (await _operator.Plans.CreatePlanVersionAsync(request)).Plan);
        Assert.Equal(plan, (await _operator.Plans.CreatePlanVersionAsync(request)).Plan);

        plan.MinutesPerUser = 1000;
        var other = await Operator.Refused(_operator.Plans.CreatePlanVersionAsync(request));
        Assert.Equal("AlreadyExists PLAN_VERSION_EXISTS", Operator.Reason(other));
        Assert.Equal("minutes_per_user", other.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata["field"]);
        (plan.EffectiveDate, plan.CurrencyCode) = ("2020-01-01", "CHF");
        Assert.Equal(
            "FailedPrecondition PLAN_CURRENCY_DIFFERS",
            Operator.Reason(await Operator.Refused(_operator.Plans.CreatePlanVersionAsync(request))));
    }

    [Fact]
    public async Task PlanVersions_ArePagedByCodeAndDate()
    {
        foreach (var (code, date) in new[] { ("PAGED-1", "2016-01-01"), ("PAGED", "2020-01-01"), ("PAGED", "2016-01-01") })
        {
            var plan = Operator.Flat(code, PlanSharing.Pooled);
            plan.EffectiveDate = date;
            await _operator.Plans.CreatePlanVersionAsync(new CreatePlanVersionRequest { Plan = plan });
        }

        var seen = new List<string>();
        var request = new ListPlansRequest { PageSize = 1 };
        do
        {
            var page = await _operator.Plans.ListPlansAsync(request);
            seen.AddRange(page.Plans.Select(plan => $"{plan.PlanCode} {plan.EffectiveDate}"));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(
            ["PAGED 2016-01-01", "PAGED 2020-01-01", "PAGED-1 2016-01-01"],
            seen.Where(row => row.StartsWith("PAGED", StringComparison.Ordinal)));
        Assert.Equal(2, (await _operator.Plans.ListPlansAsync(new ListPlansRequest { PlanCode = "PAGED" })).Plans.Count);
    }

    [Fact]
    public async Task ImportInChunks_MakesAVersionThatIsActivatedLater()
    {
        var header = Header("GOLD");
        var half = Operator.PriceListCsv.Length / 2;
        var imported = await _operator.Import(header, Operator.PriceListCsv[..half], Operator.PriceListCsv[half..]);
        Assert.Equal((0, 5, 3, false), (imported.ErrorCount, imported.Rows, imported.Prefixes, imported.Repeated));
        Assert.Equal(
            ("GOLD", 1, PriceListState.Imported, 4),
            (imported.PriceList.PriceListType, imported.PriceList.Version, imported.PriceList.State, imported.PriceList.Decimals));
        var repeated = await _operator.Import(header, Operator.PriceListCsv);
        Assert.Equal((imported.PriceList, true), (repeated.PriceList, repeated.Repeated));

        var lists = _operator.PriceLists;
        Assert.Equal(
            "NotFound PRICE_LIST_UNKNOWN",
            Operator.Reason(await Operator.Refused(lists.GetPriceListAsync(new GetPriceListRequest { PriceListType = "GOLD" }))));
        var draft = await lists.GetPriceListAsync(new GetPriceListRequest { PriceListType = "GOLD", Version = 1 });
        Assert.Equal([1, 2], draft.AreaTariffs.Select(row => row.Area));
        Assert.Equal((20_000_000L, 60, 60), Step(draft.AreaTariffs[0].Tariff));

        var activation = new ActivatePriceListRequest { PriceListType = "GOLD", Version = 1, EffectiveTime = new() { Seconds = 1_420_070_400 } };
        var activated = await lists.ActivatePriceListAsync(activation);
        Assert.Equal(
            (PriceListState.InForce, activation.EffectiveTime, false),
            (activated.PriceList.State, activated.PriceList.EffectiveTime, activated.Repeated));
        Assert.True((await lists.ActivatePriceListAsync(activation)).Repeated);
        Assert.Equal(1, (await lists.GetPriceListAsync(new GetPriceListRequest { PriceListType = "GOLD" })).PriceList.Version);

        activation.EffectiveTime.Seconds++;
        Assert.Equal(
            "FailedPrecondition ALREADY_ACTIVATED",
            Operator.Reason(await Operator.Refused(lists.ActivatePriceListAsync(activation))));
        activation.Version = 9;
        Assert.Equal("NotFound PRICE_LIST_UNKNOWN", Operator.Reason(await Operator.Refused(lists.ActivatePriceListAsync(activation))));
    }

    [Fact]
    public async Task FileWithErrors_ImportsNothingAndListsEachWithItsPlace()
    {
        var broken = Operator.PriceListCsv.Replace("prefix,33,FR", "prefix,+33,FR", StringComparison.Ordinal);
        var result = await _operator.Import(Header("BROKEN"), broken);
        Assert.Null(result.PriceList);
        var error = Assert.Single(result.Errors);
        Assert.Equal((5, "prefix", "+33", 1), (error.Line, error.Column, error.Value, result.ErrorCount));
        Assert.NotEmpty(error.Reason);
        Assert.Empty((await _operator.PriceLists.ListPriceListsAsync(new ListPriceListsRequest { PriceListType = "BROKEN" })).PriceLists);
    }

    [Fact]
    public async Task ValidateOnly_ImportsNothing()
    {
        var header = Header("CHECKED");
        header.ValidateOnly = true;
        var result = await _operator.Import(header, Operator.PriceListCsv);
        Assert.Equal((0, 5), (result.ErrorCount, result.Rows));
        Assert.Null(result.PriceList);
        Assert.Empty((await _operator.PriceLists.ListPriceListsAsync(new ListPriceListsRequest { PriceListType = "CHECKED" })).PriceLists);
    }

    [Fact]
    public async Task SecondVersion_SupersedesTheFirstAndKeepsItsCurrency()
    {
        var first = Header("SILVER");
        first.EffectiveTime = new Timestamp { Seconds = 1_420_070_400 };
        await _operator.Import(first, Operator.PriceListCsv);
        var second = Header("SILVER");
        second.EffectiveTime = DateTimeOffset.UtcNow.ToTimestamp();
        await _operator.Import(second, Operator.PriceListCsv.Replace("0.06/60", "0.07/60", StringComparison.Ordinal));

        var page = await _operator.PriceLists.ListPriceListsAsync(new ListPriceListsRequest { PriceListType = "SILVER", PageSize = 1 });
        Assert.Equal((1, PriceListState.Superseded), (Assert.Single(page.PriceLists).Version, page.PriceLists[0].State));
        page = await _operator.PriceLists.ListPriceListsAsync(
            new ListPriceListsRequest { PriceListType = "SILVER", PageSize = 1, PageToken = page.NextPageToken });
        Assert.Equal(
            (2, PriceListState.InForce, ""),
            (Assert.Single(page.PriceLists).Version, page.PriceLists[0].State, page.NextPageToken));

        second.CurrencyCode = "CHF";
        var error = await Assert.ThrowsAsync<RpcException>(() => _operator.Import(second, Operator.PriceListCsv));
        Assert.Equal("FailedPrecondition PRICE_LIST_CURRENCY_DIFFERS", Operator.Reason(error));
    }

    private static ImportPriceListHeader Header(string type) => new() { PriceListType = type, CurrencyCode = "EUR", TimeZone = "Europe/Rome" };

    private static (long, int, int) Step(Contracts.Rating.V1.Tariff tariff)
    {
        var step = Assert.Single(tariff.Steps);
        return (step.PriceNanos, step.PerSeconds, step.IncrementSeconds);
    }
}
