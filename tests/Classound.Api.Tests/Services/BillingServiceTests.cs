using System.Buffers.Text;
using System.Globalization;
using Classound.Api.Tests.Hosting;
using Classound.Api.Validation;
using Classound.Contracts.Billing.V1;
using Grpc.Core;

namespace Classound.Api.Tests.Services;

[Collection(ApiCollection.Name)]
public sealed class BillingServiceTests(ApiHost host)
{
    private readonly Operator _operator = host.Operator;

    private BillingService.BillingServiceClient Billing => _operator.Billing;

    [Fact]
    public async Task Totals_AreTheSumOfTheRatedCalls()
    {
        var pbx = await _operator.NewPbx("bill-totals");
        await Place(pbx, "c1", Operator.Italy, 61);
        await Place(pbx, "c2", Operator.France, 30);
        await Place(pbx, "c3", Operator.France, 0);
        await _operator.Calls.AuthorizeCallAsync(Operator.Call(pbx, "c4")); // holds, and counts in no row
        var month = await CurrentMonth(pbx);

        var totals = (await Billing.GetRatedTotalsAsync(new GetRatedTotalsRequest { PbxId = pbx, BillingMonth = month })).Totals;
        Assert.Equal((pbx, month, BillingMonthState.Open, "EUR"), (totals.PbxId, totals.BillingMonth, totals.State, totals.CurrencyCode));
        Assert.Equal(
            (4, "FLAT", "2015-01-01", 36_000_000_000L),
            (totals.Users, totals.PlanCode, totals.PlanEffectiveDate, totals.FlatFeeNanos));
        Assert.Equal((720_000L, 120L, 600L), (totals.IncludedSecondsGranted, totals.IncludedSecondsUsed, totals.IncludedSecondsHeld));
        Assert.Equal(
            [
                new RatedTotalsRow { Area = 1, Direction = CallDirection.Outbound, Calls = 1, CallSeconds = 61, RatedSeconds = 120, IncludedSeconds = 120 },
                new RatedTotalsRow { Area = 2, Direction = CallDirection.Outbound, Calls = 2, CallSeconds = 30, RatedSeconds = 30, ChargedSeconds = 30, ChargeNanos = 30_000_000 },
            ],
            totals.Rows);

        var calls = await _operator.RatedCalls(pbx, month, pageSize: 2);
        Assert.Equal(["c1", "c2", "c3"], calls.Select(call => call.CallId));
        Assert.Equal(
            new RatedTotalsRow
            {
                Calls = calls.Count, CallSeconds = calls.Sum(call => (long)call.CallSeconds),
                RatedSeconds = calls.Sum(call => (long)call.RatedSeconds),
                IncludedSeconds = calls.Sum(
                    call => (long)call.IncludedSeconds), ChargedSeconds = calls.Sum(call => (long)call.ChargedSeconds),
                ChargeNanos = calls.Sum(call => call.Charges.Sum(charge => charge.AmountNanos)),
            },
            totals.Sum);
    }

    [Fact]
    public async Task MonthInWhichNothingHappened_HasItsFeeAndAllowance()
    {
        var month = await CurrentMonth(await _operator.NewPbx("bill-idle"));
        var totals = (await Billing.GetRatedTotalsAsync(new GetRatedTotalsRequest { PbxId = "bill-idle", BillingMonth = month })).Totals;
        Assert.Equal(
            (4, 36_000_000_000L, 720_000L, 0),
            (totals.Users, totals.FlatFeeNanos, totals.IncludedSecondsGranted, totals.Rows.Count));
        Assert.Empty((await Billing.ListRatedCallsAsync(new ListRatedCallsRequest { PbxId = "bill-idle", BillingMonth = month })).Calls);
    }

    [Fact]
    public async Task PastMonthInWhichNothingHappened_HasItsFeeToo()
    {
        var current = await CurrentMonth(await _operator.NewPbx("bill-idle-past"));
        var before = DateOnly.ParseExact(
            current + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture).AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var totals = (await Billing.GetRatedTotalsAsync(
            new GetRatedTotalsRequest { PbxId = "bill-idle-past", BillingMonth = before })).Totals;
        Assert.Equal(
            (before, 4, 36_000_000_000L, 720_000L),
            (totals.BillingMonth, totals.Users, totals.FlatFeeNanos, totals.IncludedSecondsGranted));
    }

    [Theory]
    [InlineData("2017-12")] // before its activation
    [InlineData("2018-05")] // after it, but years before the PBX was served from here
    [InlineData("9999-01")]
    public async Task MonthOutsideTheService_HasNoTotals(string month)
    {
        var pbx = await _operator.NewPbx("bill-outside");
        var error = await Operator.Refused(Billing.GetRatedTotalsAsync(new GetRatedTotalsRequest { PbxId = pbx, BillingMonth = month }));
        Assert.Equal("NotFound MONTH_WITHOUT_TOTALS", Operator.Reason(error));
    }

