using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Contracts.Reports.V1;
using static Classound.Api.Tests.Malformed.Values;

namespace Classound.Api.Tests.Malformed;

internal static class ReportRules
{
    public static IEnumerable<RequestRules> All =>
    [
        Filter(
            new RequestRules<GetCallStatisticsRequest>(
                "GetCallStatistics", () => new() { PbxId = "acme", FirstBillingMonth = "2026-11", Filter = new CallFilter() })
            .Malformed("pbx_id", r => r.PbxId = "")
            .Malformed("first_billing_month", r => r.FirstBillingMonth = "", r => r.FirstBillingMonth = "2026-13")
            .Malformed(
                "last_billing_month", r => r.LastBillingMonth = "2026-10", r => r.LastBillingMonth = "2027-12", r => r.LastBillingMonth = "2026")
            .AnyValue("last_billing_month", r => r.LastBillingMonth = "2026-11", r => r.LastBillingMonth = "2027-11")
            .Malformed("group_by", r => r.GroupBy = (CallDimension)13, r => r.GroupBy = (CallDimension)(-1))
            .AnyValue("filter", r => r.Filter = null),
            request => request.Filter),
        Filter(
            new RequestRules<ListCallsRequest>(
                "ListCalls", () => new() { PbxId = "acme", FirstBillingMonth = "2026-11", Filter = new CallFilter() })
            .Malformed("pbx_id", r => r.PbxId = "")
            .Malformed("first_billing_month", r => r.FirstBillingMonth = "November", r => r.FirstBillingMonth = "1969-12")
            .Malformed("last_billing_month", r => r.LastBillingMonth = "2026-10", r => r.LastBillingMonth = "2027-12")
            .Malformed("page_size", r => r.PageSize = -1, r => r.PageSize = 1001)
            .Malformed("page_token", r => r.PageToken = "%", r => r.PageToken = TokenOf("calls/acme"))
            .AnyValue("newest_first", r => r.NewestFirst = true)
            .AnyValue("filter", r => r.Filter = null),
            request => request.Filter),
        new RequestRules<ListDeniedCallsRequest>("ListDeniedCalls", () => new() { PbxId = "acme" })
            .Malformed("pbx_id", r => r.PbxId = "")
            .Malformed("reason", r => r.Reason = (DenialReason)1, r => r.Reason = (DenialReason)(-10))
            .Malformed("page_size", r => r.PageSize = -1, r => r.PageSize = 1001)
            .Malformed("page_token", r => r.PageToken = "%", r => r.PageToken = TokenOf("denied-calls/other/0")),
    ];

    private static RequestRules<TRequest> Filter<TRequest>(RequestRules<TRequest> rules, Func<TRequest, CallFilter> filter)
        where TRequest : Google.Protobuf.IMessage => rules
        .Malformed("filter.direction", r => filter(r).Direction = (CallDirection)3, r => filter(r).Direction = (CallDirection)(-1))
        .Malformed("filter.did", r => filter(r).Did = "0612345678", r => filter(r).Did = "+39 06 12345678")
        .Malformed("filter.user_id", r => filter(r).UserId = Text(129))
        .Malformed("filter.first_day", r => filter(r).FirstDay = "2026-11", r => filter(r).FirstDay = "2026-02-29")
        .Malformed("filter.last_day", r => filter(r).LastDay = "15.11.2026", r => (filter(r).FirstDay, filter(r).LastDay) = ("2026-11-15", "2026-11-14"));
}
