using System.Collections.Immutable;
using System.Globalization;

namespace Classound.Charging.Rating;

/// <summary>What a tariff must satisfy, and what follows from its steps alone.</summary>
internal static class TariffRules
{
    private const int MaxSeconds = 14_400; // R14: a call lasts at most four hours, so nothing in a tariff is longer.
    private const int MaxSteps = 16;
    private const int MaxBands = 64;
    private const long MaxCostDenominator = 1_000_000_000; // Keeps every exact cost within 128 bits; 60, 1, 6, 7 ... are far below.

    public static string? Check(
        Amount connectFee, int minimumSeconds, ImmutableArray<TariffStep> steps, ImmutableArray<TariffBand> bands, string? zoneId)
    {
        if (connectFee < Amount.Zero) return Say($"connect fee {connectFee}: expected 0 or more");
        if (minimumSeconds is < 0 or > MaxSeconds) return Say($"minimum seconds {minimumSeconds}: expected 0 to {MaxSeconds}");
        if (CheckSteps(steps) is { } error) return error;
        if (CheckBands(bands, zoneId) is { } bandError) return bandError;
        return CostDenominator(steps, bands) > MaxCostDenominator
            ? Say($"steps: the least common multiple of their PER seconds exceeds {MaxCostDenominator}; expected units such as 1, 6 or 60")
            : null;
    }

    public static string? CheckSteps(ImmutableArray<TariffStep> steps)
    {
        if (steps.IsDefaultOrEmpty) return "steps: none; expected at least one, from second 0";
        if (steps.Length > MaxSteps) return Say($"steps: {steps.Length}; expected at most {MaxSteps}");
        if (steps[0].FromSecond != 0) return Say($"step 1 from second {steps[0].FromSecond}: expected 0");
        for (var i = 0; i < steps.Length; i++)
        {
            var step = steps[i];
            var at = i + 1;
            if (i > 0 && step.FromSecond <= steps[i - 1].FromSecond)
                return Say($"step {at} from second {step.FromSecond}: expected more than {steps[i - 1].FromSecond}");
            if (step.FromSecond > MaxSeconds) return Say($"step {at} from second {step.FromSecond}: expected at most {MaxSeconds}");
            if (step.Price < Amount.Zero) return Say($"step {at} price {step.Price}: expected 0 or more");
            if (step.PerSeconds is < 1 or > MaxSeconds) return Say($"step {at} per {step.PerSeconds} s: expected 1 to {MaxSeconds}");
            if (step.IncrementSeconds is < 1 or > MaxSeconds)
                return Say($"step {at} increment {step.IncrementSeconds} s: expected 1 to {MaxSeconds}");
        }

        return null;
    }

    /// <summary>Least common multiple of all PER seconds; beyond its limit, some value above it.</summary>
    public static long CostDenominator(ImmutableArray<TariffStep> steps, ImmutableArray<TariffBand> bands)
    {
        var multiple = LeastCommonMultiple(1, steps);
        foreach (var band in bands) multiple = LeastCommonMultiple(multiple, band.Steps);
        return multiple;
    }

    public static Amount HighestPricePerMinute(ImmutableArray<TariffStep> steps, ImmutableArray<TariffBand> bands)
    {
        var highest = HighestPricePerMinute(steps);
        foreach (var band in bands)
        {
            var price = HighestPricePerMinute(band.Steps);
            if (price > highest) highest = price;
        }

        return highest;
    }

    private static Amount HighestPricePerMinute(ImmutableArray<TariffStep> steps)
    {
        Int128 highest = 0;
        foreach (var step in steps)
        {
            var nanos = ((Int128)step.Price.Nanos * 60 + step.PerSeconds - 1) / step.PerSeconds;
            if (nanos > highest) highest = nanos;
        }

        return new Amount(highest > long.MaxValue ? long.MaxValue : (long)highest);
    }

    private static long LeastCommonMultiple(long start, ImmutableArray<TariffStep> steps)
    {
        var multiple = start;
        foreach (var step in steps)
        {
            if (multiple > MaxCostDenominator) return multiple;
            multiple *= step.PerSeconds / GreatestCommonDivisor(multiple, step.PerSeconds);
        }

        return multiple;
    }

    private static long GreatestCommonDivisor(long a, long b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }

    private static string? CheckBands(ImmutableArray<TariffBand> bands, string? zoneId)
    {
        if (bands.IsEmpty) return zoneId is null ? null : Say($"band time zone \"{zoneId}\": expected none without bands");
        if (bands.Length > MaxBands) return Say($"bands: {bands.Length}; expected at most {MaxBands}");
        if (zoneId is null) return "band time zone: missing; expected an IANA zone such as Europe/Berlin";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out _))
            return Say($"band time zone \"{zoneId}\": unknown; expected an IANA zone such as Europe/Berlin");
        for (var i = 0; i < bands.Length; i++)
            if (CheckBand(bands[i]) is { } error) return Say($"band {i + 1} {error}");
        return WeekMap.FindOverlap(bands);
    }

    private static string? CheckBand(TariffBand band)
    {
        if (band.Days is WeekDays.None || (band.Days & ~WeekDays.All) != 0) return Say($"days {(int)band.Days}: expected at least one of seven");
        if (band.FromMinute is < 0 or > 1439) return Say($"from minute {band.FromMinute}: expected 0 to 1439");
        if (band.ToMinute is < 0 or > 1440) return Say($"to minute {band.ToMinute}: expected 0 to 1440");
        if (band.ConnectFee < Amount.Zero) return Say($"connect fee {band.ConnectFee}: expected 0 or more");
        return CheckSteps(band.Steps);
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
