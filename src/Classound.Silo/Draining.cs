using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Classound.Silo;

/// <summary>
/// A process that was told to stop: first it is not ready any more, for as long as load balancers need to see it, then its
/// requests end, then the silo leaves the cluster.
/// </summary>
internal sealed class Draining(ClassoundOptions options, IHostApplicationLifetime host, TimeProvider clock) : IHostedLifecycleService, IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(host.ApplicationStopping.IsCancellationRequested
            ? HealthCheckResult.Unhealthy("the process was told to stop")
            : HealthCheckResult.Healthy());

    // Before any hosted service stops, and so before Kestrel does.
    public Task StoppingAsync(CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromSeconds(options.DrainSeconds), clock, cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
