using System.Collections.Immutable;
using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;
using Classound.Storage.Mapping.Stored;

namespace Classound.Storage.Mapping;

/// <summary>Values that several stored messages share.</summary>
internal static class StoredValues
{
    public static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    public static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    public static E164Number Number(ulong digits) => digits == 0 ? default : E164Number.FromDigits(digits);

    public static StoredTariff Write(Tariff tariff)
    {
        var stored = new StoredTariff
        {
            ConnectFeeNanos = tariff.ConnectFee.Nanos, MinimumSeconds = tariff.MinimumSeconds, BandTimeZone = tariff.BandTimeZoneId ?? "",
        };
        stored.Steps.AddRange(tariff.Steps.Select(Write));
        foreach (var band in tariff.Bands)
        {
            var to = new StoredTariff.Types.StoredTariffBand
            {
                Days = (int)band.Days, FromMinute = band.FromMinute, ToMinute = band.ToMinute, ConnectFeeNanos = band.ConnectFee.Nanos,
            };
            to.Steps.AddRange(band.Steps.Select(Write));
            stored.Bands.Add(to);
        }
        return stored;
    }

    public static Tariff Read(StoredTariff stored) => Tariff.Create(
        new Amount(stored.ConnectFeeNanos),
        stored.MinimumSeconds,
        [.. stored.Steps.Select(Read)],
        [.. stored.Bands.Select(band => new TariffBand(
            (WeekDays)band.Days, band.FromMinute, band.ToMinute, new Amount(band.ConnectFeeNanos), [.. band.Steps.Select(Read)]))],
        stored.BandTimeZone.Length == 0 ? null : stored.BandTimeZone);

    public static StoredPricing? Write(CallPricing? pricing)
    {
        if (pricing is null) return null;
        var stored = new StoredPricing
        {
            ListType = pricing.ListType, ListNumber = pricing.ListNumber, Decimals = pricing.Decimals, Prefix = pricing.Prefix,
            Country = pricing.Country, Destination = pricing.Destination, Area = (int)pricing.Area, OwnTariff = pricing.OwnTariff,
            Tariff = Write(pricing.Tariff),
        };
        stored.AllowanceTicks.AddRange(pricing.AllowanceTicks.Select(Write));
        return stored;
    }

    public static CallPricing? Read(StoredPricing? stored) => stored is null
        ? null
        : new CallPricing(
            stored.ListType, stored.ListNumber, stored.Decimals, stored.Prefix, stored.Country, stored.Destination,
            (CallArea)stored.Area, stored.OwnTariff, Read(stored.Tariff), [.. stored.AllowanceTicks.Select(Read)]);

    public static StoredPlan? Write(PlanVersion? plan)
    {
        if (plan is null) return null;
        var stored = new StoredPlan
        {
            Code = plan.Code, EffectiveDay = plan.EffectiveFrom.DayNumber, Term = (int)plan.Term, MinutesPerUser = plan.MinutesPerUser,
            Sharing = (int)plan.Sharing, Currency = plan.Currency,
        };
        stored.Bands.AddRange(plan.Bands.Select(band =>
            new StoredPlan.Types.StoredBand { MaxUsers = band.MaxUsers, FeeNanos = band.MonthlyFeePerUser.Nanos }));
        return stored;
    }

    public static PlanVersion? Read(StoredPlan? stored) => stored is null
        ? null
        : new PlanVersion(
            stored.Code, DateOnly.FromDayNumber(stored.EffectiveDay), (PlanTerm)stored.Term, stored.MinutesPerUser,
            (AllowanceSharing)stored.Sharing, stored.Currency,
            [.. stored.Bands.Select(band => new UserBand(band.MaxUsers, new Amount(band.FeeNanos)))]);

    public static StoredCharge Write(Charge charge) => new()
    {
        Payer = charge.Payer, ListType = charge.ListType, ListNumber = charge.ListNumber, AmountNanos = charge.Amount.Nanos,
    };

    public static Charge Read(StoredCharge stored) =>
        new(stored.Payer, stored.ListType, stored.ListNumber, new Amount(stored.AmountNanos));

    private static StoredStep Write(TariffStep step) => new()
    {
        FromSecond = step.FromSecond, PriceNanos = step.Price.Nanos, PerSeconds = step.PerSeconds, IncrementSeconds = step.IncrementSeconds,
    };

    private static TariffStep Read(StoredStep step) =>
        new(step.FromSecond, new Amount(step.PriceNanos), step.PerSeconds, step.IncrementSeconds);
}
