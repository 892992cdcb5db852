using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Classound.Charging.Calls;
using Classound.Storage;
using Classound.Storage.Mapping;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Classound.Grains.Pbxs;

/// <summary>
/// Denials and emergency calls, written behind the answer: a refusal must not cost a store round trip, and an emergency
/// call must not depend on one. A crash may lose the last second of it. Full: the newest entry is dropped and counted.
/// </summary>
public sealed partial class CallLog : BackgroundService
{
    public const int Capacity = 65_536;
    private const int BatchSize = 1_000;

    private static readonly TimeSpan FindPatience = TimeSpan.FromSeconds(2);

    private static readonly Meter Meter = new("Classound.Grains");
    private static readonly Counter<long> Dropped = Meter.CreateCounter<long>(
        "classound.call_log.dropped", "{entry}", "Denials and emergency calls that could not be logged");

    private readonly Channel<Entry> _entries = Channel.CreateBounded<Entry>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly ILedgerStore _store;
    private readonly TimeProvider _clock;
    private readonly ILogger<CallLog> _logger;

    public CallLog(ILedgerStore store, TimeProvider clock, ILogger<CallLog> logger)
    {
        (_store, _clock, _logger) = (store, clock, logger);
        Meter.CreateObservableGauge("classound.call_log.lag", () => _entries.Reader.Count, "{entry}", "Entries not written yet");
    }

    /// <summary>Never waits and never fails.</summary>
    public void Add(Denial denial)
    {
        if (!_entries.Writer.TryWrite(new Entry(denial, null))) Dropped.Add(1);
    }

    /// <summary>The newest entry of a call, also one that is not written yet.</summary>
    public async Task<Denial?> Find(string pbxId, string callId, CancellationToken cancellation)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_entries.Writer.TryWrite(new Entry(null, written)))
        {
            try
            {
                await written.Task.WaitAsync(FindPatience, _clock, cancellation);
            }
            catch (TimeoutException)
            {
                // What is written by now is the best answer to be had.
            }
        }
        var found = await _store.FindCallLogAsync(pbxId, callId, cancellation);
        return found is null ? null : StoredCalls.ReadDenial(pbxId, callId, found.Data);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _entries.Reader.WaitToReadAsync(stoppingToken)) await WriteBatch();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            while (_entries.Reader.Count > 0) await WriteBatch();
        }
    }

    private async Task WriteBatch()
    {
        var denials = new List<Denial>();
        var waiters = new List<TaskCompletionSource>();
        while (denials.Count < BatchSize && _entries.Reader.TryRead(out var entry))
        {
            if (entry.Denial is { } denial) denials.Add(denial);
            if (entry.Written is { } written) waiters.Add(written);
        }
        try
        {
            var batch = denials.ConvertAll(denial => new CallLogEntry(denial.PbxId, denial.CallId, denial.At, StoredCalls.Write(denial)));
            if (batch.Count > 0) await _store.AppendCallLogAsync(batch, CancellationToken.None);
        }
        catch (Exception e)
        {
            Dropped.Add(denials.Count);
            LogLost(e, denials.Count);
            await Task.Delay(TimeSpan.FromMilliseconds(100), _clock);
        }
        foreach (var waiter in waiters) waiter.TrySetResult();
    }

    [LoggerMessage(EventName = "CallLogLost", Level = LogLevel.Warning, Message = "{Count} denials and emergency calls were not logged: the store failed")]
    private partial void LogLost(Exception e, int count);

    private readonly record struct Entry(Denial? Denial, TaskCompletionSource? Written);
}
