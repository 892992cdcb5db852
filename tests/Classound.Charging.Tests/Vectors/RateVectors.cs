using System.Globalization;
using System.Numerics;
using Classound.Charging.Rating;

namespace Classound.Charging.Tests.Vectors;

/// <summary>Kinds rate, round, increment_expand and money_sum: what one call costs.</summary>
internal static class RateVectors
{
    /// <returns>What could not be compared, or null.</returns>
    public static string? Rate(RatingVector vector)
    {
        var tariff = RatingVector.ToTariff(vector.Input.GetProperty("tariff"));
        var seconds = vector.Input.GetProperty("duration_s").GetInt32();
        var lines = Rater.Explain(tariff, Amount.MaxDecimals, vector.AnsweredAt, seconds, default, 0);
        // A later segment of the source's call is ours without the connect fee, which is a line of its own.
        var isFirst = !vector.Input.TryGetProperty("is_first_segment", out var first) || first.GetBoolean();
        if (!isFirst) lines = [.. lines.Where(l => l.Kind == RatedSegmentKind.Charged)];
        AssertExact(vector, lines);
        AssertLines(vector, lines);
        LookupVectors.AssertPrefix(vector);
        if (!isFirst) return null;
        var rating = Rater.Rate(tariff, Amount.MaxDecimals, vector.AnsweredAt, seconds, default, 0);
        Assert.Equal(RatingVector.Money(vector.Exact.GetProperty("cost")), rating.Money);
        Assert.Equal(int.Parse(vector.Exact.GetProperty("billed_duration_s").GetString()!, CultureInfo.InvariantCulture), rating.RatedSeconds);
        return AssertCallLevelRounding(vector, tariff, seconds);
    }

    public static string? Round(RatingVector vector)
    {
        var value = vector.Input.GetProperty("value").GetString()!;
        var decimals = vector.Input.GetProperty("decimals").GetInt32();
        var asIs = Tariff.Create(RatingVector.Money(value), 0, [new TariffStep(0, Amount.Zero, 1, 1)]);
        Assert.Equal(
            RatingVector.Money(vector.Expected.GetProperty("value")),
            Rater.Rate(asIs, decimals, DateTimeOffset.UnixEpoch, 1, default, 0).Money);
        return null;
    }

    public static string? ExpandIncrements(RatingVector vector)
    {
        var segments = vector.Input.GetProperty("segments").EnumerateArray().ToList();
        var first = segments[0].GetProperty("duration_s").GetInt32();
        var increment = segments[0].GetProperty("increment_s").GetInt32();
        var tariff = Tariff.Create(
            Amount.Zero, 0, [new TariffStep(0, new Amount(1), 1, increment), new TariffStep(first, new Amount(1), 1, 1)]);
        var seconds = segments.Sum(s => s.GetProperty("duration_s").GetInt32());
        var lines = Rater.Explain(tariff, 9, DateTimeOffset.UnixEpoch, seconds, default, 0);
        Assert.Equal(vector.Expected.GetProperty("first_segment_billed_s").GetInt32(), lines[0].ToSecond);
        Assert.Equal(vector.Expected.GetProperty("segments").GetInt32(), lines.Count);
        Assert.Equal(seconds, lines[^1].ToSecond);
        return null;
    }

    public static string? SumIncrements(RatingVector vector)
    {
        var price = RatingVector.Money(vector.Input.GetProperty("increment_cost"));
        var tariff = Tariff.Create(Amount.Zero, 0, [new TariffStep(0, price, 1, 1)]);
        var money = Rater.Rate(tariff, 9, DateTimeOffset.UnixEpoch, vector.Input.GetProperty("increments").GetInt32(), default, 0).Money;
        Assert.Equal(RatingVector.Money(vector.Expected.GetProperty("cost")), money);
        return null;
    }

    private static void AssertExact(RatingVector vector, IEnumerable<RatedSegment> lines)
    {
        BigInteger nanos = 0;
        BigInteger per = 1;
        foreach (var cost in lines.Select(l => Fraction(l.ExactCost))) (nanos, per) = (nanos * cost.Per + cost.Over * per, per * cost.Per);
        var exact = Fraction(vector.Exact.GetProperty("fraction").GetString()!);
        Assert.Equal(exact.Over * per * 1_000_000_000, nanos * exact.Per);
    }

    private static void AssertLines(RatingVector vector, IReadOnlyList<RatedSegment> lines)
    {
        var fee = lines.Where(l => l.Kind == RatedSegmentKind.ConnectFee).Sum(l => l.Price.Nanos);
        if (vector.Expected.TryGetProperty("connect_fee_charged", out var expected)) Assert.Equal(RatingVector.Money(expected).Nanos, fee);
        if (vector.Expected.TryGetProperty("segments", out var segments))
            Assert.Equal(segments.GetInt32(), lines.Count(l => l.Kind == RatedSegmentKind.Charged));
        if (vector.Expected.TryGetProperty("billed_duration_s", out var billed)) Assert.Equal(billed.GetInt32(), lines[^1].ToSecond);
    }

    private static string? AssertCallLevelRounding(RatingVector vector, Tariff tariff, int seconds)
    {
        var theirs = RatingVector.Money(vector.Exact.GetProperty("cost_after_call_level_rounding"));
        var ours = Rater.Rate(tariff, vector.Decimals, vector.AnsweredAt, seconds, default, 0).Money;
        if (ours == theirs) return null;
        Assert.NotEqual("middle", vector.RoundingMethod);
        return $"exact cost compared; at {vector.Decimals} decimals the source rounds {vector.RoundingMethod} to {theirs}, we half up to {ours}";
    }

    private static (BigInteger Over, BigInteger Per) Fraction(string text)
    {
        var parts = text.Split('/');
        return (BigInteger.Parse(parts[0], CultureInfo.InvariantCulture), BigInteger.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
