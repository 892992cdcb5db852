using Classound.Charging.Numbering;

namespace Classound.Charging;

public enum DidKind : byte
{
    Hosted = 1,
    Ported = 2,

    /// <summary>Kept at another operator; owns nothing before it is verified (R9).</summary>
    External = 3,
}

/// <summary>A number the PBX owns: what it may show as its caller ID (R8) and be reached at.</summary>
public sealed record Did(E164Number Number, DidKind Kind, bool Verified)
{
    /// <summary>Whether it may be shown and called; what is not verified yet belongs to nobody.</summary>
    public bool IsOwned => Kind != DidKind.External || Verified;
}
