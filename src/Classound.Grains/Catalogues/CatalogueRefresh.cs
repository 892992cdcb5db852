using System.Collections.Immutable;
using Classound.Charging;
using Classound.Charging.Rating;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classound.Grains.Catalogues;

/// <summary>
/// Brings the silo's <see cref="CatalogueCache"/> to the revision of the catalogue grain. One refresh runs at a time. What is
/// loaded stays loaded whatever fails: a version that cannot be loaded is named in <see cref="CatalogueCache.Missing"/> and tried again.
/// </summary>
public sealed class CatalogueRefresh : IDisposable
{
    private readonly IGrainFactory _grains;
    private readonly PriceListLoader _loader;
    private readonly CatalogueCache _cache;
    private readonly TimeProvider _clock;
    private readonly CatalogueRefreshOptions _options;
    private readonly ILogger<CatalogueRefresh> _log;
    private readonly CatalogueMetrics _metrics;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly HashSet<(string Type, int Number)> _complained = [];
    private long _revision = -1;
    private long _currentAt;
    private DateTimeOffset _retryAt;

    public CatalogueRefresh(
        IGrainFactory grains, PriceListLoader loader, CatalogueCache cache, TimeProvider clock,
        IOptions<CatalogueRefreshOptions> options, ILogger<CatalogueRefresh> log)
    {
        (_grains, _loader, _cache, _clock, _options, _log) = (grains, loader, cache, clock, options.Value, log);
        _currentAt = clock.GetTimestamp();
        _metrics = new CatalogueMetrics(
            () => Interlocked.Read(ref _revision), () => cache.Missing.Length,
            () => clock.GetElapsedTime(Interlocked.Read(ref _currentAt)).TotalSeconds);
    }

    /// <summary>Asks for a newer revision and loads it; returns when the cache has what there was when it was asked.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var asked = _clock.GetTimestamp();
            var metadata = await _grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key).GetMetadata(_revision);
            if (metadata is not null || RetryIsDue()) await LoadAsync(metadata ?? _cache.Metadata, ct);
            Interlocked.Exchange(ref _currentAt, asked);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _turn.Dispose();
    }

    private bool RetryIsDue() => !_cache.Missing.IsEmpty && _clock.GetUtcNow() >= _retryAt;

    private async Task LoadAsync(CatalogueMetadata metadata, CancellationToken ct)
    {
        var started = _clock.GetTimestamp();
        var loaded = new List<PriceListVersion>();
        var missing = ImmutableArray.CreateBuilder<PriceListRecord>();
        foreach (var record in metadata.PriceLists.Where(list => list.EffectiveAt is not null))
        {
            if (await TryLoadAsync(record, ct) is { } version) loaded.Add(version);
            else missing.Add(record);
        }

        _cache.Swap(new Catalogue(loaded, metadata.Plans.Select(entry => entry.Plan), metadata.Activated()), metadata, missing.ToImmutable());
        Interlocked.Exchange(ref _revision, metadata.Revision);
        _retryAt = _clock.GetUtcNow() + _options.RetryPause;
        _metrics.Loaded(_clock.GetElapsedTime(started));
        CatalogueLog.Loaded(_log, metadata.Revision, loaded.Count, metadata.Plans.Count);
    }

    private async Task<PriceListVersion?> TryLoadAsync(PriceListRecord record, CancellationToken ct)
    {
        try
        {
            var version = await _loader.LoadAsync(record, keep: true, ct);
            _complained.Remove((record.Type, record.Number));
            return version;
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // Once, not at every retry: it may take hours to mend.
            if (_complained.Add((record.Type, record.Number))) CatalogueLog.LoadFailed(_log, record.Type, record.Number, e);
            return null;
        }
    }
}
