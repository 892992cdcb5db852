using HdrHistogram;

namespace Classound.Benchmarks.Load;

/// <summary>Response times from when each request was due, in milliseconds.</summary>
/// <param name="Rate">Requests that were due in a second.</param>
internal sealed record Latencies(double Rate, double P50, double P99, double P999, double Longest, long Count)
{
    private const double Milli = 1000;

    /// <summary>Requests that were answered UNAVAILABLE and asked again.</summary>
    public long Repeats { get; init; }

    /// <summary>What all of it cost, warm-up and the last answers included.</summary>
    public required Window Cpu { get; init; }

    /// <param name="micros">Of microseconds.</param>
    public static Latencies Of(HistogramBase micros, double rate, Window cpu) => new(
        rate, micros.GetValueAtPercentile(50) / Milli, micros.GetValueAtPercentile(99) / Milli, micros.GetValueAtPercentile(99.9) / Milli,
        micros.GetMaxValue() / Milli, micros.TotalCount)
    {
        Cpu = cpu,
    };
}
