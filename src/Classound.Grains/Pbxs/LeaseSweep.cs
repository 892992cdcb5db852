using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Classound.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classound.Grains.Pbxs;

/// <summary>
/// Finds calls whose lease has ended and has their PBX close them. Every active silo sweeps its share of the partitions; doing it
/// twice is harmless, because the grain decides by what it knows and the commit admits one settlement.
/// </summary>
public sealed partial class LeaseSweep : BackgroundService
{
    private const int PageSize = 1_000;
    private const int CallsPerRequest = 100;

    private readonly Meter _meter = new("Classound.Grains");
    private readonly ILedgerStore _store;
    private readonly IGrainFactory _grains;
    private readonly Func<int, IReadOnlyList<int>> _share;
    private readonly IHostApplicationLifetime? _host;
    private readonly TimeProvider _clock;
    private readonly LeaseSweepOptions _options;
    private readonly ILogger<LeaseSweep> _log;

    // Overdue in the list and not in their grain, in the sweep before: still so now, nothing else will remove them.
    private ConcurrentDictionary<DueLease, bool> _suspects = new();

    // By partition: when its store was last known not to serve, by a monotonic clock; being first seen counts. Each silo judges by its own.
    private readonly ConcurrentDictionary<int, long> _troubledAt = new();
    private int _last = -1;
    private long _succeededAt;
    private double _lagSeconds;
    private bool _failing;

    /// <param name="share">The partitions to sweep, of a number of them.</param>
    /// <param name="host">Null = sweep from the start on; else only while the host is up.</param>
    public LeaseSweep(
        ILedgerStore store, IGrainFactory grains, Func<int, IReadOnlyList<int>> share, IHostApplicationLifetime? host, TimeProvider clock,
        IOptions<LeaseSweepOptions> options, ILogger<LeaseSweep> log)
    {
        (_store, _grains, _share, _host, _clock, _options, _log) = (store, grains, share, host, clock, options.Value, log);
        _succeededAt = clock.GetTimestamp();
        _meter.CreateObservableGauge("classound.sweep.lag", () => _lagSeconds, "s", "Age of the oldest overdue lease that the last sweep saw");
        _meter.CreateObservableGauge(
            "classound.sweep.last_success", () => clock.GetElapsedTime(_succeededAt).TotalSeconds, "s", "Since the last sweep without a failure");
    }

