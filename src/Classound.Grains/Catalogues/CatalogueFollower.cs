using Classound.Grains.Catalogues.Directory;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classound.Grains.Catalogues;

/// <summary>Keeps the silo's copies of the catalogue and of the PBX directory current while the process runs.</summary>
public sealed class CatalogueFollower(
    CatalogueRefresh catalogue, PbxDirectory directory, IHostApplicationLifetime host, TimeProvider clock,
    IOptions<CatalogueRefreshOptions> options, ILogger<CatalogueFollower> log) : BackgroundService
{
    // One failure is a grain that moves, or a store that hiccups.
    private const int FailuresToReport = 10;

    private Task _loading = Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Before the host has started and once it is stopping there is no silo to ask: each question would end in a page of errors.
        using var running = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, host.ApplicationStopping);
        try
        {
            await StartedAsync(running.Token);
            await Task.WhenAll(
                FollowAsync(FollowCatalogueAsync, options.Value.PollInterval, running.Token),
                FollowAsync(_ => directory.RefreshAsync(), options.Value.DirectoryInterval, running.Token));
        }
        catch (OperationCanceledException) when (running.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    /// <summary>
    /// Polls go on while a large list is loaded: what another list's activation changes must not wait for it. Loading goes on while polls
    /// fail: what is wanted is known, and the store may answer.
    /// </summary>
    private async Task FollowCatalogueAsync(CancellationToken stopping)
    {
        if (_loading.IsCompleted) _loading = LoadAsync(stopping);
        await catalogue.PollAsync(stopping);
        if (_loading.IsCompleted) _loading = LoadAsync(stopping);
    }

    private async Task LoadAsync(CancellationToken stopping)
    {
        try
        {
            await catalogue.LoadAsync(stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            CatalogueLog.LoadingFailed(log, e);
        }
    }

    private async Task StartedAsync(CancellationToken stopping)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = host.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stopping);
    }

    private async Task FollowAsync(Func<CancellationToken, Task> refresh, TimeSpan interval, CancellationToken stopping)
    {
        for (var failures = 0; ; await Task.Delay(interval, clock, stopping))
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
        }
    }
}
