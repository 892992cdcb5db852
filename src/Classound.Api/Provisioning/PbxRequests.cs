using Classound.Api.Validation;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf.Collections;

namespace Classound.Api.Provisioning;

/// <summary>What is malformed in the requests of PbxService.</summary>
public static class PbxRequests
{
    private const int MaxLicencesOfAType = 100_000;

    public static void Check(CreatePbxRequest request)
    {
        var violations = new FieldViolations();
        if (request.Pbx is { } pbx) NewPbx(ref violations, pbx);
        else violations.Add("pbx", "is missing; expected the PBX to create.");
        violations.ThrowIfAny();
    }

    public static void Check(GetPbxRequest request)
    {
        var violations = new FieldViolations();
        TextFields.PbxId(ref violations, "pbx_id", request.PbxId);
        violations.ThrowIfAny();
    }

    public static void Check(UpdatePbxRequest request)
    {
        var violations = new FieldViolations();
        if (request.Pbx is { } pbx) Changes(ref violations, pbx, request.UpdateMask?.Paths);
        else violations.Add("pbx", "is missing; expected pbx_id and the new values.");
        PbxMask.Check(ref violations, "update_mask", request.UpdateMask);
        violations.ThrowIfAny();
    }

    public static void Check(SetUserLicencesRequest request)
    {
        var violations = new FieldViolations();
        TextFields.PbxId(ref violations, "pbx_id", request.PbxId);
        if (request.Licences is { } licences) Licences(ref violations, "licences.", licences);
        else violations.Add("licences", "is missing; expected the number of licences of each type.");
        violations.ThrowIfAny();
    }

    public static void Check(SetUsersRequest request)
    {
        var violations = new FieldViolations();
        TextFields.PbxId(ref violations, "pbx_id", request.PbxId);
        Users(ref violations, request.UserIds);
        violations.ThrowIfAny();
    }

    private static void NewPbx(ref FieldViolations violations, Pbx pbx)
    {
        violations.Within = "pbx.";
        TextFields.PbxId(ref violations, "pbx_id", pbx.PbxId);
        TextFields.Required(ref violations, "name", pbx.Name, TextFields.MaxTextBytes);
        TextFields.KnownCountry(ref violations, "country", pbx.Country);
        TextFields.TimeZone(ref violations, "time_zone", pbx.TimeZone);
        TextFields.Currency(ref violations, "currency_code", pbx.CurrencyCode);
        TextFields.PriceListType(ref violations, "price_list_type", pbx.PriceListType);
        if (pbx.PlanCode.Length != 0) TextFields.PlanCode(ref violations, "plan_code", pbx.PlanCode);
        TimeFields.Date(ref violations, "active_from_date", pbx.ActiveFromDate);
        OutputOnly(ref violations, "state", pbx.State == PbxState.Unspecified);
        OutputOnly(ref violations, "user_ids", pbx.UserIds.Count == 0);
        if (pbx.Licences is { } licences) Licences(ref violations, "pbx.licences.", licences);
        if (pbx.Limits is { } limits) LimitFields.Check(ref violations, "pbx.limits.", limits);
        violations.Within = "";
    }

    // Only what the mask names is looked at, so that a client may send back a whole Pbx that it got.
    private static void Changes(ref FieldViolations violations, Pbx pbx, RepeatedField<string>? paths)
    {
        violations.Within = "pbx.";
        TextFields.PbxId(ref violations, "pbx_id", pbx.PbxId);
        paths ??= [];
        if (paths.Contains("name")) TextFields.Required(ref violations, "name", pbx.Name, TextFields.MaxTextBytes);
        if (paths.Contains("country")) TextFields.KnownCountry(ref violations, "country", pbx.Country);
        if (paths.Contains("plan_code") && pbx.PlanCode.Length != 0) TextFields.PlanCode(ref violations, "plan_code", pbx.PlanCode);
        if (paths.Contains("price_list_type")) TextFields.PriceListType(ref violations, "price_list_type", pbx.PriceListType);
        if (paths.Contains("state")) NumberFields.Chosen(ref violations, "state", pbx.State);
        if (pbx.Limits is { } limits && paths.Any(path => path.StartsWith("limits", StringComparison.Ordinal)))
            LimitFields.Check(ref violations, "pbx.limits.", limits);
        violations.Within = "";
    }

    private static void Licences(ref FieldViolations violations, string within, UserLicences licences)
    {
        var before = violations.Within;
        violations.Within = within;
        NumberFields.Between(ref violations, "basic", licences.Basic, 0, MaxLicencesOfAType);
        NumberFields.Between(ref violations, "essential", licences.Essential, 0, MaxLicencesOfAType);
        NumberFields.Between(ref violations, "business", licences.Business, 0, MaxLicencesOfAType);
        NumberFields.Between(ref violations, "premium", licences.Premium, 0, MaxLicencesOfAType);
        violations.Within = before;
    }

    private static void Users(ref FieldViolations violations, RepeatedField<string> userIds)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < userIds.Count; i++)
        {
            TextFields.Required(ref violations, $"user_ids[{i}]", userIds[i], TextFields.MaxTextBytes);
            if (!seen.Add(userIds[i]))
                violations.Add($"user_ids[{i}]", $"repeats {TextFields.Shown(userIds[i])}; expected each user once.");
        }
    }

    private static void OutputOnly(ref FieldViolations violations, string field, bool unset)
    {
        if (!unset) violations.Add(field, "is set; expected nothing, it is only given in replies.");
    }
}
