using System.Collections.Immutable;
using System.Globalization;
using Classound.Charging.Rating;
using CsCheck;

namespace Classound.Charging.Tests.Rating;

/// <summary>Everything one rating depends on, and where random ones come from.</summary>
internal sealed record RatingCase(
    Tariff Tariff, int Decimals, DateTimeOffset AnsweredAt, int CallSeconds, ImmutableArray<TariffStep> Ticks, int Available)
{
    // Around clock changes of the zones below, where bands are hardest, an ordinary Monday, and any time from 1972 to 2100.
    private static readonly Gen<DateTimeOffset> Moments = Gen.Frequency(
        (8, Gen.OneOf(
            At("2026-03-29T01:00:00Z"), At("2026-10-25T01:00:00Z"), // Europe/Berlin
            At("2026-03-08T07:00:00Z"), At("2026-11-01T06:00:00Z"), // America/New_York
            At("2026-04-04T15:00:00Z"), At("2026-10-03T15:30:00Z"), // Australia/Lord_Howe, half an hour
            At("2018-11-04T03:00:00Z"), At("2018-02-18T02:00:00Z"), // America/Sao_Paulo, at midnight
            At("2026-03-28T22:00:00Z"), At("2026-10-24T21:00:00Z"), // Asia/Beirut, at midnight
            At("2011-12-30T10:00:00Z"), // Pacific/Apia leaves a day out
            At("2028-02-29T00:00:00Z"), At("2026-11-02T00:00:00Z"))),
        (1, Gen.Long[63_072_000, 4_102_444_800].Select(DateTimeOffset.FromUnixTimeSeconds)));

    private static readonly Gen<string> Zones = Gen.OneOf(
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Beirut", "Pacific/Apia", "Asia/Kathmandu", "Etc/UTC");

    // What lists charge, and once in a while any amount there is, of every magnitude.
    private static readonly Gen<Amount> Prices = Gen.Frequency(
        (3, Gen.Const(Amount.Zero)),
        (6, Gen.Long[1, 3_000_000_000].Select(n => new Amount(n))),
        (6, Gen.Long[1, 3_000].Select(n => new Amount(n * 100_000))),
        (1, Gen.Select(Gen.Long[0, long.MaxValue], Gen.Int[0, 62]).Select((n, shift) => new Amount(n >> shift))));

    private static readonly Gen<int> PerSeconds = Gen.Frequency((12, Gen.OneOf(1, 6, 7, 30, 60, 3600)), (1, Gen.Int[1, 14_400]));

    private static readonly Gen<int> Increments =
        Gen.Frequency((12, Gen.OneOf(1, 1, 5, 6, 7, 13, 30, 60, 90)), (2, Gen.Int[1, 400]), (1, Gen.Int[1, 14_400]));

    private static readonly Gen<ImmutableArray<TariffStep>> Steps =
        Gen.Select(Gen.Int[1, 900], Prices, PerSeconds, Increments)
            .Array[Gen.Frequency((4, Gen.Int[1, 4]), (1, Gen.Int[5, 16]))]
            .Select(parts => parts.Select((p, i) => new TariffStep(parts.Take(i).Sum(q => q.Item1), p.Item2, p.Item3, p.Item4)).ToImmutableArray());

    private static readonly Gen<TariffBand> Bands =
        Gen.Select(Gen.Int[1, 127], Gen.Int[0, 1439], Gen.Int[0, 1440], Prices, Steps)
            .Select((days, from, to, fee, steps) => new TariffBand((WeekDays)days, from, to, fee, steps));

    private static readonly Gen<Tariff> Tariffs =
        Gen.Select(
            Prices, Gen.Frequency((4, Gen.Const(0)), (4, Gen.Int[0, 120]), (1, Gen.Int[0, 14_400])), Steps,
            Gen.OneOf(Gen.Const(Array.Empty<TariffBand>()), Bands.Array[1, 5]), Zones)
            .Select((fee, minimum, steps, bands, zone) => Create(fee, minimum, steps, bands, zone));

    // Two calls in a hundred last for days: the naive rater pays for each of their increments.
    private static readonly Gen<int> CallLengths =
        Gen.Frequency((60, Gen.Int[0, 130]), (32, Gen.Int[0, 4_000]), (6, Gen.Int[0, 14_400]), (2, Gen.Int[0, 400_000]));

    public static readonly Gen<RatingCase> Any =
        Gen.Select(
            Tariffs,
            Gen.Int[0, 9],
            Gen.Select(Moments, Gen.Int[-5_000_000, 5_000_000]).Select((at, ms) => at.AddMilliseconds(ms)),
            CallLengths,
            Gen.OneOf(Gen.Const(ImmutableArray<TariffStep>.Empty), Steps),
            Gen.Frequency((8, Gen.Int[-5, 200]), (8, Gen.Int[0, 4_000]), (1, Gen.Int[0, 400_000])))
            .Select((tariff, decimals, at, call, ticks, available) => new RatingCase(tariff, decimals, at, call, ticks, available));

    public NaiveRater Naive => new(Tariff, AnsweredAt);

    public CallRating Rate(int? callSeconds = null) =>
        Rater.Rate(Tariff, Decimals, AnsweredAt, callSeconds ?? CallSeconds, Ticks, Available);

    // What a tariff would refuse is left out: bands that overlap the ones before, and units without a usable common multiple.
    private static Tariff Create(Amount fee, int minimum, ImmutableArray<TariffStep> steps, TariffBand[] candidates, string zone)
    {
        if (Tariff.Check(fee, minimum, steps) is not null) steps = [.. steps.Select(s => s with { PerSeconds = 60 })];
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
