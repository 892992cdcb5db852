using System.Diagnostics;
using Classound.Charging;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;

namespace Classound.Benchmarks;

/// <summary>
/// Longest-prefix lookups, tables of different sizes in turn, so that what else the machine does meets all of them. Uniform: every
/// prefix as often as any other. Skewed: the n-th prefix of a random order 1/n as often as the first.
/// </summary>
internal static class LookupMeasure
{
    private const int Numbers = 1 << 18;
    private const int Rounds = 21;

    public static void Run(Figures figures, PriceListOptions options)
    {
        int[] sizes = [1_000, 18_000, 100_000, options.Prefixes];
        var cases = sizes.Select(size => new Case(size, options.Seed)).ToArray();
        foreach (var skewed in new[] { false, true })
        {
            var times = sizes.Select(_ => new double[Rounds]).ToArray();
            for (var round = -1; round < Rounds; round++) // The first one compiles.
                for (var i = 0; i < cases.Length; i++) times[i][Math.Max(0, round)] = cases[i].Time(skewed);
            var draw = skewed ? "skewed" : "uniform";
            for (var i = 0; i < sizes.Length; i++) figures.Add($"lookup, {sizes[i]} prefixes, {draw}", Median(times[i]), "ns");
            figures.Add($"lookup, {sizes[^1]} : {sizes[0]} prefixes, {draw}", Median([.. times[^1].Zip(times[0], (large, small) => large / small)]), "x");
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        cases[^1].Time(skewed: false);
        figures.Add("lookup, allocated in all", GC.GetAllocatedBytesForCurrentThread() - before, "bytes");
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
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
            _uniform = Draw(() => prefixes[random.Next(size)], random);
            _skewed = Draw(() => prefixes[(int)Math.Pow(size, random.NextDouble()) - 1], random);
        }

        public double Time(bool skewed)
        {
            var numbers = skewed ? _skewed : _uniform;
            var found = 0;
            var started = Stopwatch.GetTimestamp();
            foreach (var number in numbers)
                if (_table.Match(number) is { Area: CallArea.Area1 }) found++;
            var elapsed = Stopwatch.GetElapsedTime(started);
            return found == numbers.Length ? elapsed.TotalNanoseconds / found : throw new InvalidOperationException("a number found no prefix");
        }

        private static E164Number[] Draw(Func<string> prefix, Random random) =>
            [.. Enumerable.Range(0, Numbers).Select(_ => E164Number.FromDigits(SyntheticDeck.NumberUnder(prefix(), random)))];
    }
}
