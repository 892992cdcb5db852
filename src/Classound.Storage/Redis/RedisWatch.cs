using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Classound.Storage.Redis;

/// <summary>
/// Looks after the servers, now and then and after each reconnect: a server that was started again may have other settings, or
/// older data.
/// </summary>
internal sealed class RedisWatch : IAsyncDisposable
{
    private readonly IConnectionMultiplexer _connection;
    private readonly RedisKeys _keys;
    private readonly FeedTails _tails;
    private readonly int _partitions;
    private readonly ILogger _log;
    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly ITimer _timer;
    private readonly Task _loop;
    private IReadOnlyList<DurabilityFinding> _findings;

    public RedisWatch(
        IConnectionMultiplexer connection, RedisKeys keys, FeedTails tails, IReadOnlyList<DurabilityFinding> findings,
        RedisStoreOptions options, TimeProvider time, ILogger log)
    {
        (_connection, _keys, _tails, _findings) = (connection, keys, tails, findings);
        (_partitions, _log) = (options.Partitions, log);
        _timer = time.CreateTimer(_ => WakeUp(), null, TimeSpan.Zero, options.WatchPeriod);
        _connection.ConnectionRestored += OnRestored;
        _connection.ConnectionFailed += OnFailed;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>What was found last.</summary>
    public IReadOnlyList<DurabilityFinding> Findings => Volatile.Read(ref _findings);

    /// <summary>Reports what was found of the servers.</summary>
    public static void Report(ILogger log, int servers, IReadOnlyList<DurabilityFinding> findings)
    {
        StorageMetrics.UnsafeSettings(RedisLedgerStore.Store, findings.Count);
        foreach (var finding in findings)
            StorageLog.NotDurable(log, finding.ToString());

        if (findings.Count == 0)
            StorageLog.Durable(log, servers);
    }

    public async ValueTask DisposeAsync()
    {
        _connection.ConnectionRestored -= OnRestored;
        _connection.ConnectionFailed -= OnFailed;
        await _timer.DisposeAsync().ConfigureAwait(false);
        _wakeUps.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs restored)
    {
        if (restored.ConnectionType != ConnectionType.Interactive)
            return;

        StorageLog.ConnectionRestored(_log, RedisSettings.Name(restored.EndPoint));
        WakeUp();
    }

    private void OnFailed(object? sender, ConnectionFailedEventArgs failed)
    {
        if (failed.ConnectionType == ConnectionType.Interactive)
            StorageLog.ConnectionLost(_log, RedisSettings.Name(failed.EndPoint), failed.FailureType.ToString());
    }

    private void WakeUp() => _wakeUps.Writer.TryWrite(true);

    private async Task RunAsync()
    {
        await foreach (var _ in _wakeUps.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                await CheckSettingsAsync().ConfigureAwait(false);
                await CheckTailsAsync().ConfigureAwait(false);
            }
            catch (Exception error) when (RedisFailure.OfRead(error) is not null)
            {
                // No server, or only some: the reconnect wakes us again.
            }
            catch (Exception error)
            {
                StorageLog.WatchFailed(_log, error);
            }
        }
    }

    private async Task CheckSettingsAsync()
    {
        var (servers, findings) = await RedisSettings.FindAsync(_connection).ConfigureAwait(false);
        if (servers == 0 || findings.SequenceEqual(Findings))
            return;

        Volatile.Write(ref _findings, findings);
        Report(_log, servers, findings);
    }

    private async Task CheckTailsAsync()
    {
        var database = _connection.GetDatabase();
        await Task.WhenAll(Enumerable.Range(0, _partitions).Select(p => CheckTailAsync(database, p))).ConfigureAwait(false);
    }

    private async Task CheckTailAsync(IDatabase database, int partition)
    {
        var known = _tails.Known(partition);
        var entries = await database
            .StreamRangeAsync(_keys.Feed(partition), count: 1, messageOrder: Order.Descending, flags: RedisLink.Primary).ConfigureAwait(false);
        var tail = entries is [var last] ? RedisLedgerReads.Sequence(last.Id!) : 0;
        _tails.Saw(partition, known, before: tail, after: tail);
    }
}
