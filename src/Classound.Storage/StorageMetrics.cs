using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Classound.Storage;

/// <summary>
/// Counters of the meter <c>Classound.Storage</c>. Every instrument but the data-loss alarm has the tag <c>store</c> (sqlite or redis).
/// </summary>
internal static class StorageMetrics
{
    public const string MeterName = "Classound.Storage";

    private static readonly ActivitySource Source = new(MeterName);
    private static readonly Meter Meter = new(MeterName);

    // A commit is silent from 0.3 s on; after that it is sent again.
    private static readonly double[] Seconds =
        [0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.015, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5];

    private static readonly Counter<long> Commits = Meter.CreateCounter<long>(
        "classound.storage.commits", "{commit}", "Ledger commits by outcome: a CommitOutcome, Unavailable or Unknown.");

    private static readonly Histogram<long> GroupSize = Meter.CreateHistogram<long>(
        "classound.storage.group_size", "{write}", "Writes that shared one transaction.", null,
        new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 1_024] });

    private static readonly Histogram<double> WriteDuration = Meter.CreateHistogram<double>(
        "classound.storage.write_duration", "s", "From handing a ledger commit over to its durable answer.", null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });

    private static readonly UpDownCounter<long> QueueDepth = Meter.CreateUpDownCounter<long>(
        "classound.storage.queue_depth", "{write}", "Writes that wait for the writer.");

    private static readonly Counter<long> LossAlarms = Meter.CreateCounter<long>(
        "classound.storage.data_loss_alarms", "{alarm}", "Times that stored data was older than what this process knew, by kind: ledger or feed.");

    // Sticky: data that was lost does not come back by itself, so only a restart of the process takes it back.
    private static readonly Gauge<long> Loss = Meter.CreateGauge<long>(
        "classound.storage.data_loss", null, "1 since stored data was first found to be older than what this process knew; else 0.");

    private static readonly Gauge<long> Unsafe = Meter.CreateGauge<long>(
        "classound.storage.unsafe_settings", "{setting}", "Settings of the servers with which acknowledged data could vanish.");

    private static Finding? _unsafe;

    private sealed record Finding(string Store, int Count);

    public static void LostData(string kind)
    {
        LossAlarms.Add(1, new KeyValuePair<string, object?>("kind", kind));
        Loss.Record(1);
    }

    /// <summary>Says again what is only said when it changes: a store is opened before anybody listens.</summary>
    public static void Repeat()
    {
        Loss.Record(DataLossAlarm.Last is null ? 0 : 1);
        if (Volatile.Read(ref _unsafe) is { } found) Unsafe.Record(found.Count, Tag(found.Store));
    }

    public static void UnsafeSettings(string store, int count)
    {
        Volatile.Write(ref _unsafe, new Finding(store, count));
        Unsafe.Record(count, Tag(store));
    }

    public static void Grouped(string store, int size) => GroupSize.Record(size, Tag(store));

    public static void Queued(string store, int change) => QueueDepth.Add(change, Tag(store));

    /// <summary>Runs a commit and counts how it ended and how long it took.</summary>
    public static async Task<CommitResult> MeasureAsync(string store, TimeProvider time, Func<Task<CommitResult>> commit)
    {
        var start = time.GetTimestamp();
        using var span = Source.StartActivity("store commit", ActivityKind.Client);
        var outcome = "Failed";
        try
        {
            var result = await commit().ConfigureAwait(false);
            outcome = result.Outcome.ToString();
            return result;
        }
        catch (StoreUnavailableException)
        {
            outcome = "Unavailable";
            throw;
        }
        catch (StoreOutcomeUnknownException)
        {
            outcome = "Unknown";
            throw;
        }
        finally
        {
            span?.SetTag("db.system.name", store).SetTag("classound.outcome", outcome);
            Commits.Add(1, Tag(store), new KeyValuePair<string, object?>("outcome", outcome));
            WriteDuration.Record(time.GetElapsedTime(start).TotalSeconds, Tag(store));
        }
    }

    private static KeyValuePair<string, object?> Tag(string store) => new("store", store);
}
