using Classound.Charging;
using Classound.Grains.Catalogues.Directory;
using Classound.Grains.Pbxs;
using Google.Protobuf.Collections;
using Grpc.Core;
using Orleans;
using Wire = Classound.Contracts.Provisioning.V1;

namespace Classound.Api.Provisioning;

/// <summary>PBXs, their users and limits.</summary>
public sealed class PbxService(IGrainFactory grains, PbxCalls pbxs, PbxDirectory directory, PbxCatalogue catalogue) : Wire.PbxService.PbxServiceBase
{
    public override async Task<Wire.CreatePbxResponse> CreatePbx(Wire.CreatePbxRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Provisioning);
        PbxRequests.Check(request);
        await RequireCatalogue(request.Pbx);
        var description = Made(await Pbx(request.Pbx.PbxId).Provision(PbxMapping.Parse(request.Pbx)), request.Pbx.PbxId);
        await Register(description);
        return new Wire.CreatePbxResponse { Pbx = PbxMapping.ToWire(description) };
    }

    public override async Task<Wire.GetPbxResponse> GetPbx(Wire.GetPbxRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Provisioning);
        PbxRequests.Check(request);
        var description = await Describe(request.PbxId);
        return new Wire.GetPbxResponse { Pbx = PbxMapping.ToWire(description), LiveCounts = PbxMapping.LiveCounts(description) };
    }

    public override async Task<Wire.UpdatePbxResponse> UpdatePbx(Wire.UpdatePbxRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Provisioning);
        PbxRequests.Check(request);
        var paths = request.UpdateMask.Paths;
        await RequireCatalogue(request.Pbx, paths);
        var update = new PbxUpdate
        {
            Name = paths.Contains("name") ? request.Pbx.Name : null,
            Country = paths.Contains("country") ? request.Pbx.Country : null,
            PlanCode = paths.Contains("plan_code") ? request.Pbx.PlanCode : null,
            PriceListType = paths.Contains("price_list_type") ? request.Pbx.PriceListType : null,
            State = paths.Contains("state") ? PbxMapping.Parse(request.Pbx.State) : null,
            Limits = LimitMapping.Change(request.Pbx.Limits, paths),
        };
        var description = Made(await Pbx(request.Pbx.PbxId).Update(update), request.Pbx.PbxId);
        await Register(description);
        return new Wire.UpdatePbxResponse { Pbx = PbxMapping.ToWire(description) };
    }

    public override async Task<Wire.SetUserLicencesResponse> SetUserLicences(Wire.SetUserLicencesRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Provisioning);
        PbxRequests.Check(request);
        var description = Made(await Pbx(request.PbxId).SetLicences(PbxMapping.Parse(request.Licences)), request.PbxId);
        return new Wire.SetUserLicencesResponse { Pbx = PbxMapping.ToWire(description), LiveCounts = PbxMapping.LiveCounts(description) };
    }

    public override async Task<Wire.SetUsersResponse> SetUsers(Wire.SetUsersRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Provisioning);
        PbxRequests.Check(request);
        var description = Made(await Pbx(request.PbxId).SetUsers(request.UserIds.ToArray()), request.PbxId);
        return new Wire.SetUsersResponse { Pbx = PbxMapping.ToWire(description) };
    }

    // A PBX that exists is for its grain to compare: a repeat, or a conflict that names the field.
    private async Task RequireCatalogue(Wire.Pbx pbx)
    {
        var refusal = await catalogue.Refuse(known =>
            known.RefuseList(pbx.PriceListType, pbx.CurrencyCode) ?? known.RefusePlan(pbx.PlanCode, pbx.PriceListType, pbx.CurrencyCode));
        if (refusal is not null && await Pbx(pbx.PbxId).Describe() is null) throw refusal;
    }

    // Outside the grain's turn, which is enough: a PBX's currency never changes, and nothing leaves the catalogue.
    private async Task RequireCatalogue(Wire.Pbx changes, RepeatedField<string> paths)
    {
        var (list, plan) = (paths.Contains("price_list_type"), paths.Contains("plan_code"));
        if (!list && !plan) return;
        var now = (await Describe(changes.PbxId)).Settings;
        var (type, code) = (list ? changes.PriceListType : now.PriceListType, plan ? changes.PlanCode : now.PlanCode);
        // The plan also where only the list changes: it may be one that the old list alone has.
        var refusal = await catalogue.Refuse(known =>
            (list ? known.RefuseList(type, now.Currency) : null) ?? known.RefusePlan(code, type, now.Currency));
        if (refusal is not null) throw refusal;
    }

    private IPbxGrain Pbx(string pbxId) => grains.GetGrain<IPbxGrain>(pbxId);

    private async Task<PbxDescription> Describe(string pbxId) => await pbxs.Read(pbxId, pbx => pbx.Describe()) ?? throw Refusals.PbxUnknown(pbxId);

    // Before the answer: once a PBX is known to its operator, its emergency numbers are known to every silo.
    private Task Register(PbxDescription description) => directory.RegisterAsync(description.Settings.Id, description.Settings.Country);

    private static PbxDescription Made(ProvisioningReply reply, string pbxId) =>
        reply.Refusal == ProvisioningRefusal.None
            ? reply.Pbx ?? throw Refusals.PbxUnknown(pbxId)
            : throw ProvisioningRefusals.Of(reply, pbxId);
}
