using System.Globalization;
using Classound.Charging.Allowances;
using Classound.Charging.Rating;
using CsCheck;

namespace Classound.PriceLists.Tests.OwnFormat;

/// <summary>Contents that an import accepts where the list type allows other increments.</summary>
internal static class OwnSamples
{
    public static readonly PriceListRules Rules = new() { AllowOtherIncrements = true };

    private static readonly string[] Names =
    [
        "Italy", "Côte d'Ivoire, mobile", "Vatican \"City\"", "=1+2", "+39 Italy", "-5", "@sum", "#1", "日本 📞", "a;b|c", "\"", "1e5", "2026-01-02",
        "00", "'quoted'", "x & <y>", "_x000D_", "TRUE", "12:30",
        "'=1+2", "''+1", "'-", "-", "a;=b", "a,-b;'@c", "\"=1", "\uFF1D1+1", "'+39'",
    ];

    private static readonly Gen<Amount> Price = Gen.OneOf(
        Gen.Long[0, 16_000_000_000], Gen.Int[0, 200].Select(cents => cents * 1_000_000L), Of(0L, 1L, 16_666_666_666L))
        .Select(nanos => new Amount(nanos));

    private static readonly Gen<Amount> Fee = Gen.OneOf(Gen.Long[0, 100_000_000_000_000], Gen.Int[0, 100].Select(fee => fee * 1_000_000_000L))
        .Select(nanos => new Amount(nanos));

    private static readonly Gen<TariffStep> Step = Gen.Select(
        Price, Of(1, 6, 7, 60), Of(1, 6, 30, 60), (price, per, increment) =>
            new TariffStep(0, new Amount(price.Nanos / 60 * per), per, increment));

    private static readonly Gen<TariffStep[]> Steps = Step.Array[1, 3]
        .Select(steps => steps.Select((step, i) => step with { FromSecond = i * 30 }).ToArray());

    // Days, from and to of bands that never meet.
    private static readonly (WeekDays Days, int From, int To)[][] Weeks =
    [
        [], [],
        [(WeekDays.Workdays, 480, 1080)],
        [(WeekDays.Workdays, 480, 1080), (WeekDays.Weekend, 0, 1440)],
        [(WeekDays.All, 1320, 360)],
        [(WeekDays.Sunday, 0, 0), (WeekDays.Monday | WeekDays.Wednesday | WeekDays.Thursday, 1, 1439)],
    ];

    private static readonly Gen<Tariff> Tariffs = Gen.Select(
        Fee.Select(fee => new Amount(fee.Nanos / 1000)), Of(0, 1, 30, 14_400), Steps, Of(Weeks),
        Gen.Select(Steps, Price).Array[2], Of("Europe/Berlin", "America/New_York"),
        (fee, minimum, steps, week, prices, zone) => Tariff.Create(
            fee, minimum, [.. steps],
            [.. week.Select((at, i) => new TariffBand(at.Days, at.From, at.To, prices[i].Item2, [.. prices[i].Item1]))],
            week.Length == 0 ? null : zone));

    private static readonly Gen<PriceListEntry> Entry = Gen.Select(
        Gen.String[Gen.Char["123"], 1, 15], Of("", "IT", "NO", "XK"), Of(Names), Gen.Int[1, 6], Tariffs, Gen.Int[0, 2], Gen.Bool,
        (prefix, country, name, area, own, which, high) => new PriceListEntry(prefix, country, name, (CallArea)area, which == 0 ? own : null, high));

    private static readonly Gen<PlanOffer> Plan = Gen.Select(
        Gen.Int[0, 5], Of(PlanTerm.Month, PlanTerm.Year, PlanTerm.FiveYears),
        Of(AllowanceSharing.Pooled, AllowanceSharing.PerUser), Gen.Int[0, 44_640], Gen.Select(Gen.Int[1, 1000], Fee).Array[1, 5], Gen.Bool,
        (code, term, sharing, minutes, bands, open) => new PlanOffer(
            string.Create(CultureInfo.InvariantCulture, $"FLAT-{code}.1m"), term, sharing, minutes,
            [.. bands.Select((band, i) => new UserBand(
                open && i == bands.Length - 1 ? int.MaxValue : bands[..(i + 1)].Sum(b => b.Item1), band.Item2))]));

    private static readonly Gen<DidFee> Did = Gen.Select(
        Of("IT", "DE"), Of("mobile", "geographic", "=x", "1"), Fee, Fee, (a, b, c, d) => new DidFee(a, b, c, d));

    private static readonly Gen<FreePhoneFee> FreePhone = Gen.Select(
        Of("IT", "DE", "US"), Fee, Price, Price, Price, (a, b, c, d, e) => new FreePhoneFee(a, b, c, d, e));

    /// <summary>Any content, rows in any order, all six areas.</summary>
    public static readonly Gen<PriceListContent> Any = Gen.Select(
        Entry.Array[0, 20], Tariffs.Array[6], Plan.Array[0, 3], Did.Array[0, 4], FreePhone.Array[0, 3],
        (entries, areas, plans, dids, freePhones) => new PriceListContent(
            areas.Select((tariff, i) => ((CallArea)(i + 1), tariff)).ToDictionary(), [.. entries.DistinctBy(entry => entry.Prefix)])
        {
            Plans = [.. plans.DistinctBy(plan => plan.Code)],
            DidFees = [.. dids.DistinctBy(fee => (fee.Country, fee.Kind))],
            FreePhoneFees = [.. freePhones.DistinctBy(fee => fee.Country)],
        });

    private static Gen<T> Of<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>Content without prefixes, areas or anything else, to add to.</summary>
    public static PriceListContent Nothing { get; } = new(new Dictionary<CallArea, Tariff>(), []);

    public static Tariff Tariff60(string price) =>
        Tariff.TryParseSteps(price + "/60+1", out var steps, out var error) ? Tariff.Create(Amount.Zero, 0, steps) : throw new ArgumentException(error);

    public static void AssertSame(PriceListContent expected, PriceListReadResult read)
    {
        Assert.Empty(read.Errors);
        Assert.Equal(expected.AreaTariffs.OrderBy(row => row.Key), read.Content!.AreaTariffs.OrderBy(row => row.Key));
        Assert.Equal(expected.Entries, read.Content.Entries);
        Assert.Equal(expected.Plans, read.Content.Plans);
        Assert.Equal(expected.DidFees, read.Content.DidFees);
        Assert.Equal(expected.FreePhoneFees, read.Content.FreePhoneFees);
    }
}
