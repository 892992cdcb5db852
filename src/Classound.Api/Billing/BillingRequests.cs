using Classound.Api.Validation;
using Classound.Contracts.Billing.V1;

namespace Classound.Api.Billing;

/// <summary>What is malformed in the requests of BillingService. Months come back as YYYYMM.</summary>
public static class BillingRequests
{
    public static int Check(GetRatedTotalsRequest request) => PbxAndMonth(request.PbxId, request.BillingMonth);

    public static int Check(CloseBillingMonthRequest request) => PbxAndMonth(request.PbxId, request.BillingMonth);

    /// <returns>The month, and the sequence after which the page starts (0 for the first page).</returns>
    public static (int Month, long AfterSequence) Check(ListRatedCallsRequest request)
    {
        var violations = new FieldViolations();
        TextFields.PbxId(ref violations, "pbx_id", request.PbxId);
        var month = TimeFields.Month(ref violations, "billing_month", request.BillingMonth);
        NumberFields.PageSize(ref violations, "page_size", request.PageSize);
        var after = PageToken.ReadSequence(ref violations, "page_token", request.PageToken, ListName(request));
        violations.ThrowIfAny();
        return (month, after);
    }

    /// <summary>What a page token of ListRatedCalls is bound to.</summary>
    public static string ListName(ListRatedCallsRequest request) => $"rated-calls/{request.PbxId}/{request.BillingMonth}";

    private static int PbxAndMonth(string pbxId, string billingMonth)
    {
        var violations = new FieldViolations();
        TextFields.PbxId(ref violations, "pbx_id", pbxId);
        var month = TimeFields.Month(ref violations, "billing_month", billingMonth);
        violations.ThrowIfAny();
        return month;
    }
}
