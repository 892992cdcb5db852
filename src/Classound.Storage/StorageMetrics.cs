using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Classound.Storage;

/// <summary>
/// Counters of the meter <c>Classound.Storage</c>. Every instrument but the data-loss alarm has the tag <c>store</c> (sqlite or redis).
/// </summary>
internal static class StorageMetrics
{
    public const string MeterName = "Classound.Storage";

    // Beside the outcomes that a store answers.
    private const string Failed = "Failed", Unavailable = "Unavailable", Unknown = "Unknown";

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

    private static Finding? _unsafe;

    // Asked for by whoever listens: a store is opened, and may find something, before anybody does.
    static StorageMetrics()
    {
        // Sticky: data that was lost does not come back by itself, so only a restart of the process takes it back.
        Meter.CreateObservableGauge(
            "classound.storage.data_loss", () => DataLossAlarm.Last is null ? 0L : 1, null,
            "1 since stored data was first found to be older than what this process knew; else 0.");
        Meter.CreateObservableGauge(
            "classound.storage.unsafe_settings",
            () => Volatile.Read(ref _unsafe) is { } found ? [new Measurement<long>(found.Count, Tag(found.Store))] : Array.Empty<Measurement<long>>(),
            "{setting}", "Settings of the servers with which acknowledged data could vanish.");
    }

    private sealed record Finding(string Store, int Count);

    /// <summary>Has the instruments made: the gauges are there before the first commit.</summary>
    public static void Started() => RuntimeHelpers.RunClassConstructor(typeof(StorageMetrics).TypeHandle);

    public static void LostData(string kind) => LossAlarms.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public static void UnsafeSettings(string store, int count) => Volatile.Write(ref _unsafe, new Finding(store, count));

    public static void Grouped(string store, int size) => GroupSize.Record(size, Tag(store));

    public static void Queued(string store, int change) => QueueDepth.Add(change, Tag(store));

    /// <summary>Runs a commit and counts how it ended and how long it took.</summary>
    public static async Task<CommitResult> MeasureAsync(string store, TimeProvider time, Func<Task<CommitResult>> commit)
    {
        var start = time.GetTimestamp();
        using var span = Source.StartActivity("store commit", ActivityKind.Client);
        var outcome = Failed;
        try
        {
            var result = await commit().ConfigureAwait(false);
            outcome = result.Outcome.ToString();
            return result;
        }
        catch (StoreUnavailableException)
        {
            outcome = Unavailable;
            throw;
        }
        catch (StoreOutcomeUnknownException)
        {
            outcome = Unknown;
            throw;
        }
        finally
        {
            span?.SetTag("db.system.name", store).SetTag("classound.outcome", outcome);
            if (outcome is Failed or Unavailable or Unknown) span?.SetStatus(ActivityStatusCode.Error, outcome);
            Commits.Add(1, Tag(store), new KeyValuePair<string, object?>("outcome", outcome));
            WriteDuration.Record(time.GetElapsedTime(start).TotalSeconds, Tag(store));
        }
    }

    private static KeyValuePair<string, object?> Tag(string store) => new("store", store);
}
