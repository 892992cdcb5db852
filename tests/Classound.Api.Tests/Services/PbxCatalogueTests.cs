using Classound.Api.Tests.Hosting;
using Classound.Charging.Allowances;
using Classound.Charging.Rating;
using Classound.Contracts.Provisioning.V1;
using Classound.Grains.Catalogues;
using Classound.PriceLists;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using PlanOffer = Classound.Charging.Allowances.PlanOffer;
using PlanTerm = Classound.Charging.Allowances.PlanTerm;
using UserBand = Classound.Charging.Allowances.UserBand;

namespace Classound.Api.Tests.Services;

/// <summary>A PBX names only what the catalogue has, in its own currency.</summary>
[Collection(ApiCollection.Name)]
public sealed class PbxCatalogueTests(ApiHost host)
{
    private readonly Operator _operator = host.Operator;

    [Theory]
    [InlineData("NO_SUCH_LIST", "FLAT", "EUR", "PRICE_LIST_UNKNOWN", "price_list_type")]
    [InlineData("END_USER", "NO-SUCH-PLAN", "EUR", "PLAN_UNKNOWN", "plan_code")]
    [InlineData("END_USER", "FLAT", "CHF", "CURRENCY_DIFFERS", "price_list_type")]
    [InlineData("IN_FRANCS", "FLAT", "CHF", "CURRENCY_DIFFERS", "plan_code")]
    public async Task NewPbxOfWhatIsNotThere_IsRefusedAndNotCreated(
        string list, string plan, string currency, string reason, string field)
    {
        await ProvisionFrancs();
        var pbx = Operator.Settings("cat-refused");
        (pbx.PriceListType, pbx.PlanCode, pbx.CurrencyCode) = (list, plan, currency);
        AssertRefused(await Operator.Refused(_operator.Pbxs.CreatePbxAsync(new CreatePbxRequest { Pbx = pbx })), reason, field);
        Assert.Equal(
            "NotFound PBX_UNKNOWN", Operator.Reason(await Operator.Refused(_operator.Pbxs.GetPbxAsync(new() { PbxId = "cat-refused" }))));
    }

    [Theory]
    [InlineData("NO_SUCH_LIST", "", "PRICE_LIST_UNKNOWN", "price_list_type")]
    [InlineData("IN_FRANCS", "", "CURRENCY_DIFFERS", "price_list_type")]
    [InlineData("END_USER", "NO-SUCH-PLAN", "PLAN_UNKNOWN", "plan_code")]
    [InlineData("END_USER", "FRANCS", "CURRENCY_DIFFERS", "plan_code")]
    public async Task ChangeToWhatIsNotThere_IsRefusedAndChangesNothing(string list, string plan, string reason, string field)
    {
        await ProvisionFrancs();
        var before = (await _operator.Pbxs.CreatePbxAsync(new CreatePbxRequest { Pbx = Operator.Settings("cat-update") })).Pbx;
        var update = new UpdatePbxRequest
        {
            Pbx = new Pbx { PbxId = "cat-update", PriceListType = list, PlanCode = plan },
            UpdateMask = new FieldMask { Paths = { "price_list_type", "plan_code" } },
        };
        AssertRefused(await Operator.Refused(_operator.Pbxs.UpdatePbxAsync(update)), reason, field);
        Assert.Equal(before, (await _operator.Pbxs.GetPbxAsync(new() { PbxId = "cat-update" })).Pbx);
    }

    [Fact]
    public async Task PlanThatStartsLaterOrNone_IsEnough()
    {
        var later = Operator.Flat("FLAT-LATER", PlanSharing.Pooled);
        later.EffectiveDate = "2099-01-01";
        await _operator.Plans.CreatePlanVersionAsync(new CreatePlanVersionRequest { Plan = later });
        foreach (var plan in new[] { "FLAT-LATER", "" })
        {
            var pbx = Operator.Settings("cat-plan-" + plan);
            pbx.PlanCode = plan;
            Assert.Equal(plan, (await _operator.Pbxs.CreatePbxAsync(new CreatePbxRequest { Pbx = pbx })).Pbx.PlanCode);
        }
    }

    [Fact]
    public async Task PlanThatOnlyThePbxsListHas_IsEnough_AndHoldsItBackFromAListWithoutIt()
    {
        var content = new PriceListContent(new Dictionary<CallArea, Tariff>(), [])
        {
            Plans = [new PlanOffer("LIST-ONLY", PlanTerm.Month, AllowanceSharing.Pooled, 100, [new UserBand(int.MaxValue, new Amount(1))])],
        };
        await host.ImportAsync(
            new PriceListHeader("LIST_WITH_PLAN", "EUR", "Europe/Rome", 4, false), new DatedContent(DateTimeOffset.UnixEpoch, content));
        var pbx = Operator.Settings("cat-list-plan");
        pbx.PlanCode = "LIST-ONLY";
        AssertRefused(await Operator.Refused(_operator.Pbxs.CreatePbxAsync(new CreatePbxRequest { Pbx = pbx })), "PLAN_UNKNOWN", "plan_code");
        pbx.PriceListType = "LIST_WITH_PLAN";
        Assert.Equal("LIST-ONLY", (await _operator.Pbxs.CreatePbxAsync(new CreatePbxRequest { Pbx = pbx })).Pbx.PlanCode);

        var away = new UpdatePbxRequest
        {
            Pbx = new Pbx { PbxId = "cat-list-plan", PriceListType = "END_USER" },
            UpdateMask = new FieldMask { Paths = { "price_list_type" } },
        };
        AssertRefused(await Operator.Refused(_operator.Pbxs.UpdatePbxAsync(away)), "PLAN_UNKNOWN", "plan_code");
    }

    private async Task ProvisionFrancs()
    {
        await _operator.Import(
            new ImportPriceListHeader { PriceListType = "IN_FRANCS", CurrencyCode = "CHF", TimeZone = "Europe/Zurich" },
            Operator.PriceListCsv);
        var plan = Operator.Flat("FRANCS", PlanSharing.Pooled);
        plan.CurrencyCode = "CHF";
        await _operator.Plans.CreatePlanVersionAsync(new CreatePlanVersionRequest { Plan = plan });
    }

    private static void AssertRefused(RpcException error, string reason, string field)
    {
        Assert.Equal("FailedPrecondition " + reason, Operator.Reason(error));
        Assert.Equal(field, error.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata["field"]);
    }
}
