using Classound.Grains.Catalogues;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Classound.Silo;

/// <summary>
/// Readiness: every price-list version in force or due within the hour was loaded once since the start. It does not turn back: a store that fails later must not take
/// emergency calls away from this process.
/// </summary>
internal sealed class CatalogueLoadedCheck(CatalogueCache catalogue) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(catalogue.WasComplete
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("the price lists are not loaded yet"));
}

/// <summary>Whether chargeable calls can be priced now: no price-list version in force or due within the hour is missing.</summary>
internal sealed class PricesCheck(CatalogueCache catalogue) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(catalogue.IsComplete
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(
                catalogue.IsLoaded ? $"price-list versions cannot be loaded: {string.Join(", ", Missing)}" : "the price lists are not loaded yet"));

    private IEnumerable<string> Missing => catalogue.Missing.Select(list => $"{list.Type} {list.Number}");
}
