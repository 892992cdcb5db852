using System.Collections.Immutable;
using System.Globalization;
using Classound.Charging.Rating;
using CsCheck;

namespace Classound.Charging.Tests.Rating;

/// <summary>Everything one rating depends on, and where random ones come from.</summary>
internal sealed record RatingCase(
    Tariff Tariff, int Decimals, DateTimeOffset AnsweredAt, int CallSeconds, ImmutableArray<TariffStep> Ticks, int Available)
{
    // Around clock changes of the zones below, where bands are hardest, and an ordinary Monday.
    private static readonly DateTimeOffset[] Moments =
    [
        At("2026-03-29T01:00:00Z"), At("2026-10-25T01:00:00Z"), // Europe/Berlin
        At("2026-03-08T07:00:00Z"), At("2026-11-01T06:00:00Z"), // America/New_York
        At("2026-04-04T15:00:00Z"), At("2026-10-03T15:30:00Z"), // Australia/Lord_Howe, half an hour
        At("2026-11-02T00:00:00Z"),
    ];

    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Etc/UTC"];

    private static readonly Gen<Amount> Prices = Gen.OneOf(
        Gen.Const(Amount.Zero), Gen.Long[1, 3_000_000_000].Select(n => new Amount(n)), Gen.Long[1, 3_000].Select(n => new Amount(n * 100_000)));

    private static readonly Gen<ImmutableArray<TariffStep>> Steps =
        Gen.Select(Gen.Int[1, 400], Prices, Gen.OneOf(1, 6, 7, 30, 60, 3600), Gen.OneOf(1, 1, 5, 6, 7, 13, 30, 60, 90))
            .Array[1, 4]
            .Select(parts => parts.Select((p, i) => new TariffStep(parts.Take(i).Sum(q => q.Item1), p.Item2, p.Item3, p.Item4)).ToImmutableArray());

    private static readonly Gen<TariffBand> Bands =
        Gen.Select(Gen.Int[1, 127], Gen.Int[0, 1439], Gen.Int[0, 1440], Prices, Steps)
            .Select((days, from, to, fee, steps) => new TariffBand((WeekDays)days, from, to, fee, steps));

    private static readonly Gen<Tariff> Tariffs =
        Gen.Select(Prices, Gen.OneOf(Gen.Const(0), Gen.Int[0, 120]), Steps, Bands.Array[0, 5], Gen.OneOf(Zones))
            .Select((fee, minimum, steps, bands, zone) => Create(fee, minimum, steps, bands, zone));

    public static readonly Gen<RatingCase> Any =
        Gen.Select(
            Tariffs,
            Gen.Int[0, 9],
            Gen.Select(Gen.OneOf(Moments), Gen.Int[-5_000_000, 5_000_000]).Select((at, ms) => at.AddMilliseconds(ms)),
            Gen.OneOf(Gen.Int[0, 130], Gen.Int[0, 4_000]),
            Gen.OneOf(Gen.Const(ImmutableArray<TariffStep>.Empty), Steps),
            Gen.OneOf(Gen.Int[-5, 200], Gen.Int[0, 4_000]))
            .Select((tariff, decimals, at, call, ticks, available) => new RatingCase(tariff, decimals, at, call, ticks, available));

    public CallRating Rate(int? callSeconds = null) =>
        Rater.Rate(Tariff, Decimals, AnsweredAt, callSeconds ?? CallSeconds, Ticks, Available);

    // Bands that overlap the ones before are left out: a tariff would refuse them.
    private static Tariff Create(Amount fee, int minimum, ImmutableArray<TariffStep> steps, TariffBand[] candidates, string zone)
    {
        ImmutableArray<TariffBand> bands = [];
        foreach (var band in candidates)
            if (Tariff.Check(fee, minimum, steps, bands.Add(band), zone) is null) bands = bands.Add(band);
        return Tariff.Create(fee, minimum, steps, bands, bands.IsEmpty ? null : zone);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Tariff.FormatSteps(Tariff.Steps)} fee {Tariff.ConnectFee} min {Tariff.MinimumSeconds} bands [{string.Join("; ", Tariff.Bands.Select(b => $"{b.Days} {b.FromMinute}-{b.ToMinute} {b.ConnectFee} {Tariff.FormatSteps(b.Steps)}"))}] {Tariff.BandTimeZoneId} at {AnsweredAt:O} for {CallSeconds} s, ticks {Tariff.FormatSteps(Ticks)} of {Available} s, {Decimals} decimals");
}
