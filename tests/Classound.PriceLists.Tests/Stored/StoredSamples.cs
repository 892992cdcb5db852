using System.Globalization;
using Classound.Charging.Allowances;
using Classound.Charging.Rating;
using CsCheck;

namespace Classound.PriceLists.Tests.Stored;

/// <summary>Contents to store.</summary>
internal static class StoredSamples
{
    private static readonly Tariff[] Tariffs =
    [
        Flat(12_000_000, 60), Flat(0, 1),
        Tariff.Create(new Amount(50_000_000), 30, [new(0, new Amount(1), 60, 30), new(30, new Amount(long.MaxValue), 7, 6)]),
        Tariff.Create(
            Amount.Zero, 0, [new(0, new Amount(20_000_000), 60, 1)],
            [
                new(WeekDays.Workdays, 480, 1080, new Amount(3), [new(0, new Amount(40_000_000), 60, 1)]),
                new(WeekDays.Weekend, 0, 1440, Amount.Zero, [new(0, new Amount(10_000_000), 60, 1), new(900, Amount.Zero, 60, 1)]),
            ],
            "Europe/Berlin"),
    ];

    private static readonly Gen<PriceListEntry> Entry = Gen.Select(
        Gen.String[Gen.Char["1239"], 1, 15], Of("", "IT", "DE"), Of("Italy", "Ä, \"quoted\"", "日本 📞"),
        Gen.Int[0, 6], Gen.Int[-1, 3], Gen.Bool,
        (prefix, country, name, area, own, high) =>
            new PriceListEntry(prefix, country, name, (CallArea)area, own < 0 ? null : Copy(Tariffs[own]), high));

    private static readonly Gen<Amount> Amounts = Gen.Long.Select(nanos => new Amount(nanos));

    private static readonly Gen<PlanOffer> Plan = Gen.Select(
        Gen.Int[0, 5], Gen.Int[1, 3], Gen.Int[1, 2], Gen.Int[0, 44_640], Gen.Select(Gen.Int[1, int.MaxValue], Amounts).Array[0, 3],
        (code, term, sharing, minutes, bands) => new PlanOffer(
            Text($"PLAN-{code}"), (PlanTerm)term, (AllowanceSharing)sharing, minutes, [.. bands.Select(band => new UserBand(band.Item1, band.Item2))]));

    private static readonly Gen<DidFee> Did = Gen.Select(
        Of("IT", "DE"), Of("mobile", "geographic"), Amounts, Amounts, (country, kind, setup, monthly) => new DidFee(country, kind, setup, monthly));

    private static readonly Gen<FreePhoneFee> FreePhone = Gen.Select(
        Of("IT", "DE", "US"), Amounts, Amounts, Amounts, Amounts, (country, a, b, c, d) => new FreePhoneFee(country, a, b, c, d));

    /// <summary>Any content, rows in any order.</summary>
    public static readonly Gen<PriceListContent> Any = Gen.Select(
        Entry.Array[0, 40], Gen.Select(Gen.Int[1, 6], Gen.Int[0, 3]).Array[0, 6], Plan.Array[0, 4], Did.Array[0, 4], FreePhone.Array[0, 3],
        (entries, areas, plans, dids, freePhones) => new PriceListContent(
            areas.DistinctBy(row => row.Item1).ToDictionary(row => (CallArea)row.Item1, row => Tariffs[row.Item2]),
            [.. entries.DistinctBy(entry => entry.Prefix)])
        {
            Plans = [.. plans.DistinctBy(plan => plan.Code)],
            DidFees = [.. dids.DistinctBy(fee => (fee.Country, fee.Kind))],
            FreePhoneFees = [.. freePhones.DistinctBy(fee => fee.Country)],
        });

    /// <summary>One of everything.</summary>
    public static PriceListContent Small() => new(
        new Dictionary<CallArea, Tariff> { [CallArea.Area1] = Tariffs[0], [CallArea.Area6] = Tariffs[2] },
        [
            new("39", "IT", "Italy", CallArea.Area1, null, false),
            new("393", "IT", "Italy mobile", CallArea.Area1, Tariffs[3], false),
            new("8816", "", "Satellite", CallArea.Area6, Tariffs[2], true),
        ])
    {
        Plans = [new("FLAT-1m", PlanTerm.Month, AllowanceSharing.Pooled, 3000, [new(5, new Amount(9_990_000_000)), new(int.MaxValue, new Amount(8))])],
        DidFees = [new("IT", "mobile", new Amount(5), new Amount(-6))],
        FreePhoneFees = [new("US", new Amount(1), new Amount(2), new Amount(3), new Amount(4))],
    };

    /// <summary>The same rows in another order, with other instances.</summary>
    public static PriceListContent Shuffle(PriceListContent content, int seed)
    {
        var random = new Random(seed);
        return new PriceListContent(
            Mixed(content.AreaTariffs, random).ToDictionary(row => row.Key, row => Copy(row.Value)), Mixed(content.Entries, random))
        {
            Plans = Mixed(content.Plans, random), DidFees = Mixed(content.DidFees, random), FreePhoneFees = Mixed(content.FreePhoneFees, random),
        };
    }

    private static T[] Mixed<T>(IEnumerable<T> rows, Random random)
    {
        var mixed = rows.ToArray();
        random.Shuffle(mixed);
        return mixed;
    }

    private static Gen<string> Of(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static Tariff Flat(long nanosPerMinute, int increment) =>
        Tariff.Create(Amount.Zero, 0, [new(0, new Amount(nanosPerMinute), 60, increment)]);

    private static Tariff Copy(Tariff tariff) =>
        Tariff.Create(tariff.ConnectFee, tariff.MinimumSeconds, tariff.Steps, tariff.Bands, tariff.BandTimeZoneId);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
