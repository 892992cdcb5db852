using Classound.Charging.Numbering;

namespace Classound.Charging.Rating;

/// <summary>
/// Longest-prefix match over the prefixes of one list. A prefix covers a range of 15-digit numbers and ranges only nest, so
/// the innermost one is known for every stretch between two boundaries; the stretches lie in one sorted array with an
/// index by the leading digits over it. A lookup is one read of the index, a search among the few boundaries that share those
/// digits, and one read of the entry, however many prefixes there are. (A hash table per prefix length was the other candidate: it
/// misses the cache once per length that is present, five to eight times with real lists.)
/// </summary>
public sealed class PrefixTable
{
    private readonly ulong[] _boundaries;
    private readonly int[] _innermost;
    private readonly int[] _parents;
    private readonly PriceListEntry[] _entries;
    private readonly int[] _index;
    private readonly ulong _indexUnit;

    internal PrefixTable(PriceListEntry[] entries, int[] parents, ulong[] boundaries, int[] innermost)
    {
        _entries = entries;
        _parents = parents;
        _boundaries = boundaries;
        _innermost = innermost;
        var digits = Math.Clamp(DecimalDigits.Count((ulong)boundaries.Length), 1, 6);
        _indexUnit = DecimalDigits.Power(E164Number.MaxDigits - digits);
        _index = IndexByLeadingDigits(boundaries, _indexUnit, digits);
    }

    /// <summary>How many prefixes.</summary>
    public int Count => _entries.Length;

    /// <summary>All entries, each prefix before the longer ones it starts.</summary>
    public IReadOnlyList<PriceListEntry> Entries => _entries.AsReadOnly();

    /// <summary>The same table for the same entries in any order.</summary>
    /// <exception cref="DuplicatePrefixException">A prefix is there twice.</exception>
    /// <exception cref="ArgumentException">A prefix is not 1 to 15 digits that start with 1-9; the message names it.</exception>
    public static PrefixTable Build(IReadOnlyList<PriceListEntry> entries) => new PrefixRanges(entries).ToTable();

    /// <summary>The entry with the longest prefix that the number starts with; null when there is none. Never allocates.</summary>
    public PriceListEntry? Match(E164Number number)
    {
        if (!number.IsPresent) return null;
        var length = number.Length;
        var padded = number.Digits * DecimalDigits.Power(E164Number.MaxDigits - length);
        var found = _innermost[LastBoundaryAtOrBelow(padded)];
        // Padding made the number longer than it is: a prefix longer than the number starts other numbers.
        while (found >= 0 && _entries[found].Prefix.Length > length) found = _parents[found];
        return found < 0 ? null : _entries[found];
    }

    private int LastBoundaryAtOrBelow(ulong padded)
    {
        var slot = (int)(padded / _indexUnit);
        var low = _index[slot];
        var high = _index[slot + 1];
        while (low < high)
        {
            var middle = (int)(((uint)low + (uint)high + 1) >> 1);
            if (_boundaries[middle] <= padded) low = middle;
            else high = middle - 1;
        }

        return low;
    }

    // Slot d holds the last boundary at or below the first number with those leading digits; the next slot's is then the last
    // one a number of slot d can need.
    private static int[] IndexByLeadingDigits(ulong[] boundaries, ulong unit, int digits)
    {
        var index = new int[DecimalDigits.Power(digits) + 1];
        var last = 0;
        for (var slot = 0; slot < index.Length; slot++)
        {
            while (last + 1 < boundaries.Length && boundaries[last + 1] <= (ulong)slot * unit) last++;
            index[slot] = last;
        }

        return index;
    }
}
