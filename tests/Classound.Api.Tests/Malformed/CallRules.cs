using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Google.Protobuf.WellKnownTypes;
using static Classound.Api.Tests.Malformed.Values;

namespace Classound.Api.Tests.Malformed;

internal static class CallRules
{
    public static IEnumerable<RequestRules> All =>
    [
        Content(new RequestRules<AuthorizeCallRequest>("AuthorizeCall", Authorize), request => request, "")
            .Malformed(
                "pbx_id", r => r.PbxId = "", r => r.PbxId = "a b", r => r.PbxId = "acme/1", r => r.PbxId = "älpen", r => r.PbxId = Text(65))
            .Malformed("call_id", r => r.CallId = "", r => r.CallId = Text(129), r => r.CallId = new string('é', 65)),
        new RequestRules<StartCallRequest>("StartCall", () => new() { PbxId = "acme", CallId = "c", AnswerTime = Now })
            .Malformed("pbx_id", r => r.PbxId = "")
            .Malformed("call_id", r => r.CallId = "", r => r.CallId = Text(129))
            .Malformed("answer_time", r => r.AnswerTime = null, r => r.AnswerTime = NoTime)
            .AnyValue("emergency", r => r.Emergency = true),
        new RequestRules<ExtendCallRequest>("ExtendCall", () => new() { PbxId = "acme", CallId = "c", RequestNumber = 1 })
            .Malformed("pbx_id", r => r.PbxId = "")
            .Malformed("call_id", r => r.CallId = "", r => r.CallId = Text(129))
            .Malformed("request_number", r => r.RequestNumber = 0, r => r.RequestNumber = -1)
            .Malformed("used_seconds", r => r.UsedSeconds = -1, r => r.UsedSeconds = 172_801)
            .Malformed("requested_seconds", r => r.RequestedSeconds = -1, r => r.RequestedSeconds = 14_401)
            .AnyValue("emergency", r => r.Emergency = true),
        EndCall(),
        SyncCalls(),
        new RequestRules<GetCallRequest>("GetCall", () => new() { PbxId = "acme", CallId = "c" })
            .Malformed("pbx_id", r => r.PbxId = "")
            .Malformed("call_id", r => r.CallId = "", r => r.CallId = Text(129)),
        new RequestRules<ListActiveCallsRequest>("ListActiveCalls", () => new() { PbxId = "acme" })
            .Malformed("pbx_id", r => r.PbxId = "")
            .Malformed("page_size", r => r.PageSize = -1, r => r.PageSize = 1001)
            .Malformed("page_token", r => r.PageToken = "!", r => r.PageToken = "QUJD", r => r.PageToken = TokenOf("active-calls/other")),
        new RequestRules<ExplainCallRequest>("ExplainCall", () => new() { PbxId = "acme", CallId = "c" })
            .Malformed("pbx_id", r => r.PbxId = "")
            .Malformed("call_id", r => r.CallId = "", r => r.CallId = Text(129)),
    ];

    private static AuthorizeCallRequest Authorize() => new()
    {
        PbxId = "acme", CallId = "c", Direction = CallDirection.Outbound, Caller = "+390612345678", Called = "+390212345678",
    };

    private static RequestRules<EndCallRequest> EndCall() =>
        Content(
            new RequestRules<EndCallRequest>("EndCall", () => new()
            {
                PbxId = "acme", CallId = "c", DurationMs = 1, Details = Authorize(), ReleaseCause = new ReleaseCause(),
            }),
            request => request.Details, "details.")
        .Malformed("pbx_id", r => (r.PbxId, r.Details) = ("", null))
        .Malformed("call_id", r => (r.CallId, r.Details) = ("", null), r => (r.CallId, r.Details) = (Text(129), null))
        .Malformed("duration_ms", r => r.DurationMs = -1, r => r.DurationMs = 172_800_001)
        .Malformed("answer_time", r => r.AnswerTime = NoTime)
        .Malformed("end_time", r => r.EndTime = NoTime)
        .Malformed("attempt_time", r => r.AttemptTime = NoTime)
        .AnyValue("release_cause", r => r.ReleaseCause = null)
        .Malformed("release_cause.q850_cause", r => r.ReleaseCause.Q850Cause = -1, r => r.ReleaseCause.Q850Cause = 128)
        .Malformed("release_cause.sip_status", r => r.ReleaseCause.SipStatus = 199, r => r.ReleaseCause.SipStatus = 700)
        .Malformed("release_cause.text", r => r.ReleaseCause.Text = Text(129))
        .AnyValue("emergency", r => r.Emergency = true)
        .AnyValue("details", r => r.Details = null)
        .Malformed("details.pbx_id", r => r.Details.PbxId = "other")
        .Malformed("details.call_id", r => r.Details.CallId = "other");

