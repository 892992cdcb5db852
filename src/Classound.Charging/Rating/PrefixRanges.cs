using System.Globalization;
using Classound.Charging.Numbering;

namespace Classound.Charging.Rating;

/// <summary>Turns the prefixes of a list into nested ranges of 15-digit numbers, and those into a <see cref="PrefixTable"/>.</summary>
internal sealed class PrefixRanges
{
    private readonly ulong[] _keys;
    private readonly int[] _termsOf;
    private readonly List<PriceListTerms> _terms = [];
    private readonly List<ulong> _boundaries = [0];
    private readonly List<PrefixRef> _innermost = [default];
    private readonly Stack<(ulong End, PrefixRef Prefix)> _open = new();

    public PrefixRanges(IReadOnlyList<PriceListEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _keys = new ulong[entries.Count];
        _termsOf = new int[entries.Count];
        for (var i = 0; i < _keys.Length; i++)
        {
            _keys[i] = entries[i].IsPresent ? entries[i].SortKey : throw Refusal($"entry {i + 1} has no prefix");
            if (entries[i].Area > CallArea.Area6) throw Refusal($"area {(int)entries[i].Area} of entry {i + 1}: expected 0 to 6");
            _termsOf[i] = i;
        }

        Array.Sort(_keys, _termsOf);
        RefuseDuplicates(_termsOf);
        NumberTerms(entries);
    }

    public PrefixTable ToTable()
    {
        for (var i = 0; i < _keys.Length; i++)
        {
            var digits = NumberPrefix.FromSortKey(_keys[i]);
            var span = DecimalDigits.Power(E164Number.MaxDigits - digits.Length);
            var start = digits.Digits * span;
            CloseUpTo(start);
            _open.Push((start + span, new PrefixRef(_termsOf[i], digits.Length)));
            Mark(start, Innermost());
        }

        CloseUpTo(ulong.MaxValue);
        var pages = new TermsPages(_terms);
        var stretches = new PrefixStretches(new StretchPacking(_boundaries, _innermost, pages));
        return new PrefixTable(_keys, _termsOf, [.. _terms], stretches, pages.ToArray());
    }

    private void CloseUpTo(ulong start)
    {
        while (_open.TryPeek(out var top) && top.End <= start)
        {
            _open.Pop();
            Mark(top.End, Innermost());
        }
    }

    private PrefixRef Innermost() => _open.TryPeek(out var top) ? top.Prefix : default;

    private void Mark(ulong boundary, PrefixRef innermost)
    {
        // What starts where something else ends replaces the mark of the end.
        if (_boundaries[^1] == boundary)
        {
            _boundaries.RemoveAt(_boundaries.Count - 1);
            _innermost.RemoveAt(_innermost.Count - 1);
        }

        // Neighbours of the same length and terms are one stretch: most of a deck is runs of them.
        if (_innermost.Count > 0 && _innermost[^1] == innermost) return;
        _boundaries.Add(boundary);
        _innermost.Add(innermost);
    }

    // From the entry that each key came from to its terms; those that entries share have one number.
    private void NumberTerms(IReadOnlyList<PriceListEntry> entries)
    {
        var numbers = new Dictionary<PriceListTerms, int>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < _termsOf.Length; i++)
        {
            var terms = entries[_termsOf[i]].Terms;
            if (numbers.TryAdd(terms, numbers.Count)) _terms.Add(terms);
            _termsOf[i] = numbers[terms];
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(_terms.Count, PrefixRef.MaxTerms);
    }

    private static ArgumentException Refusal(FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture));

    private void RefuseDuplicates(int[] order)
    {
        for (var i = 1; i < order.Length; i++)
        {
            if (_keys[i] != _keys[i - 1]) continue;
            var (a, b) = (order[i - 1], order[i]);
            throw new DuplicatePrefixException(NumberPrefix.FromSortKey(_keys[i]).ToString(), Math.Min(a, b), Math.Max(a, b));
        }
    }
}
