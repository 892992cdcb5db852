using Classound.Charging.Numbering;

namespace Classound.Charging.Rating;

/// <summary>
/// Longest-prefix match over the prefixes of one list. A prefix covers a range of 15-digit numbers and ranges only nest, so
/// the innermost one is known for every stretch between two boundaries, and a lookup finds the stretch: for most numbers
/// three reads that miss the cache, however many prefixes there are. Tried and slower: one sorted array of boundaries with an index
/// (five misses); a hash table per prefix length misses once per length present, five to eight times with real lists.
/// </summary>
public sealed class PrefixTable
{
    private readonly PriceListEntry[] _entries;
    private readonly PrefixRef[] _parents;
    private readonly PrefixStretches _stretches;

    internal PrefixTable(PriceListEntry[] entries, PrefixRef[] parents, PrefixStretches stretches)
    {
        _entries = entries;
        _parents = parents;
        _stretches = stretches;
    }

    /// <summary>How many prefixes.</summary>
    public int Count => _entries.Length;

    /// <summary>All entries in the order of their digits, each prefix before the longer ones that it starts.</summary>
    public IReadOnlyList<PriceListEntry> Entries => _entries.AsReadOnly();

    /// <summary>The same table for the same entries in any order.</summary>
    /// <exception cref="DuplicatePrefixException">A prefix is there twice.</exception>
    /// <exception cref="ArgumentException">
    /// A prefix is not 1 to 15 digits that start with 1-9, or an area is none of <see cref="CallArea"/>; the message names it.
    /// </exception>
    public static PrefixTable Build(IReadOnlyList<PriceListEntry> entries) => new PrefixRanges(entries).ToTable();

    /// <summary>The entry with the longest prefix that the number starts with; null when there is none. Never allocates.</summary>
    public PriceListEntry? Match(E164Number number)
    {
        if (!number.IsPresent) return null;
        var found = _stretches.Find(number);
        // Padding made the number longer than it is: a prefix longer than the number starts other numbers.
        while (found.Length > number.Length) found = _parents[found.Entry];
        return found.Length == 0 ? null : _entries[found.Entry];
    }
}
