using Classound.Charging.Numbering;

namespace Classound.Charging.Rating;

/// <summary>Packs stretches into lines, as many into each as fit.</summary>
internal sealed class StretchPacking
{
    private readonly List<ulong> _boundaries;
    private readonly List<PrefixRef> _innermost;
    private readonly List<int> _starts = [];

    /// <param name="boundaries">Rising; each a number of <see cref="E164Number.MaxDigits"/> digits, the first 0.</param>
    /// <param name="innermost">The longest prefix from each boundary to the next.</param>
    public StretchPacking(List<ulong> boundaries, List<PrefixRef> innermost, TermsPages pages)
    {
        (_boundaries, _innermost) = (boundaries, innermost);
        var insides = Cut();
        Lines = new CacheLines<ushort>(insides.Count, StretchLine.Empty);
        for (var i = 0; i < insides.Count; i++)
        {
            if (insides[i] is { } inside) Write(Lines.Row(i), StartOf(_starts[i]), inside, pages);
            else StretchLine.Begin(Lines.Row(i), 0, 0, PrefixRef.Crowded);
        }
    }

    public CacheLines<ushort> Lines { get; }

    /// <summary>Of each line, in granules; rising, the first 0.</summary>
    public IReadOnlyList<int> Starts => _starts;

    private static ulong StartOf(int granule) => (ulong)granule << PrefixStretches.GranuleBits;

    // Which boundaries are inside each line; null for a granule that has more of them than a line.
    private List<Range?> Cut()
    {
        var insides = new List<Range?>();
        for (int start = 0, next = 0; ;)
        {
            if (next < _boundaries.Count && _boundaries[next] == StartOf(start)) next++;
            _starts.Add(start);
            var end = EndOfLine(start, next);
            if (end == _boundaries.Count || GranuleOf(end) > start)
            {
                insides.Add(next..end);
                if (end == _boundaries.Count) return insides;
                start = GranuleOf(end);
            }
            else
            {
                insides.Add(null);
                while (end < _boundaries.Count && GranuleOf(end) == start) end++;
                start++;
            }

            next = end;
        }
    }

    private int GranuleOf(int boundary) => (int)(_boundaries[boundary] >> PrefixStretches.GranuleBits);

    private int EndOfLine(int start, int next)
    {
        var end = next;
        for (var unit = E164Number.MaxDigits; end < _boundaries.Count && end - next < StretchLine.MaxBoundaries; end++)
        {
            unit = Math.Min(unit, DecimalDigits.TrailingZeros(_boundaries[end]));
            if (StretchLine.Units(_boundaries[end], StartOf(start), unit) > StretchLine.MaxUnits) break;
        }

        // The next line has to start before all of its own boundaries.
        if (end < _boundaries.Count && GranuleOf(end) > start)
            while (end > next && GranuleOf(end - 1) == GranuleOf(end)) end--;
        return end;
    }

    private void Write(Span<ushort> line, ulong start, Range inside, TermsPages pages)
    {
        var (from, count) = inside.GetOffsetAndLength(_boundaries.Count);
        var unit = E164Number.MaxDigits;
        for (var i = 0; i < count; i++) unit = Math.Min(unit, DecimalDigits.TrailingZeros(_boundaries[from + i]));
        var prefixes = pages.Place(_innermost.GetRange(from - 1, count + 1));
        StretchLine.Begin(line, prefixes[0].Page, unit, prefixes[0]);
        for (var i = 0; i < count; i++)
            StretchLine.Set(line, i, StretchLine.Units(_boundaries[from + i], start, unit), prefixes[i + 1]);
    }
}
