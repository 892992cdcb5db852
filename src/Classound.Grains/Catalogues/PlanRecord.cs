using Classound.Charging.Allowances;
using Classound.Charging.Rating;

namespace Classound.Grains.Catalogues;

/// <summary>The stored form of a plan version: flat, so that any serializer of grain state keeps it.</summary>
public sealed record PlanRecord
{
    public string Code { get; init; } = "";

    /// <summary>yyyy-MM-dd, a day in each PBX's zone.</summary>
    public string EffectiveFrom { get; init; } = "";
    public PlanTerm Term { get; init; }
    public int MinutesPerUser { get; init; }
    public AllowanceSharing Sharing { get; init; }
    public string Currency { get; init; } = "";

    // A concrete list: the serializer of grain state writes the name of whatever type stands behind an interface.
    public List<PlanBandRecord> Bands { get; init; } = [];
    public DateTimeOffset CreatedAt { get; init; }

    public static PlanRecord Of(PlanVersion plan, DateTimeOffset createdAt) => new()
    {
        Code = plan.Code,
        EffectiveFrom = plan.EffectiveFrom.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        Term = plan.Term,
        MinutesPerUser = plan.MinutesPerUser,
        Sharing = plan.Sharing,
        Currency = plan.Currency,
        Bands = plan.Bands
            .Select(band => new PlanBandRecord { MaxUsers = band.MaxUsers, MonthlyFeeNanos = band.MonthlyFeePerUser.Nanos }).ToList(),
        CreatedAt = createdAt,
    };

    public PlanVersion ToPlan() => new(
        Code, DateOnly.ParseExact(EffectiveFrom, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        Term, MinutesPerUser, Sharing, Currency,
        [.. Bands.Select(band => new UserBand(band.MaxUsers, new Amount(band.MonthlyFeeNanos)))]);
}

/// <summary>One size band of a plan.</summary>
public sealed record PlanBandRecord
{
    public int MaxUsers { get; init; }

    /// <summary>10^-9 currency units.</summary>
    public long MonthlyFeeNanos { get; init; }
}
