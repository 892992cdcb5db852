using Classound.Grains.Catalogues.Directory;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classound.Grains.Catalogues;

/// <summary>Keeps the silo's copies of the catalogue and of the PBX directory current while the process runs.</summary>
public sealed class CatalogueFollower(
    CatalogueRefresh catalogue, PbxDirectory directory, TimeProvider clock, IOptions<CatalogueRefreshOptions> options,
    ILogger<CatalogueFollower> log) : BackgroundService
{
    // The first questions of a process come before its silo has started.
    private const int FailuresToReport = 10;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        FollowAsync(catalogue.RefreshAsync, options.Value.PollInterval, stoppingToken),
        FollowAsync(_ => directory.RefreshAsync(), options.Value.DirectoryInterval, stoppingToken));

    private async Task FollowAsync(Func<CancellationToken, Task> refresh, TimeSpan interval, CancellationToken stopping)
    {
        await Task.Yield();
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await refresh(stopping);
                failures = 0;
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                if (++failures == FailuresToReport) CatalogueLog.PollFailed(log, e);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            // Eager until the first answer: readiness waits for it.
            var pause = failures > 0 && failures < FailuresToReport ? TimeSpan.FromMilliseconds(100) : interval;
            try
            {
                await Task.Delay(pause, clock, stopping);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
