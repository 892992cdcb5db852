namespace Classound.Charging.Calls;

/// <summary>
/// Why a call was refused. The order of the values is the order of the checks (product.md, limits): when a
/// request breaks two rules, the smaller value is the answer. It is written nowhere else.
/// </summary>
public enum DenialReason : byte
{
    None = 0,

    /// <summary>The call id is in use with other content; the subject names the field that differs.</summary>
    CallIdReused = 1,

    /// <summary>The edge first attempted this more than 35 days ago.</summary>
    TooOld = 2,
    PbxUnknown = 3,
    PbxSuspended = 4,

    /// <summary>The call lies before the PBX's activation date.</summary>
    PbxNotActive = 5,

    /// <summary>R1: every contract carries a flat plan.</summary>
    PbxWithoutPlan = 6,
    TooManyAttempts = 7,

    /// <summary>R10; the subject says what was seen.</summary>
    CallerNotE164 = 8,
    CalledNotE164 = 9,

    /// <summary>A PER_USER plan (R3) needs to know whose minutes to use.</summary>
    UserMissing = 10,
    UserUnknown = 11,

    /// <summary>R8.</summary>
    CallerIdNotOwned = 12,

    /// <summary>R9: an EXTERNAL number counts only once verified.</summary>
    CallerIdNotVerified = 13,

    /// <summary>An inbound call to a number that is not this PBX's.</summary>
    CalledDidNotOwned = 14,
    DestinationBarred = 15,
    NoPrice = 16,
    PriceTooHigh = 17,
    TooManyCalls = 18,
    DayCapReached = 19,
    MonthCapReached = 20,

    /// <summary>A report on a call that was never authorised here.</summary>
    UnknownCall = 21,
}
