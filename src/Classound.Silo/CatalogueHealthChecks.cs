using Classound.Grains.Catalogues;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Classound.Silo;

/// <summary>
/// Readiness: every price-list version in force or due within the hour was loaded once since the start. It does not turn back: a store
/// that fails later must not take emergency calls away from this process.
/// </summary>
internal sealed class CatalogueLoadedCheck(CatalogueCache catalogue) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(catalogue.WasComplete
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("the price lists are not loaded yet"));
}

/// <summary>Whether chargeable calls can be priced now: no price-list version in force is missing, and the catalogue was asked a moment ago.</summary>
internal sealed class PricesCheck(CatalogueCache catalogue, TimeProvider clock) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Problem() is { } problem ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy());

    private string? Problem()
    {
        var now = clock.GetUtcNow();
        return !catalogue.IsLoaded ? "the price lists are not loaded yet"
            : !catalogue.IsCompleteAt(now)
                ? $"price-list versions cannot be loaded: {string.Join(", ", catalogue.MissingAt(now).Select(list => $"{list.Type} {list.Number}"))}"
            : !catalogue.IsCurrent(clock) ? $"the catalogue has not answered for {FollowerTimes.MaxAge.TotalSeconds:F0} s" : null;
    }
}
