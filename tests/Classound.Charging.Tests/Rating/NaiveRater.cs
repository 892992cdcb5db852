using System.Collections.Immutable;
using System.Numerics;
using Classound.Charging.Rating;

namespace Classound.Charging.Tests.Rating;

/// <summary>
/// The rules of the tariff read word for word, one increment at a time, in fractions of any size. Shares nothing with the
/// rater but the tariff's data: no segments, no common denominator, no look-ahead in time.
/// </summary>
internal sealed class NaiveRater(Tariff tariff, DateTimeOffset answeredAt)
{
    private readonly TimeZoneInfo? _zone = tariff.BandTimeZoneId is { } id ? TimeZoneInfo.FindSystemTimeZoneById(id) : null;

    public CallRating Rate(int decimals, int callSeconds, ImmutableArray<TariffStep> ticks, int available)
    {
        var (rated, included, nanos) = Walk(decimals, callSeconds, ticks, available);
        return new CallRating(callSeconds, rated, included, new Amount((long)nanos));
    }

    /// <summary>The money of <see cref="Rate"/>, however much it is.</summary>
    public BigInteger Nanos(int decimals, int callSeconds, ImmutableArray<TariffStep> ticks, int available) =>
        Walk(decimals, callSeconds, ticks, available).Nanos;

    private (int Rated, int Included, BigInteger Nanos) Walk(int decimals, int callSeconds, ImmutableArray<TariffStep> ticks, int available)
    {
        if (callSeconds == 0) return (0, 0, 0);
        var needed = callSeconds < tariff.MinimumSeconds ? tariff.MinimumSeconds : callSeconds;
        var second = 0;
        if (!ticks.IsDefaultOrEmpty)
            for (var tick = StepAt(ticks, second); second < needed && second + tick.IncrementSeconds <= available; tick = StepAt(ticks, second))
                second += tick.IncrementSeconds;

        var included = second;
        BigInteger fee = 0;
        if (second < needed) fee = BandAt(second) is { } first ? first.ConnectFee.Nanos : tariff.ConnectFee.Nanos;
        var counts = new Dictionary<TariffStep, int>(ReferenceEqualityComparer.Instance);
        while (second < needed)
        {
            var step = StepAt(BandAt(second)?.Steps ?? tariff.Steps, second);
            counts[step] = counts.GetValueOrDefault(step) + 1;
            second += step.IncrementSeconds;
        }

        return (second, included, Round(fee, counts, decimals));
    }

    private static BigInteger Round(BigInteger fee, Dictionary<TariffStep, int> counts, int decimals)
    {
        var numerator = fee;
        BigInteger denominator = 1;
        foreach (var (step, increments) in counts)
        {
            numerator = numerator * step.PerSeconds + (BigInteger)step.Price.Nanos * step.IncrementSeconds * increments * denominator;
            denominator *= step.PerSeconds;
        }

        var quantum = BigInteger.Pow(10, 9 - decimals);
        var down = BigInteger.DivRem(numerator, denominator * quantum, out var rest);
        var up = rest * 2 >= denominator * quantum ? 1 : 0;
        return (down + up) * quantum;
    }

    private static TariffStep StepAt(ImmutableArray<TariffStep> steps, int second)
    {
        var found = steps[0];
        foreach (var step in steps)
            if (step.FromSecond <= second) found = step;
        return found;
    }

    private TariffBand? BandAt(int second)
    {
        if (_zone is null) return null;
        var local = TimeZoneInfo.ConvertTime(answeredAt.AddSeconds(second), _zone).DateTime;
        var today = Day(local.DayOfWeek);
        var yesterday = Day(local.AddDays(-1).DayOfWeek);
        var minute = local.Hour * 60 + local.Minute;
        foreach (var band in tariff.Bands)
        {
            var wraps = band.ToMinute <= band.FromMinute;
            var startedToday = band.Days.HasFlag(today) && minute >= band.FromMinute && (wraps || minute < band.ToMinute);
            var startedYesterday = band.Days.HasFlag(yesterday) && wraps && minute < band.ToMinute;
            if (startedToday || startedYesterday) return band;
        }

        return null;
    }

    private static WeekDays Day(DayOfWeek day) => day switch
    {
        DayOfWeek.Monday => WeekDays.Monday,
        DayOfWeek.Tuesday => WeekDays.Tuesday,
        DayOfWeek.Wednesday => WeekDays.Wednesday,
        DayOfWeek.Thursday => WeekDays.Thursday,
        DayOfWeek.Friday => WeekDays.Friday,
        DayOfWeek.Saturday => WeekDays.Saturday,
        _ => WeekDays.Sunday,
    };
}