    private static RequestRules<SyncCallsRequest> SyncCalls() =>
        new RequestRules<SyncCallsRequest>("SyncCalls", () => new()
        {
            EdgeId = "edge-malformed", SnapshotTime = Now,
            Calls = { new LiveCall { PbxId = "acme", CallId = "c" }, new LiveCall { PbxId = "acme", CallId = "d", UsedSeconds = 1 } },
        })
        .Malformed("edge_id", r => r.EdgeId = "", r => r.EdgeId = Text(65))
        .Malformed("snapshot_time", r => r.SnapshotTime = null, r => r.SnapshotTime = NoTime)
        .Malformed("calls", r => r.Calls.Add(Enumerable.Repeat(r.Calls[0], 9_999)))
        .MalformedAs("calls.pbx_id", "calls[1].pbx_id", r => r.Calls[1].PbxId = "", r => r.Calls[1].PbxId = "a b")
        .MalformedAs("calls.call_id", "calls[1].call_id", r => r.Calls[1].CallId = "", r => r.Calls[1].CallId = Text(129))
        .MalformedAs("calls.used_seconds", "calls[1].used_seconds", r => r.Calls[1].UsedSeconds = -1, r => r.Calls[1].UsedSeconds = 172_801)
        .AnyValue("close_missing", r => r.CloseMissing = true);

    // The same content in AuthorizeCall and, undelivered, in EndCall.
    private static RequestRules<T> Content<T>(RequestRules<T> rules, Func<T, AuthorizeCallRequest> of, string at)
        where T : Google.Protobuf.IMessage => rules
        .Malformed(at + "direction", r => of(r).Direction = CallDirection.Unspecified, r => of(r).Direction = (CallDirection)99)
        .Malformed(at + "caller", r => of(r).Caller = Text(129))
        .Malformed(at + "called", r => of(r).Called = Text(129))
        .Malformed(at + "user_id", r => of(r).UserId = Text(129))
        .AnyValue(at + "internal", r => of(r).Internal = true)
        .AnyValue(at + "hide_caller_id", r => of(r).HideCallerId = true)
        .AnyValue(at + "can_extend", r => of(r).CanExtend = true)
        .AnyValue(at + "reports_answer", r => of(r).ReportsAnswer = true)
        .Malformed(at + "requested_seconds", r => of(r).RequestedSeconds = -1, r => of(r).RequestedSeconds = 14_401)
        .Malformed(
            at + "calling_country", r => of(r).CallingCountry = "it", r => of(r).CallingCountry = "ITA", r => of(r).CallingCountry = "I1")
        .Malformed(at + "offered_codecs", r => of(r).OfferedCodecs.Add(Enumerable.Repeat("PCMA", 33)))
        .MalformedAs(
            at + "offered_codecs", at + "offered_codecs[1]",
            r => of(r).OfferedCodecs.Add(["PCMA", ""]), r => of(r).OfferedCodecs.Add(["PCMA", Text(33)]),
            r => of(r).OfferedCodecs.Add(["PCMA", "é"]))
        .Malformed(at + "attempt_time", r => of(r).AttemptTime = NoTime, r => of(r).AttemptTime = new Timestamp { Nanos = -1 })
        .Malformed(at + "edge_id", r => of(r).EdgeId = Text(65))
        .Malformed(at + "import_occur_time", r => of(r).ImportOccurTime = NoTime, r => of(r).ImportOccurTime = Tomorrow);
}
