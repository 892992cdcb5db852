using Classound.Charging.Calls;
using Google.Protobuf.WellKnownTypes;
using Wire = Classound.Contracts.Calls.V1;

namespace Classound.Api.Calls;

/// <summary>
/// Refused calls as replies, with the SIP status and Q.850 cause that an edge may give to the caller. The pairs follow
/// RFC 3398 where it has one: 404 for numbers that lead nowhere, 484 for an address that is no number, 403 for what is
/// not allowed. Limits that pass by themselves are 486 and 480 and not its 503, after which a proxy takes the whole
/// service for dead (RFC 3261 section 21.5.4) and sends no call of any PBX to it.
/// </summary>
public static class DenialReplies
{
    // ITU-T Q.850 causes.
    private const int UnallocatedNumber = 1;
    private const int NoRouteToDestination = 3;
    private const int CallRejected = 21;
    private const int InvalidNumberFormat = 28;
    private const int NoCircuitAvailable = 34;
    private const int TemporaryFailure = 41;
    private const int Congestion = 42;
    private const int OutgoingCallsBarred = 52;

    public static Wire.CallDenial ToWire(Denial denial)
    {
        var (reason, sipStatus, q850Cause) = Causes(denial.Reason);
        return new Wire.CallDenial
        {
            Reason = reason,
            Subject = Subject(denial),
            Detail = Detail(denial),
            SipStatus = sipStatus,
            Q850Cause = q850Cause,
            DenyTime = denial.At.ToTimestamp(),
        };
    }

    public static (Wire.DenialReason Reason, int SipStatus, int Q850Cause) Causes(DenialReason reason) => reason switch
    {
        DenialReason.CallIdReused => (Wire.DenialReason.CallIdReused, 403, CallRejected),
        DenialReason.TooOld => (Wire.DenialReason.TooOld, 403, CallRejected),
        DenialReason.PbxUnknown => (Wire.DenialReason.PbxUnknown, 403, CallRejected),
        DenialReason.PbxSuspended => (Wire.DenialReason.PbxSuspended, 403, CallRejected),
        DenialReason.PbxNotActive => (Wire.DenialReason.PbxNotActive, 403, CallRejected),
        DenialReason.PbxWithoutPlan => (Wire.DenialReason.PbxWithoutPlan, 403, CallRejected),
        DenialReason.TooManyAttempts => (Wire.DenialReason.TooManyAttempts, 480, Congestion),
        DenialReason.CallerNotE164 => (Wire.DenialReason.CallerNotE164, 403, CallRejected),
        DenialReason.CalledNotE164 => (Wire.DenialReason.CalledNotE164, 484, InvalidNumberFormat),
        DenialReason.UserMissing => (Wire.DenialReason.UserMissing, 403, CallRejected),
        DenialReason.UserUnknown => (Wire.DenialReason.UserUnknown, 403, CallRejected),
        DenialReason.CallerIdNotOwned => (Wire.DenialReason.CallerIdNotOwned, 403, CallRejected),
        DenialReason.CallerIdNotVerified => (Wire.DenialReason.CallerIdNotVerified, 403, CallRejected),
        DenialReason.CalledDidNotOwned => (Wire.DenialReason.CalledDidNotOwned, 404, UnallocatedNumber),
        DenialReason.DestinationBarred => (Wire.DenialReason.DestinationBarred, 403, OutgoingCallsBarred),
        DenialReason.NoPrice => (Wire.DenialReason.NoPrice, 404, NoRouteToDestination),
        DenialReason.PriceTooHigh => (Wire.DenialReason.PriceTooHigh, 403, OutgoingCallsBarred),
        DenialReason.TooManyCalls => (Wire.DenialReason.TooManyCalls, 486, NoCircuitAvailable),
        DenialReason.DayCapReached => (Wire.DenialReason.DayCapReached, 402, CallRejected),
        DenialReason.MonthCapReached => (Wire.DenialReason.MonthCapReached, 402, CallRejected),
        DenialReason.UnknownCall => (Wire.DenialReason.UnknownCall, 481, TemporaryFailure),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "not a reason to refuse"),
    };

    // For a number that is not E.164 the domain's subject is the sentence of what was seen.
    private static string Subject(Denial denial) => denial.Reason switch
    {
        DenialReason.CallerNotE164 => "caller",
        DenialReason.CalledNotE164 => "called",
        _ => denial.Subject,
    };

    private static string Detail(Denial denial)
    {
        // The sentence of what was seen, where the subject is one and not a field.
        if (denial.Reason is DenialReason.CallerNotE164 or DenialReason.CalledNotE164
            && denial.Subject.Contains(' ', StringComparison.Ordinal)) return denial.Subject;
        var sentence = Explanation.Sentence(denial.Reason);
        return denial.Subject.Length == 0 ? sentence : $"{sentence} (decided by: {denial.Subject})";
    }
}
