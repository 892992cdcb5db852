using System.Diagnostics;
using System.Globalization;

namespace Classound.Benchmarks;

/// <summary>
/// What one read costs that has to wait for the one before, by how much memory the reads are spread over: what part of its caches this
/// machine leaves us, beside which lookups are to be judged.
/// </summary>
internal static class MemoryMeasure
{
    private const int LineInts = 16;
    private const int Reads = 2_000;
    private const int Windows = 400;
    private static readonly int[] Megabytes = [1, 2, 4, 8, 16, 64];

    public static void Run(Figures figures)
    {
        foreach (var size in Megabytes)
        {
            var next = Cycle(size * 1_000_000 / (LineInts * sizeof(int)));
            var at = 0;
            for (var i = 0; i < next.Length; i += LineInts) at = next[at];
            var times = new double[Windows];
            foreach (ref var time in times.AsSpan())
            {
                var started = Stopwatch.GetTimestamp();
                for (var i = 0; i < Reads; i++) at = next[at];
                time = Stopwatch.GetElapsedTime(started).TotalNanoseconds / Reads;
            }

            GC.KeepAlive(at);
            Array.Sort(times);
            figures.Add(string.Create(CultureInfo.InvariantCulture, $"dependent read, {size} MB, median"), times[Windows / 2], "ns");
            figures.Add(string.Create(CultureInfo.InvariantCulture, $"dependent read, {size} MB, lowest twentieth"), times[Windows / 20], "ns");
        }
    }

    // One ring through the first int of every line, in random order.
    private static int[] Cycle(int lines)
    {
        var order = Enumerable.Range(0, lines).ToArray();
        new Random(1).Shuffle(order);
        var next = new int[lines * LineInts];
        for (var i = 0; i < lines; i++) next[order[i] * LineInts] = order[(i + 1) % lines] * LineInts;
        return next;
    }
}
