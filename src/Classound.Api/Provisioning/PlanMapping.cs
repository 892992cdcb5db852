using System.Globalization;
using Classound.Api.Billing;
using Classound.Charging.Allowances;
using Classound.Charging.Rating;
using Wire = Classound.Contracts.Provisioning.V1;

namespace Classound.Api.Provisioning;

/// <summary>Plan versions between the wire and the domain. Requests only after <see cref="PlanRequests"/> has passed them.</summary>
public static class PlanMapping
{
    private static readonly (PlanTerm Domain, Wire.PlanTerm Wire)[] Terms =
    [
        (PlanTerm.Month, Wire.PlanTerm.Monthly),
        (PlanTerm.Year, Wire.PlanTerm.Yearly),
        (PlanTerm.FiveYears, Wire.PlanTerm.FiveYearly),
    ];

    public static PlanVersion Parse(Wire.PlanVersion plan) => new(
        plan.PlanCode,
        DateOnly.ParseExact(plan.EffectiveDate, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        Terms.Single(term => term.Wire == plan.Term).Domain,
        plan.MinutesPerUser,
        plan.Sharing == Wire.PlanSharing.PerUser ? AllowanceSharing.PerUser : AllowanceSharing.Pooled,
        plan.CurrencyCode,
        [.. plan.Bands.Select(band => new UserBand(band.MaxUsers == 0 ? int.MaxValue : band.MaxUsers, new Amount(band.MonthlyFeeNanos)))]);

    public static Wire.PlanVersion ToWire(PlanVersion plan)
    {
        var reply = new Wire.PlanVersion
        {
            PlanCode = plan.Code,
            EffectiveDate = RatedCallReplies.Day(plan.EffectiveFrom),
            Term = ToWire(plan.Term),
            MinutesPerUser = plan.MinutesPerUser,
            Sharing = ToWire(plan.Sharing),
            CurrencyCode = plan.Currency,
        };
        reply.Bands.AddRange(plan.Bands.Select(ToWire));
        return reply;
    }

    public static Wire.PlanTerm ToWire(PlanTerm term) => Terms.Single(pair => pair.Domain == term).Wire;

    public static Wire.PlanSharing ToWire(AllowanceSharing sharing) =>
        sharing == AllowanceSharing.PerUser ? Wire.PlanSharing.PerUser : Wire.PlanSharing.Pooled;

    public static Wire.UserBand ToWire(UserBand band) => new()
    {
        MaxUsers = band.MaxUsers == int.MaxValue ? 0 : band.MaxUsers,
        MonthlyFeeNanos = band.MonthlyFeePerUser.Nanos,
    };
}
