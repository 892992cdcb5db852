using Classound.Charging;
using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;

namespace Classound.Grains.Tests;

/// <summary>One of each value with every field set to something else than its default.</summary>
internal static class Samples
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 10, 11, 12, 345, TimeSpan.Zero);

    public static readonly E164Number London = E164Number.FromDigits(442079460018);
    public static readonly E164Number Rome = E164Number.FromDigits(390612345678);

    public static readonly Tariff Tariff = Tariff.Create(
        new Amount(5), 30, [new TariffStep(0, new Amount(12_000_000), 60, 30), new TariffStep(30, new Amount(12_000_000), 60, 6)],
        [new TariffBand(WeekDays.Saturday | WeekDays.Sunday, 60, 120, new Amount(7), [new TariffStep(0, new Amount(1), 60, 1)])],
        "Europe/Rome");

    public static readonly CallPricing Pricing = new(
        "END_USER", 3, 4, "4420", "GB", "United Kingdom London", CallArea.Area1, true, Tariff, [new TariffStep(0, new Amount(1), 60, 60)]);

    public static readonly ActiveCall ActiveCall = new()
    {
        CallId = "a:{b}", Direction = CallDirection.Outbound, Caller = Rome, Called = London, CallerText = Rome.ToString(),
        CalledText = London.ToString(), UserId = "u1", Internal = true, HideCallerId = true, CanExtend = true, ReportsAnswer = true,
        EdgeId = "edge", AuthorisedAt = At, OccurredAt = At.AddDays(-3), AnsweredAt = At.AddSeconds(4), Pricing = Pricing,
        HoldMonth = 202611, HoldDay = new DateOnly(2026, 11, 22), Seat = 2, GrantedSeconds = 600, MaximumSeconds = 14400, Final = true,
        HeldIncludedSeconds = 540, HeldMoney = new Amount(99), LeaseEndsAt = At.AddMinutes(11), RequestNumber = 4, ConfirmedSeconds = 77,
        ReckonedAnswer = At.AddSeconds(3), ListedAt = At.AddMinutes(1),
        Flags = CallFlags.ClockSkew | CallFlags.Imported, Warnings = GrantWarnings.NoG711 | GrantWarnings.Spend80Percent,
    };

    public static readonly RatedCall RatedCall = new()
    {
        PbxId = "acme", CallId = "a:{b}", Direction = CallDirection.Outbound, Caller = Rome, Called = London, CallerText = Rome.ToString(),
        CalledText = "00442079460018", UserId = "u1", Internal = true, HideCallerId = true, EdgeId = "edge", AuthorisedAt = At,
        OccurredAt = At.AddDays(-3), AnsweredAt = At.AddSeconds(4), SettledAt = At.AddMinutes(5), DurationMs = 61_001, CallSeconds = 62,
        RatedSeconds = 66, IncludedSeconds = 60, GrantedSeconds = 600, AvailableIncludedSeconds = 119, UsageMonth = 202611,
        BillingMonth = 202612, UsageDay = new DateOnly(2026, 11, 30), Seat = 0, Pricing = Pricing, Currency = "EUR",
        Charges = [new Charge("PBX", "END_USER", 3, new Amount(1_200_000))], Cause = new ReleaseCause(16, 200, "Normal clearing"),
        Flags = CallFlags.AboveGrant,
    };

    public static readonly RatedCall Correction = RatedCall.Correcting(RatedCall with
    {
        SettledAt = At.AddMinutes(1),
        DurationMs = 99_000,
        CallSeconds = 99,
        RatedSeconds = 120,
        IncludedSeconds = 120,
        BillingMonth = 202611,
        Charges = [new Charge("PBX", "END_USER", 3, new Amount(7))],
    });

    public static readonly PlanVersion Plan = new(
        "CLASSOUND-FLAT-1m", new DateOnly(2021, 9, 1), PlanTerm.Month, 3000, AllowanceSharing.PerUser, "EUR",
        [new UserBand(5, new Amount(9_900_000_000)), new UserBand(int.MaxValue, new Amount(8_900_000_000))]);

    public static readonly PlanOffer Offer = new("CLASSOUND-FLAT-1y", PlanTerm.Year, AllowanceSharing.Pooled, 3000, Plan.Bands);

    public static readonly PbxSettings Settings = new()
    {
        Id = "acme", Name = "Acme", Country = "IT", TimeZoneId = "Europe/Rome", Currency = "EUR", PriceListType = "END_USER",
        PlanCode = "CLASSOUND-FLAT-1m", ActiveFrom = new DateOnly(2026, 11, 10), State = PbxState.Suspended,
        Licences = new UserLicences(1, 2, 3, 4),
        Limits = new PbxLimits
        {
            MaxConcurrentCalls = 1, MaxAttemptsPerSecond = 2, DayCap = new Amount(3), MonthCap = new Amount(4),
            MaxPricePerMinute = new Amount(5), MaxCallSeconds = 6, BarHighCost = true, AllowedAreas = 7, BarredAreas = 8,
            AllowedCountries = ["IT"], BarredCountries = ["FR"], AllowedPrefixes = [new NumberPrefix(39, 2)],
            BarredPrefixes = [new NumberPrefix(881, 3)],
        },
    };
}