    /// <summary>One sweep over this silo's partitions. What fails is tried again by the next one.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        var (started, now) = (_clock.GetTimestamp(), _clock.GetUtcNow());
        var round = new Round(now, _suspects);
        var share = _share(_store.PartitionCount);
        Meet(share, started);
        // Leases can be read where nothing can be written: on a full disk nobody's reports came through either.
        if (!await _store.IsHealthyAsync(ct)) Suffer(share, round, new StoreUnavailableException("it takes no writes"));
        foreach (var partition in InTurn(share))
        {
            // Where each partition fails only after its time-out, the next sweep goes on from here.
            if (round.Failed is not null && _clock.GetElapsedTime(started) > _options.Interval) break;
            await SweepPartitionAsync(partition, round, ct);
            _last = partition;
        }
        _suspects = round.Suspects;
        // What could not be read is as late as it was.
        _lagSeconds = Math.Max(round.Oldest < now ? (now - round.Oldest).TotalSeconds : 0, round.Failed is null ? 0 : _lagSeconds);
        if (round.Failed is { } failure) Fail(failure);
        else Succeed(waiting: share.Any(IsWaiting));
        LeaseMetrics.SweepDuration.Record(_clock.GetElapsedTime(started).TotalSeconds);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var running = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, _host?.ApplicationStopping ?? default);
        try
        {
            await StartedAsync(running.Token);
            LeaseMetrics.BeginAtZero();
            while (true)
            {
                await Task.Delay(_options.Interval, _clock, running.Token);
                try
                {
                    await SweepAsync(running.Token);
                }
                catch (Exception e) when (!running.IsCancellationRequested)
                {
                    Fail(e);
                }
            }
        }
        catch (OperationCanceledException) when (running.IsCancellationRequested)
        {
            // The process stops; the leases are durable.
        }
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    // Before the host has started there is no silo to ask.
    private async Task StartedAsync(CancellationToken stopping)
    {
        if (_host is null) return;
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = _host.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stopping);
    }

    private async Task SweepPartitionAsync(int partition, Round round, CancellationToken ct)
    {
        var seen = new HashSet<DueLease>();
        while (true)
        {
            if (await ListAsync(partition, round, ct) is not { } page) return;
            if (page.Count > 0 && page[0].EndsAt < round.Oldest) round.Oldest = page[0].EndsAt;
            if (IsWaiting(partition)) return;
            // What was closed is no longer listed. What is listed again could not be closed, and is for the next sweep.
            var fresh = page.Where(seen.Add).GroupBy(lease => lease.PbxId).SelectMany(leases => leases.Chunk(CallsPerRequest)).ToList();
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Parallelism, CancellationToken = ct };
            await Parallel.ForEachAsync(fresh, parallel, async (leases, _) => await CloseAsync(partition, leases, round));
            // What remains: a thousand leases that cannot be closed (PBXs that no silo can activate) hide the later ones of their
            // partition, as the list has no other beginning. Those of other partitions are closed.
            if (fresh.Count == 0 || page.Count < PageSize) return;
        }
    }

    private void Meet(IReadOnlyList<int> share, long now)
    {
        foreach (var partition in _troubledAt.Keys.Except(share).ToList()) _troubledAt.TryRemove(partition, out _);
        foreach (var partition in share) _troubledAt.TryAdd(partition, now);
    }

    private void Suffer(IReadOnlyList<int> partitions, Round round, Exception e)
    {
        round.Failed = e;
        foreach (var partition in partitions) _troubledAt[partition] = _clock.GetTimestamp();
    }

    private bool IsWaiting(int partition) => _clock.GetElapsedTime(_troubledAt[partition]) < _options.OutageGrace;

    // From the one after the last, so that none is always the one that there was no time for.
    private IEnumerable<int> InTurn(IReadOnlyList<int> partitions)
    {
        var last = _last;
        return partitions.Where(partition => partition > last).Concat(partitions.Where(partition => partition <= last));
    }

    /// <summary>Null when they cannot be listed: on a Redis Cluster that lacks a node, the other partitions can.</summary>
    private async Task<IReadOnlyList<DueLease>?> ListAsync(int partition, Round round, CancellationToken ct)
    {
        try
        {
            return await _store.ListDueLeasesAsync(partition, round.Now, PageSize, ct);
        }
        catch (StoreUnavailableException e)
        {
            Suffer([partition], round, e);
            return null;
        }
    }

    private async ValueTask CloseAsync(int partition, DueLease[] leases, Round round)
    {
        if (IsWaiting(partition)) return;
        var pbx = _grains.GetGrain<IPbxGrain>(leases[0].PbxId);
        try
        {
            var others = (await pbx.CloseOverdue([.. leases.Select(lease => lease.CallId)])).ToHashSet(StringComparer.Ordinal);
            var suspects = leases.Where(lease => others.Contains(lease.CallId)).ToLookup(round.SuspectsBefore.ContainsKey);
            foreach (var lease in suspects[false]) round.Suspects[lease] = true;
            if (suspects[true].Any()) await pbx.HealLeases([.. suspects[true].Select(lease => lease.CallId)]);
        }
        catch (ChargingUnavailableException e) when (!e.OwnerChanged)
        {
            Suffer([partition], round, e);
        }
        catch (Exception e)
        {
            // Whatever it is of one PBX, the others' calls must not wait for it.
            round.Failed = e;
        }
    }

    private void Succeed(bool waiting)
    {
        _succeededAt = _clock.GetTimestamp();
        if (waiting) return;
        if (_failing) LogRecovered();
        _failing = false;
    }

    // Once: an outage of an hour is 240 failed sweeps.
    private void Fail(Exception e)
    {
        if (!_failing) LogFailed(e);
        _failing = true;
    }

    [LoggerMessage(EventName = "LeaseSweepFailed", Level = LogLevel.Warning,
        Message = "Overdue calls could not all be closed; every sweep tries again, and this is said once")]
    private partial void LogFailed(Exception e);

    [LoggerMessage(EventName = "LeaseSweepRecovered", Level = LogLevel.Information, Message = "Overdue calls can be closed again")]
    private partial void LogRecovered();

    private sealed class Round(DateTimeOffset now, ConcurrentDictionary<DueLease, bool> suspectsBefore)
    {
        public DateTimeOffset Now { get; } = now;
        public ConcurrentDictionary<DueLease, bool> SuspectsBefore { get; } = suspectsBefore;
        public ConcurrentDictionary<DueLease, bool> Suspects { get; } = new();
        public DateTimeOffset Oldest { get; set; } = now;
        public Exception? Failed { get; set; }
    }
}
