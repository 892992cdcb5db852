using Classound.Api.Tests.Hosting;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Google.Protobuf.WellKnownTypes;

namespace Classound.Api.Tests.Services;

[Collection(ApiCollection.Name)]
public sealed class CallLifeTests(ApiHost host)
{
    private readonly Operator _operator = host.Operator;

    private CallService.CallServiceClient Calls => _operator.Calls;

    [Fact]
    public async Task GrantedCall_SaysDurationPriceAndWhatItHolds()
    {
        var pbx = await _operator.NewPbx("life-grant");
        var grant = (await Calls.AuthorizeCallAsync(Operator.Call(pbx, "c1", Operator.France))).Grant;

        Assert.Equal((600, 14_400, false), (grant.GrantedSeconds, grant.MaximumSeconds, grant.Final));
        Assert.Equal((2, "33", "France", "FR"), (grant.Area, grant.Prefix, grant.Destination, grant.Country));
        Assert.Equal(
            ("END_USER", 1, 60_000_000L, "EUR"),
            (grant.PriceListType, grant.PriceListVersion, grant.PricePerMinuteNanos, grant.CurrencyCode));
        Assert.Equal((0, 600_000_000L), (grant.IncludedSeconds, grant.HeldNanos));
        Assert.Equal(CallerIdPresentation.Present, grant.CallerIdPresentation);
        Assert.NotNull(grant.AuthoriseTime);
        Assert.True(grant.LeaseEndTime.ToDateTimeOffset() > grant.AuthoriseTime.ToDateTimeOffset());
    }

    [Fact]
    public async Task Repeats_ReturnTheGrantAndThenTheSettlement()
    {
        var pbx = await _operator.NewPbx("life-repeat");
        var request = Operator.Call(pbx, "c1");
        var first = await Calls.AuthorizeCallAsync(request);
        var again = await Calls.AuthorizeCallAsync(request);
        Assert.Equal((false, true), (first.Repeated, again.Repeated));
        Assert.Equal(first.Grant, again.Grant);

        var end = new EndCallRequest
        {
            PbxId = pbx, CallId = "c1", DurationMs = 61_001,
            ReleaseCause = new ReleaseCause { Q850Cause = 16, SipStatus = 200, Text = "bye" },
        };
        var settled = await Calls.EndCallAsync(end);
        Assert.Equal(
            (62, 120, 120, 0),
            (settled.Settlement.CallSeconds, settled.Settlement.RatedSeconds, settled.Settlement.IncludedSeconds, settled.Settlement.ChargedSeconds));
        Assert.Equal(end.ReleaseCause, settled.Settlement.ReleaseCause);
        Assert.Equal(0, Assert.Single(settled.Settlement.Charges).AmountNanos);

        var repeated = await Calls.EndCallAsync(end);
        Assert.Equal((settled.Settlement, true, false), (repeated.Settlement, repeated.Repeated, repeated.Conflict));
        var other = await Calls.EndCallAsync(new EndCallRequest(end) { DurationMs = 1 });
        Assert.Equal((settled.Settlement, true, true), (other.Settlement, other.Repeated, other.Conflict));
        Assert.Equal(settled.Settlement, (await Calls.AuthorizeCallAsync(request)).Settlement);
    }

