using System.Globalization;
using Classound.Api.Validation;
using Classound.Charging.Calls;
using Classound.Contracts.Reports.V1;
using Classound.Storage;
using Google.Protobuf;
using CallDirection = Classound.Charging.Calls.CallDirection;
using DenialReason = Classound.Contracts.Calls.V1.DenialReason;
using WireBilling = Classound.Contracts.Billing.V1;

namespace Classound.Api.Reports;

/// <summary>What is malformed in the requests of ReportService.</summary>
public static class ReportRequests
{
    private const string Damaged = "is damaged; expected a next_page_token as it was given.";

    // Until the year 5138: no calendar's limit is near.
    private const int MaxMillisecondDigits = 14;

    public static CallSelection Check(GetCallStatisticsRequest request)
    {
        var violations = new FieldViolations();
        var selection = Select(ref violations, request.PbxId, request.FirstBillingMonth, request.LastBillingMonth, request.Filter);
        if (request.GroupBy != CallDimension.Unspecified) NumberFields.Chosen(ref violations, "group_by", request.GroupBy);
        violations.ThrowIfAny();
        return selection;
    }

    /// <returns>The calls, and after which of them the page starts.</returns>
    public static (CallSelection Selection, ReportPosition After) Check(ListCallsRequest request)
    {
        var violations = new FieldViolations();
        var selection = Select(ref violations, request.PbxId, request.FirstBillingMonth, request.LastBillingMonth, request.Filter);
        NumberFields.PageSize(ref violations, "page_size", request.PageSize);
        var cursor = PageToken.Read(ref violations, "page_token", request.PageToken, ListName(request));
        var after = selection.Start(request.NewestFirst);
        if (cursor.Length > 0 && !ReportPosition.TryParse(cursor, out after))
            violations.Add("page_token", Damaged);
        violations.ThrowIfAny();
        return (selection, after);
    }

    /// <summary>What a page token of ListCalls is bound to: the request without its page.</summary>
    public static string ListName(ListCallsRequest request) =>
        "calls/" + new ListCallsRequest(request) { PageSize = 0, PageToken = "" }.ToByteString().ToBase64();

    /// <returns>After which denial the page starts; null = with the newest.</returns>
    public static CallLogPosition? Check(ListDeniedCallsRequest request)
    {
        var violations = new FieldViolations();
        TextFields.PbxId(ref violations, "pbx_id", request.PbxId);
        if (request.Reason != DenialReason.Unspecified) NumberFields.Chosen(ref violations, "reason", request.Reason);
        NumberFields.PageSize(ref violations, "page_size", request.PageSize);
        var cursor = PageToken.Read(ref violations, "page_token", request.PageToken, ListName(request));
        var after = cursor.Length == 0 ? null : PositionOf(ref violations, cursor);
        violations.ThrowIfAny();
        return after;
    }

    /// <summary>What a page token of ListDeniedCalls is bound to.</summary>
    public static string ListName(ListDeniedCallsRequest request) => $"denied-calls/{request.PbxId}/{request.Reason:D}";

    /// <summary>Where the page after this denial starts.</summary>
    public static string Cursor(Denial last) => string.Create(CultureInfo.InvariantCulture, $"{last.At.ToUnixTimeMilliseconds()}/{last.CallId}");

    private static CallLogPosition? PositionOf(ref FieldViolations violations, string cursor)
    {
        var slash = cursor.IndexOf('/', StringComparison.Ordinal);
        if (slash is > 0 and <= MaxMillisecondDigits && slash < cursor.Length - 1
            && long.TryParse(cursor.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var at))
        {
            return new CallLogPosition(DateTimeOffset.FromUnixTimeMilliseconds(at), cursor[(slash + 1)..]);
        }
        violations.Add("page_token", Damaged);
        return null;
    }

    private static CallSelection Select(
        ref FieldViolations violations, string pbxId, string firstMonth, string lastMonth, CallFilter? filter)
    {
        TextFields.PbxId(ref violations, "pbx_id", pbxId);
        var first = TimeFields.Month(ref violations, "first_billing_month", firstMonth);
        var last = lastMonth.Length == 0 ? first : TimeFields.Month(ref violations, "last_billing_month", lastMonth);
        if (first != 0 && last != 0 && MonthsFrom(first, last) is < 0 or >= CallSelection.MaxMonths)
            violations.Add("last_billing_month", string.Create(CultureInfo.InvariantCulture,
                $"is {lastMonth}; expected first_billing_month ({firstMonth}) or up to {CallSelection.MaxMonths - 1} months later."));
        var selection = new CallSelection(pbxId, first, last);
        if (filter is null) return selection;
        violations.Within = "filter.";
        selection = Narrow(ref violations, selection, filter);
        violations.Within = "";
        return selection;
    }

    private static CallSelection Narrow(ref FieldViolations violations, CallSelection selection, CallFilter filter)
    {
        if (filter.Direction != WireBilling.CallDirection.Unspecified) NumberFields.Chosen(ref violations, "direction", filter.Direction);
        if (filter.Did.Length > 0) TextFields.E164(ref violations, "did", filter.Did);
        TextFields.AtMost(ref violations, "user_id", filter.UserId, TextFields.MaxTextBytes);
        var firstDay = filter.FirstDay.Length == 0 ? DateOnly.MinValue : TimeFields.Date(ref violations, "first_day", filter.FirstDay);
        var lastDay = filter.LastDay.Length == 0 ? DateOnly.MaxValue : TimeFields.Date(ref violations, "last_day", filter.LastDay);
        if (!violations.Any && lastDay < firstDay)
            violations.Add("last_day", $"is {filter.LastDay}; expected first_day ({filter.FirstDay}) or later.");
        return selection with
        {
            Direction = filter.Direction switch
            {
                WireBilling.CallDirection.Outbound => CallDirection.Outbound,
                WireBilling.CallDirection.Inbound => CallDirection.Inbound,
                _ => null,
            },
            Did = filter.Did,
            UserId = filter.UserId,
            FirstDay = firstDay,
            LastDay = lastDay,
        };
    }

    private static int MonthsFrom(int first, int last) =>
        ((last / 100) - (first / 100)) * 12 + (last % 100) - (first % 100);
}
