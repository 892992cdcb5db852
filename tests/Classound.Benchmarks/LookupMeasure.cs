using System.Diagnostics;
using Classound.Charging;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;

namespace Classound.Benchmarks;

/// <summary>
/// Longest-prefix lookups, tables of different sizes in turn, so that what else the machine does meets all of them. Uniform: every
/// prefix as often as any other. Skewed: the n-th prefix of a random order 1/n as often as the first. Chained: uniform, and each lookup
/// waits for the one before, so that the processor cannot work on several. Figures are of windows far shorter than a turn of the
/// scheduler: their median, and the quarter that was disturbed least.
/// </summary>
internal static class LookupMeasure
{
    private const int Window = 1 << 12;
    private const int Windows = 64;
    private const int Rounds = 12;
    private const int WarmRounds = 2; // They compile.

    private enum Draw
    {
        Uniform,
        Skewed,
        Chained,
    }

    public static void Run(Figures figures, PriceListOptions options)
    {
        int[] sizes = [1_000, 18_000, 100_000, options.Prefixes];
        var cases = sizes.Select(size => new Case(size, options.Seed)).ToArray();
        foreach (var draw in Enum.GetValues<Draw>())
        {
            var times = sizes.Select(_ => new List<double>()).ToArray();
            for (var round = 0; round < WarmRounds + Rounds; round++)
                for (var i = 0; i < cases.Length; i++)
                    for (var window = 0; window < Windows; window++)
                    {
                        var time = cases[i].Time(draw, window);
                        if (round >= WarmRounds) times[i].Add(time);
                    }

            Report(figures, sizes, draw, times);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        cases[^1].Time(Draw.Uniform, 0);
        figures.Add("lookup, allocated in all", GC.GetAllocatedBytesForCurrentThread() - before, "bytes");
        MemoryMeasure.Run(figures);
    }

    private static void Report(Figures figures, int[] sizes, Draw draw, List<double>[] times)
    {
        foreach (var of in times) of.Sort();
        foreach (var (name, part) in new[] { ("median", 0.5), ("lower quartile", 0.25), ("lowest twentieth", 0.05) })
        {
            double At(int i) => times[i][(int)(part * times[i].Count)];
            for (var i = 0; i < sizes.Length; i++) figures.Add($"lookup, {sizes[i]} prefixes, {draw}, {name}", At(i), "ns");
            figures.Add($"lookup, {sizes[^1]} : {sizes[0]} prefixes, {draw}, {name}", At(sizes.Length - 1) / At(0), "x");
        }
    }

    private sealed class Case
    {
        private readonly PrefixTable _table;
        private readonly E164Number[] _uniform;
        private readonly E164Number[] _skewed;

        public Case(int size, int seed)
        {
            var random = new Random(seed);
            var prefixes = SyntheticDeck.Prefixes(size, seed);
            var terms = Enumerable.Range(0, 3_000).Select(i => new PriceListTerms("", "", CallArea.Area1, null, false)).ToArray();
            var current = terms[0];
            _table = PrefixTable.Build([.. prefixes.Order(StringComparer.Ordinal).Select(prefix => new PriceListEntry(
                NumberPrefix.Parse(prefix), random.Next(4) == 0 ? current = terms[random.Next(terms.Length)] : current))]);
            random.Shuffle(prefixes);
            _uniform = Numbers(() => prefixes[random.Next(size)], random);
            _skewed = Numbers(() => prefixes[(int)Math.Pow(size, random.NextDouble()) - 1], random);
        }

        /// <summary>Nanoseconds of a lookup; the terms that it finds are read, as a call does.</summary>
        public double Time(Draw draw, int window)
        {
            var numbers = (draw == Draw.Skewed ? _skewed : _uniform).AsSpan(window * Window, Window);
            var started = Stopwatch.GetTimestamp();
            var found = draw == Draw.Chained ? Chain(numbers) : FindAll(numbers);
            var elapsed = Stopwatch.GetElapsedTime(started);
            return found == Window ? elapsed.TotalNanoseconds / Window : throw new InvalidOperationException("a number found no prefix");
        }

        private int FindAll(ReadOnlySpan<E164Number> numbers)
        {
            var found = 0;
            foreach (var number in numbers)
                if (_table.Match(number) is { Area: CallArea.Area1 }) found++;
            return found;
        }

        private int Chain(ReadOnlySpan<E164Number> numbers)
        {
            var found = 0;
            var zero = 0;
            for (var i = 0; i < numbers.Length; i++)
            {
                if (_table.Match(numbers[i + zero]) is not { Area: CallArea.Area1 } entry) continue;
                zero = (int)(entry.SortKey >> 63); // No key has this bit, which the processor cannot know.
                found++;
            }

            return found;
        }

        private static E164Number[] Numbers(Func<string> prefix, Random random) =>
            [.. Enumerable.Range(0, Window * Windows).Select(_ => E164Number.FromDigits(SyntheticDeck.NumberUnder(prefix(), random)))];
    }
}
