using Classound.Api.Validation;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf.Collections;

namespace Classound.Api.Provisioning;

/// <summary>What is malformed in the requests of PlanService.</summary>
public static class PlanRequests
{
    private const int MaxBands = 50;
    private const int MaxUsers = 400_000; // Four licence types of at most 100,000 each.
    private const int MinutesOfAMonth = 44_640; // 31 days.

    public static void Check(CreatePlanVersionRequest request)
    {
        var violations = new FieldViolations();
        if (request.Plan is { } plan) NewVersion(ref violations, plan);
        else violations.Add("plan", "is missing; expected the version to create.");
        violations.ThrowIfAny();
    }

    /// <returns>Where the page starts; empty for the first page.</returns>
    public static string Check(ListPlansRequest request)
    {
        var violations = new FieldViolations();
        if (request.PlanCode.Length != 0) TextFields.PlanCode(ref violations, "plan_code", request.PlanCode);
        NumberFields.PageSize(ref violations, "page_size", request.PageSize);
        var cursor = PageToken.Read(ref violations, "page_token", request.PageToken, ListName(request));
        violations.ThrowIfAny();
        return cursor;
    }

    /// <summary>What a page token of ListPlans is bound to.</summary>
    public static string ListName(ListPlansRequest request) => "plans/" + request.PlanCode;

    private static void NewVersion(ref FieldViolations violations, PlanVersion plan)
    {
        violations.Within = "plan.";
        TextFields.PlanCode(ref violations, "plan_code", plan.PlanCode);
        TimeFields.Date(ref violations, "effective_date", plan.EffectiveDate);
        NumberFields.Chosen(ref violations, "term", plan.Term);
        if (plan.HasMinutesPerUser) NumberFields.Between(ref violations, "minutes_per_user", plan.MinutesPerUser, 0, MinutesOfAMonth);
        else violations.Add("minutes_per_user", $"is missing; expected 0 to {MinutesOfAMonth}.");
        NumberFields.Chosen(ref violations, "sharing", plan.Sharing);
        Bands(ref violations, plan.Bands);
        TextFields.Currency(ref violations, "currency_code", plan.CurrencyCode);
        violations.Within = "";
    }

    // Rising upper ends without a gap; a band is found by its upper end alone.
    private static void Bands(ref FieldViolations violations, RepeatedField<UserBand> bands)
    {
        if (bands.Count is 0 or > MaxBands)
        {
            violations.Add("bands", $"has {bands.Count} entries; expected 1 to {MaxBands}.");
            return;
        }

        var below = 0;
        for (var i = 0; i < bands.Count; i++)
        {
            var openEnded = bands[i].MaxUsers == 0 && i == bands.Count - 1;
            if (!openEnded) NumberFields.Between(ref violations, $"bands[{i}].max_users", bands[i].MaxUsers, below + 1, MaxUsers);
            NumberFields.NotNegative(ref violations, $"bands[{i}].monthly_fee_nanos", bands[i].MonthlyFeeNanos);
            below = Math.Clamp(bands[i].MaxUsers, below, MaxUsers);
        }
    }
}
