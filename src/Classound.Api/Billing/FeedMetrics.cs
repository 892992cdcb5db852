using System.Diagnostics.Metrics;
using Classound.Grains.Pbxs;

namespace Classound.Api.Billing;

/// <summary>How far billing systems are behind, in the meter <c>Classound.Api</c>. Only they know what they have; this is what they ask for.</summary>
internal static class FeedMetrics
{
    private static readonly double[] Seconds = [0, 1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400, 604_800, 2_678_400];

    private static readonly Meter Meter = new(PbxCalls.MeterName);

    private static readonly Histogram<double> Lag = Meter.CreateHistogram<double>(
        "classound.feed.lag", "s", "Age of the oldest rated call left behind a page that was read; 0 = the reader has all", null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>(
        "classound.feed.calls", "{call}", "Rated calls given to billing systems, those read again included");

    /// <param name="entries">What was found, one more than the page where there is more.</param>
    public static void Read(IReadOnlyList<FeedEntry> entries, int page, DateTimeOffset now)
    {
        Calls.Add(Math.Min(entries.Count, page));
        var left = entries.Count > page ? now - entries[page].Call.SettledAt : TimeSpan.Zero;
        Lag.Record(left > TimeSpan.Zero ? left.TotalSeconds : 0);
    }
}
