using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Classound.Silo;

/// <summary>What the health checks found last, as a gauge: an alert must be able to see a store that is out while no call comes.</summary>
internal sealed class HealthMetrics : IHealthCheckPublisher, IDisposable
{
    /// <summary>How often the checks are run; as often the health services tell their watchers.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly Meter _meter = new("Classound.Health");
    private readonly ConcurrentDictionary<string, int> _found = new(StringComparer.Ordinal);

    public HealthMetrics() => _meter.CreateObservableGauge(
        "classound.health.status", () => _found.Select(check => new Measurement<int>(check.Value, new KeyValuePair<string, object?>("check", check.Key))),
        null, "1 = the check passed when it was last run, 0 = it failed, by check");

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        // Degraded serves: see LedgerHealthCheck.
        foreach (var (check, entry) in report.Entries) _found[check] = entry.Status == HealthStatus.Unhealthy ? 0 : 1;
        return Task.CompletedTask;
    }

    public void Dispose() => _meter.Dispose();
}
