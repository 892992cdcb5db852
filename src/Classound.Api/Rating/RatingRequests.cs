using Classound.Api.Validation;
using Classound.Contracts.Rating.V1;

namespace Classound.Api.Rating;

/// <summary>What is malformed in the requests of RatingService.</summary>
public static class RatingRequests
{
    /// <summary>Ten years, whichever: rating them is no more work than the changes of their price.</summary>
    private const int MaxRatedSeconds = 3_660 * 86_400;
    private const int MaxIncludedSeconds = 2_000_000_000;

    public static void Check(QuoteCallRequest request)
    {
        var violations = new FieldViolations();
        Target(ref violations, request);
        TextFields.AtMost(ref violations, "called", request.Called, TextFields.MaxTextBytes);
        NumberFields.Between(ref violations, "duration_seconds", request.DurationSeconds, 0, NumberFields.MaxCallSeconds);
        TimeFields.Optional(ref violations, "start_time", request.StartTime);
        if (request.StartTime is not null && request.TargetCase == QuoteCallRequest.TargetOneofCase.PbxId)
            violations.Add("start_time", "is given together with pbx_id; expected nothing, a PBX is quoted for now.");
        TextFields.AtMost(ref violations, "user_id", request.UserId, TextFields.MaxTextBytes);
        TextFields.AtMost(ref violations, "caller", request.Caller, TextFields.MaxTextBytes);
        violations.ThrowIfAny();
    }

    public static void Check(RateCallRequest request)
    {
        var violations = new FieldViolations();
        TextFields.PriceListType(ref violations, "price_list_type", request.PriceListType);
        NumberFields.Between(ref violations, "version", request.Version, 1, int.MaxValue);
        TextFields.AtMost(ref violations, "called", request.Called, TextFields.MaxTextBytes);
        TimeFields.Required(ref violations, "start_time", request.StartTime);
        NumberFields.Between(ref violations, "duration_seconds", request.DurationSeconds, 0, MaxRatedSeconds);
        NumberFields.Between(ref violations, "available_included_seconds", request.AvailableIncludedSeconds, 0, MaxIncludedSeconds);
        violations.ThrowIfAny();
    }

    private static void Target(ref FieldViolations violations, QuoteCallRequest request)
    {
        switch (request.TargetCase)
        {
            case QuoteCallRequest.TargetOneofCase.PbxId:
                TextFields.PbxId(ref violations, "pbx_id", request.PbxId);
                break;
            case QuoteCallRequest.TargetOneofCase.PriceList:
                PriceList(ref violations, request.PriceList);
                break;
            default:
                violations.Add("target", "is missing; expected pbx_id or price_list.");
                break;
        }
    }

    private static void PriceList(ref FieldViolations violations, PriceListReference list)
    {
        violations.Within = "price_list.";
        TextFields.PriceListType(ref violations, "price_list_type", list.PriceListType);
        NumberFields.NotNegative(ref violations, "version", list.Version);
        TimeFields.Optional(ref violations, "at_time", list.AtTime);
        if (list.Version > 0 && list.AtTime is not null) violations.Add("at_time", "is given together with version; expected one of them.");
        violations.Within = "";
    }
}
