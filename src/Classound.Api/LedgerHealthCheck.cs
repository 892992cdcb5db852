using Classound.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Classound.Api;

/// <summary>
/// Whether chargeable calls can be decided now. Not part of readiness: while the store is out, edges must still reach us
/// for emergency calls and for a quick UNAVAILABLE.
/// </summary>
public sealed class LedgerHealthCheck(ILedgerStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await store.IsHealthyAsync(cancellationToken)
                ? Serving()
                : HealthCheckResult.Unhealthy("the ledger store does not answer");
        }
        catch (Exception e) when (e is StoreUnavailableException or StoreOutcomeUnknownException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("the ledger store does not answer", e);
        }
    }

    // Degraded still serves: an alarm is for people, and refusing calls would bring nothing back.
    private static HealthCheckResult Serving() => DataLossAlarm.Last is { } loss
        ? HealthCheckResult.Degraded($"the ledger store has lost data: {loss}")
        : HealthCheckResult.Healthy();
}
