using System.Collections.Immutable;

namespace Classound.Charging.Allowances;

/// <summary>
/// A flat plan as a price list sells it (R1, R15): the same code has other fees in another list type, and other content in a
/// later version of the list.
/// </summary>
/// <param name="Code">Such as <c>CLASSOUND-FLAT-1m</c>: 1 to 64 characters of A-Z a-z 0-9 . _ -</param>
/// <param name="Term">How long a contract runs (R17).</param>
/// <param name="Sharing">How the minutes are shared (R3).</param>
/// <param name="MinutesPerUser">Included Area 1 minutes per user and month, 0 to 44,640.</param>
/// <param name="Bands">Monthly fee per user by size of the customer, rising, without gaps: a band starts where the one before ends.</param>
public sealed record PlanOffer(string Code, PlanTerm Term, AllowanceSharing Sharing, int MinutesPerUser, ImmutableArray<UserBand> Bands)
{
    /// <inheritdoc/>
    public bool Equals(PlanOffer? other) =>
        other is not null && Code == other.Code && Term == other.Term && Sharing == other.Sharing
        && MinutesPerUser == other.MinutesPerUser && Bands.AsSpan().SequenceEqual(other.Bands.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Code, Term, MinutesPerUser);
}