    [Fact]
    public async Task TimesFinerThanStored_AreAnsweredTheSameFirstAndLast()
    {
        var pbx = await _operator.NewPbx("life-fine-times");
        await Calls.AuthorizeCallAsync(new AuthorizeCallRequest(Operator.Call(pbx, "c1")) { ReportsAnswer = true });
        var answer = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()).AddTicks(1_234));
        await Calls.StartCallAsync(new StartCallRequest { PbxId = pbx, CallId = "c1", AnswerTime = answer });
        await Calls.AuthorizeCallAsync(Operator.Call(pbx, "c2"));

        foreach (var id in new[] { "c1", "c2" })
        {
            var end = new EndCallRequest { PbxId = pbx, CallId = id, DurationMs = 1_001, EndTime = answer };
            Assert.Equal((await Calls.EndCallAsync(end)).Settlement, (await Calls.EndCallAsync(end)).Settlement);
        }
    }

    [Fact]
    public async Task RepeatWithOtherContent_IsDeniedWithTheField()
    {
        var pbx = await _operator.NewPbx("life-conflict");
        await Calls.AuthorizeCallAsync(Operator.Call(pbx, "c1"));
        var denial = (await Calls.AuthorizeCallAsync(Operator.Call(pbx, "c1", Operator.France))).Denial;
        Assert.Equal((DenialReason.CallIdReused, "called", 403, 21), (denial.Reason, denial.Subject, denial.SipStatus, denial.Q850Cause));
        Assert.NotEmpty(denial.Detail);
    }

    [Fact]
    public async Task AnsweredAndExtended_ThenListedExplainedAndFound()
    {
        var pbx = await _operator.NewPbx("life-extend");
        var request = Operator.Call(pbx, "c1", Operator.France);
        request.ReportsAnswer = true;
        request.EdgeId = "edge-1";
        await Calls.AuthorizeCallAsync(request);
        Assert.Equal(CallState.ActiveRinging, (await Get(pbx, "c1")).State);

        var started = await Calls.StartCallAsync(
            new StartCallRequest { PbxId = pbx, CallId = "c1", AnswerTime = DateTimeOffset.UtcNow.ToTimestamp() });
        Assert.Equal(600, started.Grant.GrantedSeconds);
        var extended = await Calls.ExtendCallAsync(
            new ExtendCallRequest { PbxId = pbx, CallId = "c1", RequestNumber = 1, UsedSeconds = 570 });
        Assert.Equal((1170, false), (extended.Grant.GrantedSeconds, extended.Repeated));
        var again = await Calls.ExtendCallAsync(
            new ExtendCallRequest { PbxId = pbx, CallId = "c1", RequestNumber = 1, UsedSeconds = 9999 });
        Assert.Equal((1170, true), (again.Grant.GrantedSeconds, again.Repeated));

        var active = Assert.Single((await Calls.ListActiveCallsAsync(new ListActiveCallsRequest { PbxId = pbx })).Calls);
        Assert.Equal(
            (CallState.ActiveAnswered, 570, 1, "edge-1"),
            (active.State, active.ConfirmedSeconds, active.LastRequestNumber, active.EdgeId));
        Assert.Equal(active, await Get(pbx, "c1"));

        await Calls.EndCallAsync(new EndCallRequest { PbxId = pbx, CallId = "c1", DurationMs = 600_000 });
        var explained = await Calls.ExplainCallAsync(new ExplainCallRequest { PbxId = pbx, CallId = "c1" });
        Assert.Equal(CallState.Settled, explained.Call.State);
        Assert.Contains(explained.Steps, step => step.Text.Contains("END_USER version 1", StringComparison.Ordinal));
        var segment = Assert.Single(explained.Segments);
        Assert.Equal(
            (RatedSegmentKind.Charged, 0, 600, 600, 1),
            (segment.Kind, segment.FromSecond, segment.ToSecond, segment.Increments, segment.IncrementSeconds));
        Assert.Equal(600_000_000, Assert.Single(explained.Call.Settlement.Charges).AmountNanos);
    }

    [Fact]
    public async Task ActiveCalls_ArePagedInOrder()
    {
        var pbx = await _operator.NewPbx("life-pages");
        foreach (var id in new[] { "c3", "c1", "c5", "c2", "c4" }) await Calls.AuthorizeCallAsync(Operator.Call(pbx, id));
        var seen = new List<string>();
        var request = new ListActiveCallsRequest { PbxId = pbx, PageSize = 2 };
        do
        {
            var page = await Calls.ListActiveCallsAsync(request);
            seen.Add(string.Join(' ', page.Calls.Select(call => call.CallId)));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(["c1 c2", "c3 c4", "c5"], seen);
    }

    [Fact]
    public async Task CallThatWasNeverAuthorised_IsDeniedWithoutItsDetailsAndRatedWithThem()
    {
        var pbx = await _operator.NewPbx("life-unknown");
        var end = new EndCallRequest { PbxId = pbx, CallId = "c1", DurationMs = 30_000 };
        Assert.Equal(DenialReason.UnknownCall, (await Calls.EndCallAsync(end)).Denial.Reason);
        Assert.Equal(
            DenialReason.UnknownCall,
            (await Calls.StartCallAsync(
                new() { PbxId = pbx, CallId = "c1", AnswerTime = DateTimeOffset.UtcNow.ToTimestamp() })).Denial.Reason);
        Assert.Equal(
            DenialReason.UnknownCall,
            (await Calls.ExtendCallAsync(new() { PbxId = pbx, CallId = "c1", RequestNumber = 1 })).Denial.Reason);

        end.Details = Operator.Call("", "", Operator.France);
        end.Details.Caller = Operator.NumberOf(pbx);
        var settlement = (await Calls.EndCallAsync(end)).Settlement;
        Assert.Equal(("c1", 30, 30_000_000L), (settlement.CallId, settlement.CallSeconds, settlement.Charges.Single().AmountNanos));
        Assert.Contains(RatedCallFlag.Unauthorised, settlement.Flags);
    }

    [Fact]
    public async Task UnansweredCall_IsSettledWithoutAnAnswerTime()
    {
        var pbx = await _operator.NewPbx("life-unanswered");
        await Calls.AuthorizeCallAsync(Operator.Call(pbx, "c1"));
        var settlement = (await Calls.EndCallAsync(
            new EndCallRequest { PbxId = pbx, CallId = "c1", ReleaseCause = new ReleaseCause { SipStatus = 487 } })).Settlement;
        Assert.Null(settlement.AnswerTime);
        Assert.Equal([RatedCallFlag.Unanswered], settlement.Flags);
        Assert.Equal((0, 487), (settlement.CallSeconds, settlement.ReleaseCause.SipStatus));
    }

    [Fact]
    public async Task Import_FollowsItsOwnTimeAndSaysSo()
    {
        var pbx = await _operator.NewPbx("life-import");
        var request = Operator.Call(pbx, "c1", Operator.France);
        request.ImportOccurTime = Timestamp.FromDateTimeOffset(new DateTimeOffset(2018, 5, 7, 8, 9, 10, TimeSpan.Zero));
        await Calls.AuthorizeCallAsync(request);
        var settlement = (await Calls.EndCallAsync(new EndCallRequest
        {
            PbxId = pbx, CallId = "c1", DurationMs = 1_000, AnswerTime = request.ImportOccurTime,
        })).Settlement;
        Assert.Equal(
            ("2018-05", request.ImportOccurTime, request.ImportOccurTime),
            (settlement.UsageMonth, settlement.AnswerTime, settlement.ImportOccurTime));
        Assert.Contains(RatedCallFlag.Imported, settlement.Flags);
    }

    private async Task<Call> Get(string pbx, string callId) =>
        (await Calls.GetCallAsync(new GetCallRequest { PbxId = pbx, CallId = callId })).Call;
}