    [Fact]
    public async Task ClosingAMonth_IsRefusedBeforeItsEndAndRepeatable()
    {
        var pbx = await _operator.NewPbx("bill-close");
        var early = await Operator.Refused(
            Billing.CloseBillingMonthAsync(new CloseBillingMonthRequest { PbxId = pbx, BillingMonth = "9999-01" }));
        Assert.Equal("FailedPrecondition MONTH_NOT_ENDED", Operator.Reason(early));
        var closed = await Billing.CloseBillingMonthAsync(new CloseBillingMonthRequest { PbxId = pbx, BillingMonth = "2020-02" });
        Assert.Equal(("2020-02", BillingMonthState.Closed), (closed.Totals.BillingMonth, closed.Totals.State));
        Assert.Equal(closed, await Billing.CloseBillingMonthAsync(new CloseBillingMonthRequest { PbxId = pbx, BillingMonth = "2020-02" }));
    }

    [Fact]
    public async Task ResumeToken_GivesLaterWhatWasSettledSince()
    {
        var pbx = await _operator.NewPbx("bill-resume");
        var request = new ListRatedCallsRequest { PbxId = pbx, BillingMonth = await CurrentMonth(pbx), PageSize = 2 };
        var given = new List<string>();
        for (var call = 0; call < 7; call++)
        {
            if (call is 0 or 1 or 5) await ReadOn(request, given); // before the first call, in the middle, at a page's edge
            await Place(pbx, $"c{call}", Operator.Italy, 60);
        }
        await ReadOn(request, given);
        await ReadOn(request, given);

        Assert.Equal(Enumerable.Range(0, 7).Select(call => $"c{call}"), given);
    }

    [Fact]
    public async Task TokenOfAnOlderRelease_GoesOn_AndADamagedOneIsRefused()
    {
        var pbx = await _operator.NewPbx("bill-token");
        for (var call = 0; call < 3; call++) await Place(pbx, $"c{call}", Operator.Italy, 60);
        var request = new ListRatedCallsRequest { PbxId = pbx, BillingMonth = await CurrentMonth(pbx), PageSize = 1 };
        var list = $"rated-calls/{pbx}/{request.BillingMonth}";
        var first = await Billing.ListRatedCallsAsync(request);
        Assert.Equal(first.ResumeToken, first.NextPageToken);

        var sequence = System.Text.Encoding.UTF8.GetString(Base64Url.DecodeFromChars(first.ResumeToken)[6..]).Split('.')[0];
        request.PageToken = PageToken.Create(list, sequence);
        Assert.Equal("c1", Assert.Single((await Billing.ListRatedCallsAsync(request)).Calls).CallId);

        foreach (var damage in new[] { "x", "1.12", "0.0123456789abcdef", "-1", "1.0123456789abcdef.1" })
        {
            request.PageToken = PageToken.Create(list, damage);
            var error = await Operator.Refused(Billing.ListRatedCallsAsync(request));
            Assert.Equal(("InvalidArgument", "page_token"), (error.StatusCode.ToString(), Assert.Single(error.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations).Field));
        }
    }

    [Fact]
    public async Task EntryThatIsAnotherOrGone_IsDataLossThatNamesThePlace()
    {
        var pbx = await _operator.NewPbx("bill-lost");
        await Place(pbx, "c0", Operator.Italy, 60);
        var request = new ListRatedCallsRequest { PbxId = pbx, BillingMonth = await CurrentMonth(pbx) };
        var list = $"rated-calls/{pbx}/{request.BillingMonth}";
        var cursor = System.Text.Encoding.UTF8.GetString(Base64Url.DecodeFromChars((await Billing.ListRatedCallsAsync(request)).ResumeToken)[6..]);
        var sequence = long.Parse(cursor.Split('.')[0], CultureInfo.InvariantCulture);

        // Another entry of this number, none of a later number, and a number of another PBX's entry.
        foreach (var (token, number) in new[]
            { ($"{sequence}.0123456789abcdef", sequence), ($"{sequence + 1}.0123456789abcdef", sequence + 1), ($"{sequence + 1}", sequence + 1) })
        {
            request.PageToken = PageToken.Create(list, token);
            var error = await Operator.Refused(Billing.ListRatedCallsAsync(request));
            Assert.Equal("DataLoss RATED_CALL_LOST", Operator.Reason(error));
            Assert.Equal(
                $"billing_month={request.BillingMonth} partition={Storage.PbxPartition.Of(pbx, 256)} pbx_id={pbx} sequence={number}",
                string.Join(' ', error.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Metadata.OrderBy(m => m.Key).Select(m => $"{m.Key}={m.Value}")));
        }
    }

    private async Task ReadOn(ListRatedCallsRequest request, List<string> given)
    {
        ListRatedCallsResponse page;
        do
        {
            page = await Billing.ListRatedCallsAsync(request);
            given.AddRange(page.Calls.Select(call => call.CallId));
            request.PageToken = page.ResumeToken;
        }
        while (page.NextPageToken.Length > 0);
    }

    /// <summary>By the PBX's own calendar, which the test must not second-guess.</summary>
    private async Task<string> CurrentMonth(string pbx) => (await _operator.Pbxs.GetPbxAsync(new() { PbxId = pbx })).LiveCounts.UsageMonth;

    private async Task Place(string pbx, string callId, string called, int seconds)
    {
        await _operator.Calls.AuthorizeCallAsync(Operator.Call(pbx, callId, called));
        await _operator.Calls.EndCallAsync(new() { PbxId = pbx, CallId = callId, DurationMs = seconds * 1000L });
    }
}
