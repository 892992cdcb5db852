using Classound.Api.Validation;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Google.Protobuf.Collections;

namespace Classound.Api.Calls;

/// <summary>What is malformed in the requests of CallService: an edge's bug, so INVALID_ARGUMENT with the field.</summary>
public static class CallRequests
{
    internal const int MaxEdgeIdBytes = 64;
    private const int MaxSyncedCalls = 10_000;
    private const int MaxCodecs = 32;
    private const int MaxCodecBytes = 32;

    public static void Check(AuthorizeCallRequest request)
    {
        var violations = new FieldViolations();
        Identity(ref violations, request.PbxId, request.CallId);
        Content(ref violations, request);
        violations.ThrowIfAny();
    }

    public static void Check(StartCallRequest request)
    {
        var violations = new FieldViolations();
        Identity(ref violations, request.PbxId, request.CallId);
        TimeFields.Required(ref violations, "answer_time", request.AnswerTime);
        violations.ThrowIfAny();
    }

    public static void Check(ExtendCallRequest request)
    {
        var violations = new FieldViolations();
        Identity(ref violations, request.PbxId, request.CallId);
        NumberFields.Between(ref violations, "request_number", request.RequestNumber, 1, int.MaxValue);
        NumberFields.Between(ref violations, "used_seconds", request.UsedSeconds, 0, NumberFields.MaxDurationMs / 1000);
        NumberFields.Between(ref violations, "requested_seconds", request.RequestedSeconds, 0, NumberFields.MaxCallSeconds);
        violations.ThrowIfAny();
    }

    public static void Check(EndCallRequest request)
    {
        var violations = new FieldViolations();
        Identity(ref violations, request.PbxId, request.CallId);
        NumberFields.Between(ref violations, "duration_ms", request.DurationMs, 0, NumberFields.MaxDurationMs);
        TimeFields.Optional(ref violations, "answer_time", request.AnswerTime);
        TimeFields.Optional(ref violations, "end_time", request.EndTime);
        TimeFields.Optional(ref violations, "attempt_time", request.AttemptTime);
        if (request.ReleaseCause is { } cause) Cause(ref violations, cause);
        if (request.Details is { } details) Details(ref violations, request, details);
        violations.ThrowIfAny();
    }

    public static void Check(GetCallRequest request)
    {
        var violations = new FieldViolations();
        Identity(ref violations, request.PbxId, request.CallId);
        violations.ThrowIfAny();
    }

    public static void Check(ExplainCallRequest request)
    {
        var violations = new FieldViolations();
        Identity(ref violations, request.PbxId, request.CallId);
        violations.ThrowIfAny();
    }

    public static void Check(SyncCallsRequest request)
    {
        var violations = new FieldViolations();
        TextFields.Required(ref violations, "edge_id", request.EdgeId, MaxEdgeIdBytes);
        TimeFields.Required(ref violations, "snapshot_time", request.SnapshotTime);
        if (request.Calls.Count > MaxSyncedCalls) violations.Add("calls", $"has {request.Calls.Count} entries; expected at most {MaxSyncedCalls}.");
        for (var i = 0; i < request.Calls.Count && !violations.Any; i++)
        {
            violations.Within = $"calls[{i}].";
            Identity(ref violations, request.Calls[i].PbxId, request.Calls[i].CallId);
            NumberFields.Between(ref violations, "used_seconds", request.Calls[i].UsedSeconds, 0, NumberFields.MaxDurationMs / 1000);
        }
        violations.ThrowIfAny();
    }

    /// <returns>The call id after which the page starts; empty for the first page.</returns>
    public static string Check(ListActiveCallsRequest request)
    {
        var violations = new FieldViolations();
        TextFields.PbxId(ref violations, "pbx_id", request.PbxId);
        NumberFields.PageSize(ref violations, "page_size", request.PageSize);
        var cursor = PageToken.Read(ref violations, "page_token", request.PageToken, ListName(request));
        violations.ThrowIfAny();
        return cursor;
    }

