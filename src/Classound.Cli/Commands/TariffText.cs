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

    /// <summary>A stretch of a call as one row: from, to, increments, price, cost.</summary>
    public static string[] Row(RatedSegment segment, string currency) =>
    [
        Words.Of(segment.FromSecond), Words.Of(segment.ToSecond), $"{Words.Of(segment.Increments)} x {Words.Of(segment.IncrementSeconds)} s",
        segment.Included ? "included" : $"{NanosText.Format(segment.PriceNanos, currency)} / {Words.Of(segment.PerSeconds)} s",
        segment.ConnectFeeNanos == 0 ? "" : NanosText.Format(segment.ConnectFeeNanos, currency), segment.Included ? "" : $"{segment.ExactCostNanos} nanos",
    ];

    public static void Segments(CliOutput output, IReadOnlyCollection<RatedSegment> segments, string currency)
    {
        if (segments.Count > 0)
            output.Table(["#from s", "#to s", "#increments", "#price", "#connect fee", "#exact cost"], segments.Select(segment => Row(segment, currency)));
    }

    private static string Step(TariffStep step, string currency)
    {
        var from = step.FromSecond == 0 ? "" : $"from {Words.Of(step.FromSecond)} s ";
        return $"{from}{NanosText.Format(step.PriceNanos, currency)} per {Words.Of(step.PerSeconds)} s in steps of {Words.Of(step.IncrementSeconds)} s";
    }
}
