using System.Collections.Immutable;
using System.Security.Cryptography;
using Classound.Charging.Rating;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classound.Grains.Catalogues;

/// <summary>
/// Brings the silo's <see cref="CatalogueCache"/> to the revision of the catalogue grain. What is new is published at once, before
/// anything is loaded: from then on calls of a list whose version in force is not here are refused, not rated by an older one.
/// Loading goes on beside the polls, one content at a time; one that fails is tried again after a pause.
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
    private readonly SemaphoreSlim _polling = new(1);
    private readonly SemaphoreSlim _loading = new(1);
    private readonly Lock _publishing = new();
    private readonly Dictionary<string, DateTimeOffset> _failed = new(StringComparer.Ordinal);
    private readonly HashSet<(string Type, int Number)> _unmakeable = [];
    private CatalogueMetadata _metadata = CatalogueMetadata.Empty;
    private volatile WantedContents _wanted = WantedContents.None;
    private volatile IReadOnlyList<string> _announced = [];
    private IReadOnlyList<string> _reported = [];
    private long _revision = -1;
    private long _refused = -1;
    private long _currentAt;

    public CatalogueRefresh(
        IGrainFactory grains, PriceListLoader loader, CatalogueCache cache, TimeProvider clock,
        IOptions<CatalogueRefreshOptions> options, ILogger<CatalogueRefresh> log)
    {
        (_grains, _loader, _cache, _clock, _options, _log) = (grains, loader, cache, clock, options.Value, log);
        _currentAt = clock.GetTimestamp();
        _metrics = new CatalogueMetrics(
            () => Interlocked.Read(ref _revision), () => cache.Missing.Length, () => _wanted.LeftOut,
            () => clock.GetElapsedTime(Interlocked.Read(ref _currentAt)).TotalSeconds, NumbersInForce);
    }

    /// <summary>Named for people who look for a silo that is behind; another one after each start.</summary>
    public string Name { get; } = $"{Environment.MachineName}/{Environment.ProcessId}/{RandomNumberGenerator.GetHexString(8)}";

    /// <summary>Polls, and loads what is wanted; returns when there is nothing left to load, and the grain knows it.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        await PollAsync(ct);
        await LoadAsync(ct);
        if (!Loaded(_announced).SequenceEqual(_reported)) await PollAsync(ct);
    }

    /// <summary>Asks for a newer revision and publishes it; what it brings is not loaded yet when this returns.</summary>
    public async Task PollAsync(CancellationToken ct)
    {
        await _polling.WaitAsync(ct);
        try
        {
            var asked = _clock.GetTimestamp();
            _reported = Loaded(_announced);
            var news = await _grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key).Follow(new FollowerReport(Name, _revision, _reported));
            if (news.Metadata is { } older && older.Revision < _revision)
            {
                Refuse(older.Revision);
                return;
            }

            _announced = news.Announced;
            if (news.Metadata is { } metadata) Take(metadata);
            Interlocked.Exchange(ref _currentAt, asked);
            _cache.Confirm(asked);
        }
        finally
        {
            _polling.Release();
        }
    }

    /// <summary>Loads what is wanted and not here, first what calls need; after each content it looks again what is wanted.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        await _loading.WaitAsync(ct);
        try
        {
            while (Next() is { } content)
            {
                await KeepAsync(content, ct);
                Publish();
            }
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _polling.Dispose();
        _loading.Dispose();
    }

    /// <summary>What an activation says that has been overtaken: neither news, nor a proof that there is none.</summary>
    private void Refuse(long revision)
    {
        if (Interlocked.Exchange(ref _refused, revision) != revision) CatalogueLog.Older(_log, revision, _revision);
    }

    private void Take(CatalogueMetadata metadata)
    {
        lock (_publishing)
        {
            _metadata = metadata;
            Publish();
        }

        Interlocked.Exchange(ref _revision, metadata.Revision);
        CatalogueLog.Taken(_log, metadata.Revision, metadata.PriceLists.Count, metadata.Plans.Count, _cache.Missing.Length);
    }

    private void Publish()
    {
        lock (_publishing)
        {
            _wanted = WantedContents.Of(_metadata, _clock.GetUtcNow());
            _loader.KeepOnly(_wanted.Contents.Concat(_announced).ToHashSet(StringComparer.Ordinal));
            var made = _metadata.PriceLists.Where(list => list.EffectiveAt is not null)
                .Select(list => (List: list, Version: Make(list))).Where(list => list.Version is not null).ToDictionary(list => list.List, list => list.Version!);
            _cache.Publish(_metadata, [.. made.Values], [.. _wanted.Needed.Where(list => !made.ContainsKey(list))]);
        }
    }

    /// <returns>Null = not loaded, or this host cannot make it, for want of its time zone perhaps: then it is missing like one that was not loaded.</returns>
    private PriceListVersion? Make(PriceListRecord list)
    {
        try
        {
            return _loader.Kept(list);
        }
        catch (Exception e)
        {
            if (_unmakeable.Add((list.Type, list.Number))) CatalogueLog.LoadFailed(_log, list.Type, list.Number, e);
            return null;
        }
    }

    /// <summary>Time alone changes what is wanted: versions come due, and old ones go.</summary>
    private string? Next()
    {
        var now = _clock.GetUtcNow();
        lock (_publishing)
        {
            if (_revision >= 0 && !WantedContents.Of(_metadata, now).Contents.SequenceEqual(_wanted.Contents)) Publish();
            // What calls are refused for comes before what an activation waits for, and that before what may be needed some time.
            return _wanted.Needed.Where(list => list.EffectiveAt <= now).Select(list => list.ContentSha256).Concat(_announced).Concat(_wanted.Contents)
                .FirstOrDefault(content => !_loader.Has(content) && !(_failed.TryGetValue(content, out var retryAt) && now < retryAt));
        }
    }

    private async Task KeepAsync(string content, CancellationToken ct)
    {
        try
        {
            var started = _clock.GetTimestamp();
            await _loader.KeepAsync(content, ct);
            _metrics.Loaded(_clock.GetElapsedTime(started));
            _failed.Remove(content);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // Once, not at every retry: it may take hours to mend.
            if (!_failed.ContainsKey(content) && _metadata.PriceLists.FirstOrDefault(list => list.ContentSha256 == content) is { } list)
                CatalogueLog.LoadFailed(_log, list.Type, list.Number, e);
            _failed[content] = _clock.GetUtcNow() + _options.RetryPause;
        }
    }

    private string[] Loaded(IReadOnlyList<string> contents) => [.. contents.Where(_loader.Has)];

    private IEnumerable<(string Type, int Number)> NumbersInForce()
    {
        var (metadata, now) = (_metadata, _clock.GetUtcNow());
        return metadata.PriceLists.Select(list => list.Type).Distinct(StringComparer.Ordinal)
            .Select(type => (type, metadata.InForce(type, now)?.Number ?? 0));
    }
}
