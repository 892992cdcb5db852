using System.Globalization;
using Classound.Api.Validation;
using Classound.Grains.Catalogues;
using Grpc.Core;
using Wire = Classound.Contracts.Provisioning.V1;

namespace Classound.Api.Provisioning;

/// <summary>Flat plans and their versions.</summary>
public sealed class PlanService(CatalogueClient catalogue) : Wire.PlanService.PlanServiceBase
{
    public override async Task<Wire.CreatePlanVersionResponse> CreatePlanVersion(
        Wire.CreatePlanVersionRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Provisioning);
        PlanRequests.Check(request);
        // Not the client's token: a change once begun goes on to its end, so that a repeat finds it whole.
        var reply = await catalogue.CreatePlanAsync(PlanMapping.Parse(request.Plan), CancellationToken.None);
        return reply.Refusal switch
        {
            CatalogueRefusal.None => new Wire.CreatePlanVersionResponse { Plan = PlanMapping.ToWire(reply.Plan!.Plan) },
            CatalogueRefusal.PlanCurrencyDiffers =>
                throw Refusals.FailedPrecondition("PLAN_CURRENCY_DIFFERS", Refusals.Sentence(reply.Detail)),
            CatalogueRefusal.CatalogueFull => throw Refusals.FailedPrecondition("CATALOGUE_FULL", Refusals.Sentence(reply.Detail)),
            _ => throw Refusals.AlreadyExists("PLAN_VERSION_EXISTS", Refusals.Sentence(reply.Detail), reply.Field),
        };
    }

    public override async Task<Wire.ListPlansResponse> ListPlans(Wire.ListPlansRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Provisioning);
        var after = PlanRequests.Check(request);
        var size = NumberFields.PageSizeOf(request.PageSize);
        var plans = (await catalogue.DescribeAsync()).Plans
            .Where(entry => request.PlanCode.Length == 0 || entry.Plan.Code == request.PlanCode)
            .Select(entry => (Cursor: Cursor(entry), Entry: entry))
            .OrderBy(row => row.Cursor, StringComparer.Ordinal)
            .Where(row => string.CompareOrdinal(row.Cursor, after) > 0)
            .Take(size + 1).ToList();
        var reply = new Wire.ListPlansResponse();
        reply.Plans.AddRange(plans.Take(size).Select(row => PlanMapping.ToWire(row.Entry.Plan)));
        if (plans.Count > size) reply.NextPageToken = PageToken.Create(PlanRequests.ListName(request), plans[size - 1].Cursor);
        return reply;
    }

    // A space sorts before every character of a code, so that A comes whole before A-1.
    private static string Cursor(PlanEntry entry) =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.Plan.Code} {entry.Plan.EffectiveFrom:yyyy-MM-dd}");
}
