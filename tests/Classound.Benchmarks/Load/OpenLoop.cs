using System.Diagnostics;
using System.Runtime.InteropServices;
using HdrHistogram;

namespace Classound.Benchmarks.Load;

/// <summary>
/// Requests at a fixed rate whether or not the answers come, each timed from when it was due: what waits behind a pause counts as late
/// (no coordinated omission).
/// </summary>
internal static partial class OpenLoop
{
    // Threads that send: while one of them writes a request, another's may be due.
    public const int Pacers = 2;

    private const long LongestMicros = 60_000_000;

    // A service that answers nothing any more: at the rates measured here that is seconds of it.
    private const int MostInFlight = 50_000;

    /// <param name="request">A pacer's next request. What stands before its first await is done on the pacer's own thread.</param>
    public static async Task<Latencies> Run(Func<int, long, Task> request, double rate, TimeSpan warmUp, TimeSpan length, Meters meters)
    {
        var micros = new LongConcurrentHistogram(1, LongestMicros, 3);
        var begin = await meters.Read();
        var (inFlight, first) = (0, Stopwatch.GetTimestamp());
        var paced = Enumerable.Range(0, Pacers).Select(pacer => Task.Factory.StartNew(() => Pace(pacer), TaskCreationOptions.LongRunning)).ToArray();
        var sent = await Task.WhenAll(paced);
        foreach (var timed in sent) await Task.WhenAll(timed);
        var cpu = begin.Until(await meters.Read(), sent.Sum(timed => (long)timed.Count), Stopwatch.GetElapsedTime(first).TotalSeconds);
        return Latencies.Of(micros, rate, cpu);

        List<Task> Pace(int pacer)
        {
            var all = new List<Task>((int)(rate * (warmUp + length).TotalSeconds / Pacers) + 1);
            for (long number = 0; ; number++)
            {
                var due = TimeSpan.FromSeconds((number * Pacers + pacer) / rate);
                if (due >= warmUp + length) return all;
                SleepUntil(first, due);
                if (Volatile.Read(ref inFlight) > MostInFlight) throw new InvalidOperationException($"{MostInFlight} requests are without an answer");
                all.Add(Timed(pacer, number, due));
            }
        }

        async Task Timed(int pacer, long number, TimeSpan due)
        {
            Interlocked.Increment(ref inFlight);
            await request(pacer, number);
            Interlocked.Decrement(ref inFlight);
            var late = (Stopwatch.GetElapsedTime(first) - due).TotalMicroseconds;
            if (due >= warmUp) micros.RecordValue(Math.Clamp((long)late, 1, LongestMicros));
        }
    }

    // Thread.Sleep knows milliseconds only, and several requests are due in each.
    private static void SleepUntil(long first, TimeSpan due)
    {
        var left = due - Stopwatch.GetElapsedTime(first);
        if (left <= TimeSpan.Zero) return;
        var time = new Time { Seconds = (long)left.TotalSeconds, Nanoseconds = left.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick };
        Nanosleep(time, 0);
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Nanosleep(in Time time, nint left);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
