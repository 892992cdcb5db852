using System.Collections.Immutable;
using Classound.Charging.Rating;

namespace Classound.Charging.Allowances;

/// <summary>How included minutes are shared (R3); a plan must say which.</summary>
public enum AllowanceSharing : byte
{
    /// <summary>The PBX has users x minutes in one pool.</summary>
    Pooled = 1,

    /// <summary>Each user has minutes that nobody else can use.</summary>
    PerUser = 2,
}

public enum PlanTerm : byte
{
    Month = 1,
    Year = 2,
    FiveYears = 3,
}

/// <param name="MaxUsers">Largest customer of this band; the last band may be int.MaxValue.</param>
/// <param name="MonthlyFeePerUser">Fee of one user for one month (R1).</param>
public readonly record struct UserBand(int MaxUsers, Amount MonthlyFeePerUser);

/// <summary>A flat plan's content from a date on: the same code had other minutes before (R1), so code + date is the key.</summary>
public sealed record PlanVersion(
    string Code,
    DateOnly EffectiveFrom,
    PlanTerm Term,
    int MinutesPerUser,
    AllowanceSharing Sharing,
    string Currency,
    ImmutableArray<UserBand> Bands)
{
    /// <summary>Fee per user of a customer of this size, or null where no band reaches so far.</summary>
    public Amount? FeePerUser(int users)
    {
        foreach (var band in Bands)
            if (users <= band.MaxUsers) return band.MonthlyFeePerUser;
        return null;
    }

    public bool Equals(PlanVersion? other) =>
        other is not null && Code == other.Code && EffectiveFrom == other.EffectiveFrom && Term == other.Term
        && MinutesPerUser == other.MinutesPerUser && Sharing == other.Sharing && Currency == other.Currency
        && Bands.AsSpan().SequenceEqual(other.Bands.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Code, EffectiveFrom);
}
