using Classound.Api.Validation;
using Classound.Contracts.Provisioning.V1;

namespace Classound.Api.Provisioning;

/// <summary>What is malformed in the requests of DidService.</summary>
public static class DidRequests
{
    public static void Check(AddDidRequest request)
    {
        var violations = new FieldViolations();
        PbxAndNumber(ref violations, request.PbxId, request.Number);
        NumberFields.Chosen(ref violations, "kind", request.Kind);
        violations.ThrowIfAny();
    }

    public static void Check(VerifyDidRequest request)
    {
        var violations = new FieldViolations();
        PbxAndNumber(ref violations, request.PbxId, request.Number);
        violations.ThrowIfAny();
    }

    public static void Check(RemoveDidRequest request)
    {
        var violations = new FieldViolations();
        PbxAndNumber(ref violations, request.PbxId, request.Number);
        violations.ThrowIfAny();
    }

    /// <returns>The digits of the number after which the page starts; 0 for the first page.</returns>
    public static long Check(ListDidsRequest request)
    {
        var violations = new FieldViolations();
        TextFields.PbxId(ref violations, "pbx_id", request.PbxId);
        NumberFields.PageSize(ref violations, "page_size", request.PageSize);
        var after = PageToken.ReadSequence(ref violations, "page_token", request.PageToken, ListName(request));
        violations.ThrowIfAny();
        return after;
    }

    /// <summary>What a page token of ListDids is bound to.</summary>
    public static string ListName(ListDidsRequest request) => "dids/" + request.PbxId;

    private static void PbxAndNumber(ref FieldViolations violations, string pbxId, string number)
    {
        TextFields.PbxId(ref violations, "pbx_id", pbxId);
        TextFields.E164(ref violations, "number", number);
    }
}