    /// <summary>What a page token of ListActiveCalls is bound to.</summary>
    public static string ListName(ListActiveCallsRequest request) => "active-calls/" + request.PbxId;

    private static void Identity(ref FieldViolations violations, string pbxId, string callId)
    {
        TextFields.PbxId(ref violations, "pbx_id", pbxId);
        TextFields.CallId(ref violations, "call_id", callId);
    }

    // Numbers and user ids only by their length: what they say is judged by the core, as a denial.
    private static void Content(ref FieldViolations violations, AuthorizeCallRequest request)
    {
        NumberFields.Chosen(ref violations, "direction", request.Direction);
        TextFields.AtMost(ref violations, "caller", request.Caller, TextFields.MaxTextBytes);
        TextFields.AtMost(ref violations, "called", request.Called, TextFields.MaxTextBytes);
        TextFields.AtMost(ref violations, "user_id", request.UserId, TextFields.MaxTextBytes);
        NumberFields.Between(ref violations, "requested_seconds", request.RequestedSeconds, 0, NumberFields.MaxCallSeconds);
        TextFields.OptionalCountry(ref violations, "calling_country", request.CallingCountry);
        Codecs(ref violations, request.OfferedCodecs);
        TimeFields.Optional(ref violations, "attempt_time", request.AttemptTime);
        TextFields.AtMost(ref violations, "edge_id", request.EdgeId, MaxEdgeIdBytes);
        TimeFields.Optional(ref violations, "import_occur_time", request.ImportOccurTime);
    }

    private static void Codecs(ref FieldViolations violations, RepeatedField<string> codecs)
    {
        if (codecs.Count > MaxCodecs) violations.Add("offered_codecs", $"has {codecs.Count} entries; expected at most {MaxCodecs}.");
        for (var i = 0; i < Math.Min(codecs.Count, MaxCodecs); i++)
        {
            if (codecs[i].Length is > 0 and <= MaxCodecBytes && System.Text.Ascii.IsValid(codecs[i])) continue;
            var seen = TextFields.Shown(codecs[i]);
            violations.Add($"offered_codecs[{i}]", $"is {seen}; expected 1 to {MaxCodecBytes} ASCII characters, such as PCMA.");
        }
    }

    private static void Cause(ref FieldViolations violations, ReleaseCause cause)
    {
        violations.Within = "release_cause.";
        NumberFields.Between(ref violations, "q850_cause", cause.Q850Cause, 0, 127);
        if (cause.SipStatus != 0) NumberFields.Between(ref violations, "sip_status", cause.SipStatus, 200, 699);
        TextFields.AtMost(ref violations, "text", cause.Text, TextFields.MaxTextBytes);
        violations.Within = "";
    }

    private static void Details(ref FieldViolations violations, EndCallRequest request, AuthorizeCallRequest details)
    {
        violations.Within = "details.";
        SameOrEmpty(ref violations, "pbx_id", details.PbxId, request.PbxId);
        SameOrEmpty(ref violations, "call_id", details.CallId, request.CallId);
        Content(ref violations, details);
        violations.Within = "";
    }

    private static void SameOrEmpty(ref FieldViolations violations, string field, string inner, string outer)
    {
        if (inner.Length != 0 && inner != outer)
            violations.Add(field, $"differs from {field} of the call that ended; expected the same, or nothing.");
    }

    /// <summary>An old CDR lies in the past: a month opened for a future one would pin its plan and users too early.</summary>
    public static void RefuseFutureImport(AuthorizeCallRequest request, string within, DateTimeOffset now)
    {
        if (request.ImportOccurTime is not { } occurred || occurred.ToDateTimeOffset() <= now + Charging.Pbx.ClockTolerance) return;
        var violations = new FieldViolations { Within = within };
        violations.Add("import_occur_time", "is in the future; expected the time of an old call.");
        throw violations.ToException();
    }
}
