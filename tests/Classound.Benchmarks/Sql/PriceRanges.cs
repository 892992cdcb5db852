using System.Globalization;

namespace Classound.Benchmarks.Sql;

/// <summary>The numbers from one on, up to the next range.</summary>
/// <param name="First">Of 15 digits.</param>
/// <param name="Prefix">Their longest prefix; 0 = none.</param>
/// <param name="PriceNanos">Per 60 s.</param>
internal readonly record struct PriceRange(long First, long Prefix, int Area, long PriceNanos, int IncrementSeconds);

/// <summary>A deck as ranges of numbers that do not overlap.</summary>
internal static class PriceRanges
{
    private const int Digits = 15;

    /// <summary>In ascending order.</summary>
    public static IEnumerable<PriceRange> Of(IEnumerable<string> prefixes)
    {
        PriceRange? last = null;
        foreach (var range in Begun(prefixes))
        {
            // Of those that begin with the same number the last one is that of the longest prefix.
            if (last is { } earlier && earlier.First != range.First) yield return earlier;
            last = range;
        }

        if (last is { } end) yield return end;
    }

    private static IEnumerable<PriceRange> Begun(IEnumerable<string> prefixes)
    {
        var open = new Stack<(long End, long Prefix)>();
        foreach (var prefix in prefixes.Order(StringComparer.Ordinal)) // a prefix before all that begin with it
        {
            var number = long.Parse(prefix, CultureInfo.InvariantCulture);
            var width = (long)Math.Pow(10, Digits - prefix.Length);
            foreach (var range in Ended(open, number * width)) yield return range;
            open.Push(((number + 1) * width, number));
            yield return Range(number * width, number);
        }

        foreach (var range in Ended(open, long.MaxValue)) yield return range;
    }

    // Behind a prefix that ends, the one around it goes on.
    private static IEnumerable<PriceRange> Ended(Stack<(long End, long Prefix)> open, long until)
    {
        while (open.TryPeek(out var inner) && inner.End <= until)
        {
            open.Pop();
            yield return Range(inner.End, open.TryPeek(out var outer) ? outer.Prefix : 0);
        }
    }

    // What the prices are changes nothing.
    private static PriceRange Range(long first, long prefix)
    {
        var area = (int)(prefix % 6) + 1;
        return new PriceRange(first, prefix, area, 2_000_000 + prefix % 4_000 * 100_000, area == 1 ? 60 : 1);
    }
}
