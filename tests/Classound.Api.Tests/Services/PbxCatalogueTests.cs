using Classound.Api.Tests.Hosting;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

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
