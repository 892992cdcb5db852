using System.Collections.Immutable;
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
        Bands = BandsOf(plan.Bands),
        CreatedAt = createdAt,
    };

    /// <summary>A plan as a price list sells it: its date and currency are the list's.</summary>
    public static PlanRecord Of(PlanOffer plan) => new()
    {
        Code = plan.Code,
        Term = plan.Term,
        MinutesPerUser = plan.MinutesPerUser,
        Sharing = plan.Sharing,
        Bands = BandsOf(plan.Bands),
    };

    public PlanOffer ToOffer() => new(Code, Term, Sharing, MinutesPerUser, ToBands());

    public PlanVersion ToPlan() => new(
        Code, DateOnly.ParseExact(EffectiveFrom, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        Term, MinutesPerUser, Sharing, Currency, ToBands());

    private static List<PlanBandRecord> BandsOf(ImmutableArray<UserBand> bands) =>
        [.. bands.Select(band => new PlanBandRecord { MaxUsers = band.MaxUsers, MonthlyFeeNanos = band.MonthlyFeePerUser.Nanos })];

    private ImmutableArray<UserBand> ToBands() => [.. Bands.Select(band => new UserBand(band.MaxUsers, new Amount(band.MonthlyFeeNanos)))];
}

/// <summary>The plans of one content, for all versions that have it. A content without plans has no sheet.</summary>
public sealed record PlanSheetRecord
{
    /// <summary>As in <see cref="PriceListRecord.ContentSha256"/>.</summary>
    public string ContentSha256 { get; init; } = "";
    public List<PlanRecord> Plans { get; init; } = [];

    public static PlanSheetRecord Of(string contentSha256, IReadOnlyList<PlanOffer> plans) =>
        new() { ContentSha256 = contentSha256, Plans = [.. plans.Select(PlanRecord.Of)] };
}

/// <summary>One size band of a plan.</summary>
public sealed record PlanBandRecord
{
    public int MaxUsers { get; init; }

    /// <summary>10^-9 currency units.</summary>
    public long MonthlyFeeNanos { get; init; }
}
