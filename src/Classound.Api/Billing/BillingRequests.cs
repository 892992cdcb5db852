using Classound.Api.Validation;
using Classound.Contracts.Billing.V1;

namespace Classound.Api.Billing;

/// <summary>What is malformed in the requests of BillingService. Months come back as YYYYMM.</summary>
public static class BillingRequests
{
    public static int Check(GetRatedTotalsRequest request) => PbxAndMonth(request.PbxId, request.BillingMonth);

    public static int Check(CloseBillingMonthRequest request) => PbxAndMonth(request.PbxId, request.BillingMonth);

    /// <returns>The month, and what the page comes after.</returns>
    public static (int Month, FeedPosition After) Check(ListRatedCallsRequest request)
    {
        var violations = new FieldViolations();
        TextFields.PbxId(ref violations, "pbx_id", request.PbxId);
        var month = TimeFields.Month(ref violations, "billing_month", request.BillingMonth);
        NumberFields.PageSize(ref violations, "page_size", request.PageSize);
        var cursor = PageToken.Read(ref violations, "page_token", request.PageToken, ListName(request));
        if (!FeedPosition.TryParse(cursor.Length == 0 ? "0" : cursor, out var after))
            violations.Add("page_token", "is damaged; expected a next_page_token or resume_token as it was given.");
        violations.ThrowIfAny();
        return (month, after);
    }

    /// <summary>What a page token of ListRatedCalls is bound to.</summary>
    public static string ListName(ListRatedCallsRequest request) => $"rated-calls/{request.PbxId}/{request.BillingMonth}";

    /// <returns>The month, and the call after which the page starts (empty for the first page).</returns>
    public static (int Month, string After) Check(ListUnconfirmedCallsRequest request)
    {
        var violations = new FieldViolations();
        TextFields.PbxId(ref violations, "pbx_id", request.PbxId);
        var month = TimeFields.Month(ref violations, "billing_month", request.BillingMonth);
        NumberFields.PageSize(ref violations, "page_size", request.PageSize);
        var after = PageToken.Read(ref violations, "page_token", request.PageToken, ListName(request));
        violations.ThrowIfAny();
        return (month, after);
    }

    /// <summary>What a page token of ListUnconfirmedCalls is bound to.</summary>
    public static string ListName(ListUnconfirmedCallsRequest request) => $"unconfirmed-calls/{request.PbxId}/{request.BillingMonth}";

    /// <summary>A key that sorts as the list does: when the call was closed, then its id. The call may be gone when its page's successor is asked for.</summary>
    public static string Cursor(Charging.Calls.RatedCall call) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{call.SettledAt.ToUnixTimeMilliseconds():D15}/{call.CallId}");

    private static int PbxAndMonth(string pbxId, string billingMonth)
    {
        var violations = new FieldViolations();
        TextFields.PbxId(ref violations, "pbx_id", pbxId);
        var month = TimeFields.Month(ref violations, "billing_month", billingMonth);
        violations.ThrowIfAny();
        return month;
    }
}
