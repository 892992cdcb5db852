using System.Diagnostics.Metrics;

namespace Classound.Grains.Pbxs;

/// <summary>Calls whose end was not reported, and what became of them.</summary>
internal static class LeaseMetrics
{
    private static readonly Meter Meter = new("Classound.Grains");

    public static readonly Counter<long> ClosedByLease = Meter.CreateCounter<long>(
        "classound.calls.closed_by_lease", "{call}", "Calls closed at the end of their lease, as no end was reported");

    public static readonly Counter<long> ClosedBySync = Meter.CreateCounter<long>(
        "classound.calls.closed_by_sync", "{call}", "Calls closed because their edge said that it no longer has them");

    public static readonly Counter<long> Corrected = Meter.CreateCounter<long>(
        "classound.calls.corrected", "{call}", "Closed calls whose end came later and corrected them");

    public static readonly Counter<long> Healed = Meter.CreateCounter<long>(
        "classound.leases.healed", "{lease}", "Leases written anew because they were overdue without an overdue call");

    public static readonly Histogram<double> SweepDuration = Meter.CreateHistogram<double>(
        "classound.sweep.duration", "s", "How long a sweep over this silo's partitions took", null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60] });

    /// <summary>An alert cannot see the first of something that was not there before.</summary>
    public static void BeginAtZero()
    {
        foreach (var counter in (Counter<long>[])[ClosedByLease, ClosedBySync, Corrected, Healed]) counter.Add(0);
    }
}
