using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;

namespace Classound.Benchmarks.Service;

/// <summary>What is alive in another .NET process: a full collection is asked for over its diagnostics port, and the heap's size read behind it.</summary>
internal static class LiveHeap
{
    // What has finalizers, and caches that let go after the first collection, is gone after the last one.
    private const int Collections = 3;

    public static async Task<long> Bytes(int process)
    {
        long bytes = 0;
        for (var i = 0; i < Collections; i++) bytes = await Collect(process);
        return bytes;
    }

    private static async Task<long> Collect(int process)
    {
        var client = new DiagnosticsClient(process);
        var keywords = (long)(ClrTraceEventParser.Keywords.GC | ClrTraceEventParser.Keywords.GCHeapCollect);
        using var session = await client.StartEventPipeSessionAsync(
            [new EventPipeProvider(ClrTraceEventParser.ProviderName, EventLevel.Informational, keywords)], requestRundown: false, 16, CancellationToken.None);
        var size = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var reading = Task.Run(() => Read(session.EventStream, size));
        var bytes = await size.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await session.StopAsync(CancellationToken.None);
        await reading;
        return bytes;
    }

    private static void Read(Stream events, TaskCompletionSource<long> size)
    {
        using var source = new EventPipeEventSource(events);
        var full = false;
        source.Clr.GCStart += collection => full = collection is { Depth: 2, Type: Microsoft.Diagnostics.Tracing.Parsers.Clr.GCType.NonConcurrentGC };
        source.Clr.GCHeapStats += stats =>
        {
            if (full) size.TrySetResult(stats.TotalHeapSize);
        };
        source.Process();
        size.TrySetException(new InvalidOperationException("no full collection was reported"));
    }
}
