using Classound.Cli.Output;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Rating.V1;

namespace Classound.Cli.Commands;

/// <summary>Tariffs and segments in words.</summary>
internal static class TariffText
{
    public static string Of(Tariff? tariff, string currency)
    {
        if (tariff is null)
            return "";
        var parts = tariff.Steps.Select(step => Step(step, currency)).ToList();
        if (tariff.ConnectFeeNanos > 0)
            parts.Insert(0, $"connect fee {NanosText.Format(tariff.ConnectFeeNanos, currency)}");
        if (tariff.MinimumSeconds > 0)
            parts.Add($"at least {Words.Of(tariff.MinimumSeconds)} s");
        if (tariff.Bands.Count > 0)
            parts.Add($"{Words.Of(tariff.Bands.Count)} time bands in {tariff.BandTimeZone}");
        return string.Join(", ", parts);
    }

    /// <summary>One line of a rating.</summary>
    public static string[] Row(RatedSegment segment, string currency) => segment.Kind == RatedSegmentKind.ConnectFee
        ? [Words.Of(segment.FromSecond), "", "connect fee", NanosText.Format(segment.PriceNanos, currency), Cost(segment)]
        :
        [
            Words.Of(segment.FromSecond), Words.Of(segment.ToSecond),
            $"{Words.Of(segment.Increments)} x {Words.Of(segment.IncrementSeconds)} s",
            Price(segment, currency), Cost(segment),
        ];

    public static void Segments(CliOutput output, IReadOnlyCollection<RatedSegment> segments, string currency)
    {
        if (segments.Count > 0)
            output.Table(
                ["#from s", "#to s", "#increments", "#price", "#exact cost, nanos"], segments.Select(segment => Row(segment, currency)));
    }

    /// <summary>A whole number without its denominator.</summary>
    private static string Cost(RatedSegment segment)
    {
        var exact = segment.ExactCostNanos;
        return segment.Kind == RatedSegmentKind.Included ? "0" : exact.EndsWith("/1", StringComparison.Ordinal) ? exact[..^2] : exact;
    }

    private static string Price(RatedSegment segment, string currency)
    {
        if (segment.Kind == RatedSegmentKind.Included)
            return "included";
        var band = segment.BandNumber == 0 ? "" : $" (band {Words.Of(segment.BandNumber)})";
        return $"{NanosText.Format(segment.PriceNanos, currency)} / {Words.Of(segment.PerSeconds)} s{band}";
    }

    private static string Step(TariffStep step, string currency)
    {
        var from = step.FromSecond == 0 ? "" : $"from {Words.Of(step.FromSecond)} s ";
        var price = NanosText.Format(step.PriceNanos, currency);
        return $"{from}{price} per {Words.Of(step.PerSeconds)} s in steps of {Words.Of(step.IncrementSeconds)} s";
    }
}
