using Microsoft.Extensions.Logging;

namespace Classound.Storage.Sqlite;

/// <summary>Runs <see cref="SqliteExpiry"/> every hour, one run at a time.</summary>
internal sealed class SqliteExpirySchedule : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly SqliteDatabase _database;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;

    public SqliteExpirySchedule(SqliteDatabase database, TimeProvider time, ILogger log)
    {
        (_database, _time, _log) = (database, time, log);
        // One shot, armed again by each run: with a period, a clock that jumped started thousands of runs at once.
        _timer = time.CreateTimer(_ => _ = RunAsync(), null, Interval, Timeout.InfiniteTimeSpan);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        try
        {
            await SqliteExpiry.RunAsync(_database, _time, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            if (!_stop.IsCancellationRequested)
                StorageLog.ExpiryFailed(_log, error);
        }

        if (!_stop.IsCancellationRequested)
            _timer.Change(Interval, Timeout.InfiniteTimeSpan);
    }
}
