using System.Collections.Immutable;
using System.Globalization;
using Classound.Charging.Allowances;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;

namespace Classound.Charging.Tests.CallLogs;

/// <summary>
/// Invented prices that the call logs are written against. Area 1 is billed by the minute (60/60), areas 2-6 by the second.
/// +1 and +49 are Area 1, +33 Area 2, +44 Area 3, +55 Area 4, +234 Area 5, +881 (high cost) Area 6; +4916 has a tariff of
/// its own (connect fee, 30/6), +358 (Area 2) one so low that a second rounds to nothing; +352 is listed in no area and has no price.
/// </summary>
internal static class SamplePrices
{
    public const string ListType = "END_USER";
    public const string Own = "+14805550100";

    /// <summary>Currency units per minute, by area.</summary>
    public static readonly ImmutableArray<string> AreaPrices = ["", "0.0225", "0.045", "0.09", "0.18", "0.36", "1.2"];

    public static readonly Catalogue Catalogue = new(
        [List(1, new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), AreaPrices),
         List(2, new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero), ["", "0.03", "0.06", "0.12", "0.24", "0.48", "1.5"])],
        [
            Plan("POOL", "2020-01-01", 1000, AllowanceSharing.Pooled), // R1: the older version of the same code included 1000
            Plan("POOL", "2026-01-01", 3000, AllowanceSharing.Pooled),
            Plan("POOL", "2027-02-01", 2000, AllowanceSharing.Pooled),
            Plan("SEATS", "2020-01-01", 3000, AllowanceSharing.PerUser),
            Plan("TINY", "2020-01-01", 10, AllowanceSharing.Pooled),
            Plan("TINYSEATS", "2020-01-01", 10, AllowanceSharing.PerUser),
            Plan("NONE", "2020-01-01", 0, AllowanceSharing.Pooled),
            Plan("LATER", "2026-11-15", 3000, AllowanceSharing.Pooled),
        ]);

    public static E164Number Number(string text) =>
        E164Number.Parse(text, out var number) == NumberForm.E164 ? number : throw new FormatException($"{text} is not E.164");

    public static Amount Money(string text) =>
        Amount.TryParse(text, out var amount) ? amount : throw new FormatException($"{text} is not an amount");

    public static Tariff PerMinute(string price, int incrementSeconds, string connectFee = "0") =>
        Tariff.Create(Money(connectFee), 0, [new TariffStep(0, Money(price), 60, incrementSeconds)]);

    public static PriceListVersion List(int number, DateTimeOffset effectiveAt, IReadOnlyList<string> prices, string currency = "USD") => new(
        ListType, currency, "UTC", 4, number, effectiveAt,
        Enumerable.Range(1, 6).ToDictionary(area => (CallArea)area, area => PerMinute(prices[area], area == 1 ? 60 : 1)),
        PrefixTable.Build(
        [
            new PriceListEntry("1", "US", "United States", CallArea.Area1, null, false),
            new PriceListEntry("49", "DE", "Germany", CallArea.Area1, null, false),
            new PriceListEntry("4916", "DE", "Germany mobile", CallArea.Area1, MobileTariff, false),
            new PriceListEntry("33", "FR", "France", CallArea.Area2, null, false),
            new PriceListEntry("358", "FI", "Finland", CallArea.Area2, PerMinute("0.002", 1), false),
            new PriceListEntry("44", "GB", "United Kingdom", CallArea.Area3, null, false),
            new PriceListEntry("55", "BR", "Brazil", CallArea.Area4, null, false),
            new PriceListEntry("234", "NG", "Nigeria", CallArea.Area5, null, false),
            new PriceListEntry("881", "", "Satellite", CallArea.Area6, null, true),
            new PriceListEntry("352", "LU", "Luxembourg", CallArea.None, null, false),
        ]));

    private static Tariff MobileTariff => Tariff.Create(
        Money("0.05"), 0, [new TariffStep(0, Money("0.12"), 60, 30), new TariffStep(30, Money("0.12"), 60, 6)]);

    private static PlanVersion Plan(string code, string from, int minutes, AllowanceSharing sharing) => new(
        code, DateOnly.ParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture), PlanTerm.Month, minutes, sharing, "USD",
        [new UserBand(5, Money("31")), new UserBand(20, Money("28")), new UserBand(int.MaxValue, Money("25"))]);
}
