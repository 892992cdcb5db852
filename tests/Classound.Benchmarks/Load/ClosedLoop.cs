using System.Diagnostics;

namespace Classound.Benchmarks.Load;

/// <summary>So many workers, each with one request on its way at a time: the rate is what the service can do.</summary>
internal static class ClosedLoop
{
    // A counter per cache line: two workers run at once.
    private const int Stride = 16;

    /// <summary>Works for the warm-up and the window, and returns when every worker has its last answer.</summary>
    /// <param name="request">A worker's next request; its number counts per worker from 0.</param>
    public static async Task<Window> Run(Func<int, long, Task> request, int inFlight, TimeSpan warmUp, TimeSpan length, Meters meters)
    {
        using var stop = new CancellationTokenSource();
        var answered = new long[inFlight * Stride];
        var workers = Enumerable.Range(0, inFlight).Select(worker => Task.Run(() => Work(worker))).ToArray();
        var failed = Task.WhenAny(workers); // none ends before it is told to, but by a failure
        await Task.WhenAny(Task.Delay(warmUp), failed);
        var begin = await meters.Read();
        var (started, before) = (Stopwatch.GetTimestamp(), Answered());
        await Task.WhenAny(Task.Delay(length), failed);
        var (seconds, done) = (Stopwatch.GetElapsedTime(started).TotalSeconds, Answered() - before);
        var end = await meters.Read();
        await stop.CancelAsync();
        await Task.WhenAll(workers);
        return begin.Until(end, done, seconds);

        async Task Work(int worker)
        {
            for (long number = 0; !stop.IsCancellationRequested; number++)
            {
                await request(worker, number);
                Volatile.Write(ref answered[worker * Stride], number + 1);
            }
        }

        long Answered()
        {
            long sum = 0;
            for (var worker = 0; worker < inFlight; worker++) sum += Volatile.Read(ref answered[worker * Stride]);
            return sum;
        }
    }
}
