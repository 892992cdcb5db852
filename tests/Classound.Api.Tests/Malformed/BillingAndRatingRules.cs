using Classound.Contracts.Billing.V1;
using Classound.Contracts.Rating.V1;
using static Classound.Api.Tests.Malformed.Values;

namespace Classound.Api.Tests.Malformed;

internal static class BillingAndRatingRules
{
    public static IEnumerable<RequestRules> All =>
    [
        new RequestRules<GetRatedTotalsRequest>("GetRatedTotals", () => new() { PbxId = "acme", BillingMonth = "2026-11" })
            .Malformed("pbx_id", r => r.PbxId = "")
            .Malformed(
                "billing_month", r => r.BillingMonth = "", r => r.BillingMonth = "2026-13", r => r.BillingMonth = "202611",
                r => r.BillingMonth = "2026-11-01", r => r.BillingMonth = "11/2026", r => r.BillingMonth = "٢٠٢٦-١١"),
        new RequestRules<ListRatedCallsRequest>("ListRatedCalls", () => new() { PbxId = "acme", BillingMonth = "2026-11" })
            .Malformed("pbx_id", r => r.PbxId = "")
            .Malformed("billing_month", r => r.BillingMonth = "2026-00", r => r.BillingMonth = "1969-12")
            .Malformed("page_size", r => r.PageSize = -1, r => r.PageSize = 1001)
            .Malformed("page_token", r => r.PageToken = "%", r => r.PageToken = TokenOf("rated-calls/acme/2026-10")),
        new RequestRules<ListUnconfirmedCallsRequest>("ListUnconfirmedCalls", () => new() { PbxId = "acme", BillingMonth = "2026-11" })
            .Malformed("pbx_id", r => r.PbxId = "")
            .Malformed("billing_month", r => r.BillingMonth = "2026-00")
            .Malformed("page_size", r => r.PageSize = -1, r => r.PageSize = 1001)
            .Malformed("page_token", r => r.PageToken = "%", r => r.PageToken = TokenOf("unconfirmed-calls/acme/2026-10")),
        new RequestRules<CloseBillingMonthRequest>("CloseBillingMonth", () => new() { PbxId = "acme", BillingMonth = "2026-11" })
            .Malformed("pbx_id", r => r.PbxId = "")
            .Malformed("billing_month", r => r.BillingMonth = "November"),
        QuoteCall(),
        new RequestRules<RateCallRequest>(
            "RateCall", () => new() { PriceListType = "END_USER", Version = 1, Called = "+390212345678", StartTime = Now })
            .Malformed("price_list_type", r => r.PriceListType = "", r => r.PriceListType = "end_user")
            .Malformed("version", r => r.Version = 0, r => r.Version = -1)
            .Malformed("called", r => r.Called = Text(129))
            .Malformed("start_time", r => r.StartTime = null, r => r.StartTime = NoTime)
            .Malformed("duration_seconds", r => r.DurationSeconds = -1, r => r.DurationSeconds = 316_224_001)
            .Malformed(
                "available_included_seconds", r => r.AvailableIncludedSeconds = -1, r => r.AvailableIncludedSeconds = 2_000_000_001),
    ];

    private static RequestRules<QuoteCallRequest> QuoteCall() =>
        new RequestRules<QuoteCallRequest>(
            "QuoteCall", () => new() { PriceList = new PriceListReference { PriceListType = "END_USER" }, Called = "+390212345678" })
        .Malformed("pbx_id", r => r.PbxId = "", r => r.PbxId = "a b")
        .MalformedAs("price_list", "target", r => r.PriceList = null)
        .Malformed(
            "price_list.price_list_type", r => r.PriceList.PriceListType = "", r => r.PriceList.PriceListType = Text(33).ToUpperInvariant())
        .Malformed("price_list.version", r => r.PriceList.Version = -1)
        .Malformed("price_list.at_time", r => r.PriceList.AtTime = NoTime, r => (r.PriceList.Version, r.PriceList.AtTime) = (1, Now))
        .Malformed("called", r => r.Called = Text(129))
        .Malformed("duration_seconds", r => r.DurationSeconds = -1, r => r.DurationSeconds = 14_401)
        .Malformed("start_time", r => r.StartTime = NoTime, r => (r.PbxId, r.StartTime) = ("acme", Now))
        .Malformed("user_id", r => r.UserId = Text(129))
        .Malformed("caller", r => r.Caller = Text(129));
}
