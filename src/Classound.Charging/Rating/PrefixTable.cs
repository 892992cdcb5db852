using System.Collections;
using Classound.Charging.Numbering;

namespace Classound.Charging.Rating;

/// <summary>
/// Longest-prefix match over the prefixes of one list. A prefix covers a range of 15-digit numbers and ranges only nest, so
/// the innermost one is known for every stretch between two boundaries, and a lookup finds the stretch. Tried and slower:
/// one sorted array of boundaries with an index; a hash table per prefix length, which misses the cache once per length present.
/// </summary>
public sealed class PrefixTable
{
    private readonly ulong[] _keys;
    private readonly int[] _termsOf;
    private readonly PriceListTerms[] _terms;
    private readonly PrefixStretches _stretches;
    private readonly PriceListTerms[] _paged;

    /// <param name="keys">Sort keys of all prefixes, rising.</param>
    /// <param name="termsOf">For each of them, which of <paramref name="terms"/> it has.</param>
    /// <param name="stretches">Refer to <paramref name="paged"/>.</param>
    internal PrefixTable(ulong[] keys, int[] termsOf, PriceListTerms[] terms, PrefixStretches stretches, PriceListTerms[] paged) =>
        (_keys, _termsOf, _terms, _stretches, _paged) = (keys, termsOf, terms, stretches, paged);

    /// <summary>How many prefixes.</summary>
    public int Count => _keys.Length;

    /// <summary>All entries in the order of their digits, each prefix before the longer ones that it starts.</summary>
    public IReadOnlyList<PriceListEntry> Entries => new InOrder(this);

    /// <summary>The same table for the same entries in any order.</summary>
    /// <exception cref="DuplicatePrefixException">A prefix is there twice.</exception>
    /// <exception cref="ArgumentException">An entry is the default, or an area is none of <see cref="CallArea"/>; the message says where.</exception>
    public static PrefixTable Build(IReadOnlyList<PriceListEntry> entries) => new PrefixRanges(entries).ToTable();

    /// <summary>The entry with the longest prefix that the number starts with; null when there is none. Never allocates.</summary>
    public PriceListEntry? Match(E164Number number)
    {
        if (!number.IsPresent) return null;
        var length = number.Length;
        var padded = unchecked(number.Digits * DecimalDigits.Power(E164Number.MaxDigits - length));
        var found = _stretches.Find(padded);
        // Padding made the number longer than it is: a prefix longer than the number starts other numbers.
        if (found.Length > length) return LongestOf(number, length);
        if (found.Length == 0) return found.IsCrowded ? LongestOf(number, length) : null;
        return new PriceListEntry(NumberPrefix.SortKeyOf(padded, found.Length), _paged[found.Terms]);
    }

    /// <summary>The entry of exactly these digits; null when the list has none.</summary>
    public PriceListEntry? Find(NumberPrefix digits)
    {
        var at = Array.BinarySearch(_keys, digits.SortKey);
        return at >= 0 ? At(at) : null;
    }

    // Only numbers of few digits get here, in lists with longer prefixes of the same start; and those beside dozens of prefixes of 11 digits
    // and more that differ in the last ones.
    private PriceListEntry? LongestOf(E164Number number, int length)
    {
        for (; length > 0; length--)
            if (Find(number.Prefix(length)) is { } entry) return entry;
        return null;
    }

    private PriceListEntry At(int index) => new(NumberPrefix.FromSortKey(_keys[index]), _terms[_termsOf[index]]);

    private sealed class InOrder(PrefixTable table) : IReadOnlyList<PriceListEntry>
    {
        public int Count => table.Count;

        public PriceListEntry this[int index] => table.At(index);

        public IEnumerator<PriceListEntry> GetEnumerator()
        {
            for (var i = 0; i < Count; i++) yield return table.At(i);
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
