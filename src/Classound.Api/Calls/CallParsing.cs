using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Wire = Classound.Contracts.Calls.V1;
using WireBilling = Classound.Contracts.Billing.V1;

namespace Classound.Api.Calls;

/// <summary>Requests of CallService as the domain's own types. Only after <see cref="CallRequests"/> has passed them.</summary>
public static class CallParsing
{
    public static AuthorizeRequest Parse(Wire.AuthorizeCallRequest request) => Parse(request, request.CallId);

    public static EndRequest Parse(Wire.EndCallRequest request) => new()
    {
        CallId = request.CallId,
        DurationMs = request.DurationMs,
        AnsweredAt = Time(request.AnswerTime),
        EndedAt = Time(request.EndTime),
        AttemptedAt = Time(request.AttemptTime),
        Cause = request.ReleaseCause is { } cause ? new ReleaseCause(cause.Q850Cause, cause.SipStatus, cause.Text) : ReleaseCause.None,
        Details = request.Details is { } details ? Parse(details, request.CallId) : null,
    };

    public static DateTimeOffset? Time(Timestamp? time) => time is null ? null : Instant(time);

    /// <summary>Whole milliseconds, as they are stored: the first answer must equal every later one.</summary>
    public static DateTimeOffset Instant(Timestamp time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToDateTimeOffset().ToUnixTimeMilliseconds());

    private static AuthorizeRequest Parse(Wire.AuthorizeCallRequest request, string callId)
    {
        var callerForm = E164Number.Parse(request.Caller, out var caller);
        var calledForm = E164Number.Parse(request.Called, out var called);
        return new AuthorizeRequest
        {
            CallId = callId,
            Direction = request.Direction == WireBilling.CallDirection.Inbound ? CallDirection.Inbound : CallDirection.Outbound,
            CallerText = request.Caller,
            CallerForm = callerForm,
            Caller = caller,
            CalledText = request.Called,
            CalledForm = calledForm,
            Called = called,
            UserId = request.UserId,
            Internal = request.Internal,
            HideCallerId = request.HideCallerId,
            CanExtend = request.CanExtend,
            ReportsAnswer = request.ReportsAnswer,
            RequestedSeconds = request.RequestedSeconds,
            LacksG711 = LacksG711(request.OfferedCodecs),
            EdgeId = request.EdgeId,
            AttemptedAt = Time(request.AttemptTime),
            OccurredAt = Time(request.ImportOccurTime),
        };
    }

    /// <summary>R13. Names as in SDP rtpmap, with or without a clock rate: "PCMA", "PCMU/8000". Nothing offered says nothing.</summary>
    public static bool LacksG711(RepeatedField<string> codecs)
    {
        foreach (var codec in codecs)
        {
            var name = codec.AsSpan();
            if (name.IndexOf('/') is > 0 and var slash) name = name[..slash];
            if (name.Equals("PCMA", StringComparison.OrdinalIgnoreCase)) return false;
            if (name.Equals("PCMU", StringComparison.OrdinalIgnoreCase)) return false;
        }

        return codecs.Count > 0;
    }
}
