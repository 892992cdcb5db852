using Classound.Contracts.Provisioning.V1;
using static Classound.Api.Tests.Malformed.Values;

namespace Classound.Api.Tests.Malformed;

internal static class ProvisioningRules
{
    public static IEnumerable<RequestRules> All =>
    [
        new RequestRules<AddDidRequest>("AddDid", () => new() { PbxId = "nobody", Number = "+390612345678", Kind = DidKind.Hosted })
            .Malformed("pbx_id", r => r.PbxId = "")
            .Malformed(
                "number", r => r.Number = "", r => r.Number = "0612345678", r => r.Number = "+39 06 12345678", r => r.Number = Text(200))
            .Malformed("kind", r => r.Kind = DidKind.Unspecified, r => r.Kind = (DidKind)99),
        new RequestRules<VerifyDidRequest>("VerifyDid", () => new() { PbxId = "nobody", Number = "+390612345678" })
            .Malformed("pbx_id", r => r.PbxId = "")
            .Malformed("number", r => r.Number = "390612345678"),
        new RequestRules<RemoveDidRequest>("RemoveDid", () => new() { PbxId = "nobody", Number = "+390612345678" })
            .Malformed("pbx_id", r => r.PbxId = "")
            .Malformed("number", r => r.Number = "00390612345678"),
        new RequestRules<ListDidsRequest>("ListDids", () => new() { PbxId = "nobody" })
            .Malformed("pbx_id", r => r.PbxId = "")
            .Malformed("page_size", r => r.PageSize = -1, r => r.PageSize = 1001)
            .Malformed("page_token", r => r.PageToken = "x", r => r.PageToken = TokenOf("dids/other")),
        CreatePlanVersion(),
        new RequestRules<ListPlansRequest>("ListPlans", () => new())
            .Malformed("plan_code", r => r.PlanCode = "a b", r => r.PlanCode = Text(65))
            .Malformed("page_size", r => r.PageSize = -1, r => r.PageSize = 1001)
            .Malformed("page_token", r => r.PageToken = "x", r => r.PageToken = TokenOf("plans/other")),
    ];

    private static RequestRules<CreatePlanVersionRequest> CreatePlanVersion() =>
        new RequestRules<CreatePlanVersionRequest>("CreatePlanVersion", () => new()
        {
            Plan = new PlanVersion
            {
                PlanCode = "FLAT-1m", EffectiveDate = "2026-11-01", Term = PlanTerm.Monthly, MinutesPerUser = 3000,
                Sharing = PlanSharing.Pooled,
                CurrencyCode = "EUR", Bands = { new UserBand { MaxUsers = 5, MonthlyFeeNanos = 1 }, new UserBand { MonthlyFeeNanos = 1 } },
            },
        })
        .Malformed("plan", r => r.Plan = null)
        .Malformed("plan.plan_code", r => r.Plan.PlanCode = "", r => r.Plan.PlanCode = "FLAT 1m", r => r.Plan.PlanCode = Text(65))
        .Malformed("plan.effective_date", r => r.Plan.EffectiveDate = "", r => r.Plan.EffectiveDate = "2026-11", r => r.Plan.EffectiveDate = "2026-02-29")
        .Malformed("plan.term", r => r.Plan.Term = PlanTerm.Unspecified, r => r.Plan.Term = (PlanTerm)9)
        .Malformed("plan.minutes_per_user", r => r.Plan.ClearMinutesPerUser(), r => r.Plan.MinutesPerUser = -1, r => r.Plan.MinutesPerUser = 44_641)
        .Malformed("plan.sharing", r => r.Plan.Sharing = PlanSharing.Unspecified, r => r.Plan.Sharing = (PlanSharing)9)
        .Malformed(
            "plan.bands", r => r.Plan.Bands.Clear(),
            r => r.Plan.Bands.Add(Enumerable.Range(0, 49).Select(_ => new UserBand())))
        .MalformedAs(
            "plan.bands.max_users", "plan.bands[0].max_users", r => r.Plan.Bands[0].MaxUsers = 0, r => r.Plan.Bands[0].MaxUsers = -1)
        .MalformedAs(
            "plan.bands.max_users", "plan.bands[1].max_users", r => r.Plan.Bands[1].MaxUsers = 5, r => r.Plan.Bands[1].MaxUsers = 400_001)
        .MalformedAs("plan.bands.monthly_fee_nanos", "plan.bands[1].monthly_fee_nanos", r => r.Plan.Bands[1].MonthlyFeeNanos = -1)
        .Malformed("plan.currency_code", r => r.Plan.CurrencyCode = "", r => r.Plan.CurrencyCode = "eur");
}
