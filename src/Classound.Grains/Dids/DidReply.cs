using Classound.Charging;

namespace Classound.Grains.Dids;

/// <summary>Why a number was not given, verified or taken.</summary>
public enum DidRefusal : byte
{
    None = 0,
    PbxUnknown,

    /// <summary>Another PBX has the number; which one is not told.</summary>
    TakenByAnother,

    /// <summary>The PBX has the number already, as another kind.</summary>
    OtherKind,

    /// <summary>The PBX has no such number.</summary>
    DidUnknown,

    /// <summary>Only EXTERNAL numbers are verified.</summary>
    NotExternal,
}

/// <summary>What became of a number.</summary>
/// <param name="Refusal">None = done, now or before.</param>
/// <param name="Did">The number as the PBX has it now; null when refused or released.</param>
public sealed record DidReply(DidRefusal Refusal, Did? Did)
{
    public static readonly DidReply Released = new(DidRefusal.None, null);

    public static DidReply Refused(DidRefusal refusal) => new(refusal, null);
}
