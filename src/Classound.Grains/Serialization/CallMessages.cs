using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Classound.Grains.Serialization.Messages;
using Classound.Storage.Mapping;
using Google.Protobuf;

namespace Classound.Grains.Serialization;

/// <summary>The values that every call takes across the grain boundary, as bytes; all others are rare and stay JSON.</summary>
internal static class CallMessages
{
    /// <summary>Null = this kind of value has no message.</summary>
    public static byte[]? TryWrite(object value) => value switch
    {
        AuthorizeRequest request => Write(request).ToByteArray(),
        EndRequest request => Write(request).ToByteArray(),
        // What a correction was made from stands in no stored form.
        CallAnswer { Settlement.CorrectedFrom: null } or CallAnswer { Settlement: null } => Write((CallAnswer)value).ToByteArray(),
        _ => null,
    };

    /// <exception cref="InvalidDataException">Values of this type have no message.</exception>
    public static object Read(Type type, byte[] bytes) =>
        type == typeof(AuthorizeRequest) ? Read(AuthorizeMessage.Parser.ParseFrom(bytes))
        : type == typeof(EndRequest) ? Read(EndMessage.Parser.ParseFrom(bytes))
        : type == typeof(CallAnswer) ? Read(AnswerMessage.Parser.ParseFrom(bytes))
        : throw new InvalidDataException($"{type} has no message of its own");

    private static AuthorizeMessage Write(AuthorizeRequest request)
    {
        var message = new AuthorizeMessage
        {
            CallId = request.CallId, Direction = (int)request.Direction, CallerText = request.CallerText, CallerForm = (int)request.CallerForm,
            Caller = request.Caller.Digits, CalledText = request.CalledText, CalledForm = (int)request.CalledForm, Called = request.Called.Digits,
            UserId = request.UserId, Internal = request.Internal, HideCallerId = request.HideCallerId, CanExtend = request.CanExtend,
            ReportsAnswer = request.ReportsAnswer, RequestedSeconds = request.RequestedSeconds, LacksG711 = request.LacksG711,
            EdgeId = request.EdgeId,
        };
        if (request.AttemptedAt is { } attempted) message.AttemptedTicks = attempted.UtcTicks;
        if (request.OccurredAt is { } occurred) message.OccurredTicks = occurred.UtcTicks;
        return message;
    }

    private static AuthorizeRequest Read(AuthorizeMessage message) => new()
    {
        CallId = message.CallId, Direction = (CallDirection)message.Direction, CallerText = message.CallerText,
        CallerForm = (NumberForm)message.CallerForm, Caller = Number(message.Caller), CalledText = message.CalledText,
        CalledForm = (NumberForm)message.CalledForm, Called = Number(message.Called), UserId = message.UserId, Internal = message.Internal,
        HideCallerId = message.HideCallerId, CanExtend = message.CanExtend, ReportsAnswer = message.ReportsAnswer,
        RequestedSeconds = message.RequestedSeconds, LacksG711 = message.LacksG711, EdgeId = message.EdgeId,
        AttemptedAt = message.HasAttemptedTicks ? Time(message.AttemptedTicks) : null, OccurredAt = message.HasOccurredTicks ? Time(message.OccurredTicks) : null,
    };

    private static EndMessage Write(EndRequest request)
    {
        var message = new EndMessage
        {
            CallId = request.CallId, DurationMs = request.DurationMs, Q850 = request.Cause.Q850, SipStatus = request.Cause.SipStatus,
            CauseText = request.Cause.Text, Details = request.Details is { } details ? Write(details) : null,
        };
        if (request.AnsweredAt is { } answered) message.AnsweredTicks = answered.UtcTicks;
        if (request.EndedAt is { } ended) message.EndedTicks = ended.UtcTicks;
        if (request.AttemptedAt is { } attempted) message.AttemptedTicks = attempted.UtcTicks;
        return message;
    }

    private static EndRequest Read(EndMessage message) => new()
    {
        CallId = message.CallId, DurationMs = message.DurationMs, AnsweredAt = message.HasAnsweredTicks ? Time(message.AnsweredTicks) : null,
        EndedAt = message.HasEndedTicks ? Time(message.EndedTicks) : null, AttemptedAt = message.HasAttemptedTicks ? Time(message.AttemptedTicks) : null,
        Cause = new ReleaseCause(message.Q850, message.SipStatus, message.CauseText), Details = message.Details is { } details ? Read(details) : null,
    };

    private static AnswerMessage Write(CallAnswer answer)
    {
        var message = new AnswerMessage { Repeated = answer.Repeated, Conflict = answer.Conflict };
        if (answer.Grant is { } grant) (message.CallId, message.Grant) = (grant.CallId, Wrap(StoredCalls.Write(grant)));
        if (answer.Settlement is { } settled) message.Settlement = Wrap(StoredCalls.Write(settled));
        if (answer.Denial is { } denial)
            (message.PbxId, message.CallId, message.Denial) = (denial.PbxId, denial.CallId, Wrap(StoredCalls.Write(denial)));
        return message;
    }

    private static CallAnswer Read(AnswerMessage message) => new()
    {
        Grant = message.Grant.IsEmpty ? null : StoredCalls.ReadActive(message.CallId, message.Grant.Span),
        Settlement = message.Settlement.IsEmpty ? null : StoredCalls.ReadRated(message.Settlement.Span),
        Denial = message.Denial.IsEmpty ? null : StoredCalls.ReadDenial(message.PbxId, message.CallId, message.Denial.Span),
        Repeated = message.Repeated, Conflict = message.Conflict,
    };

    private static ByteString Wrap(byte[] bytes) => UnsafeByteOperations.UnsafeWrap(bytes);

    private static E164Number Number(ulong digits) => digits == 0 ? default : E164Number.FromDigits(digits);

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
