using Classound.Charging;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Stored;

/// <summary>
/// The prefixes in the order of their digits. Each says how many leading digits it has in common with the one before and how many
/// of its own follow (four bits each), then those as one number, then its row.
/// </summary>
internal sealed class StoredEntries
{
    private const int LeastBytes = 3;
    private const int LengthBits = 4;

    private static readonly ulong[] Powers = PowersOfTen();

    private readonly PriceListEntry[] _sorted;
    private readonly int[] _rows;

    /// <exception cref="ArgumentException">A prefix is missing, or there twice.</exception>
    public StoredEntries(IReadOnlyList<PriceListEntry> entries, StoredRows rows)
    {
        _sorted = Sort(entries);
        _rows = Array.ConvertAll(_sorted, entry => rows.IndexOf(entry.Terms));
    }

    public void Write(StoredWriter bytes)
    {
        bytes.Number(_sorted.Length);
        NumberPrefix before = default;
        for (var i = 0; i < _sorted.Length; i++)
        {
            var prefix = _sorted[i].Digits;
            var common = CommonDigits(before, prefix);
            bytes.Byte((byte)((common << LengthBits) | (prefix.Length - common)));
            bytes.Number(prefix.Digits % Powers[prefix.Length - common]);
            bytes.Number(_rows[i]);
            before = prefix;
        }
    }

    public static PriceListEntry[] Read(ref StoredReader bytes, PriceListTerms[] rows)
    {
        var entries = new PriceListEntry[bytes.Count(LeastBytes)];
        NumberPrefix before = default;
        for (var i = 0; i < entries.Length; i++)
        {
            var prefix = ReadPrefix(ref bytes, before);
            entries[i] = new PriceListEntry(prefix, rows[bytes.Index(rows.Length)]);
            if (i > 0 && entries[i].SortKey <= entries[i - 1].SortKey) throw bytes.Damaged($"prefix {prefix} follows {before}");
            before = prefix;
        }

        return entries;
    }

    private static NumberPrefix ReadPrefix(ref StoredReader bytes, NumberPrefix before)
    {
        var lengths = bytes.Byte();
        var common = lengths >> LengthBits;
        var own = lengths & ((1 << LengthBits) - 1);
        var digits = bytes.Number();
        if (common > before.Length || own == 0 || common + own > E164Number.MaxDigits || digits >= Powers[own])
            throw bytes.Damaged($"a prefix has {common} digits in common with {before}, and {own} of its own");
        if (common > 0) digits += before.Digits / Powers[before.Length - common] * Powers[own];
        else if (digits < Powers[own - 1]) throw bytes.Damaged("a prefix starts with 0");
        return new NumberPrefix(digits, common + own);
    }

    private static PriceListEntry[] Sort(IReadOnlyList<PriceListEntry> entries)
    {
        var keys = new ulong[entries.Count];
        var sorted = new PriceListEntry[entries.Count];
        for (var i = 0; i < keys.Length; i++) (sorted[i], keys[i]) = (entries[i], entries[i].SortKey);
        Array.Sort(keys, sorted);
        if (keys is [0, ..]) throw new ArgumentException("an entry has no prefix", nameof(entries));
        for (var i = 1; i < keys.Length; i++)
            if (keys[i] == keys[i - 1]) throw new ArgumentException($"prefix {sorted[i].Prefix}: given twice; expected once", nameof(entries));
        return sorted;
    }

    private static int CommonDigits(NumberPrefix before, NumberPrefix prefix)
    {
        var common = Math.Min(before.Length, prefix.Length);
        var (a, b) = (before.Digits / Powers[before.Length - common], prefix.Digits / Powers[prefix.Length - common]);
        for (; a != b; common--) (a, b) = (a / 10, b / 10);
        return common;
    }

    private static ulong[] PowersOfTen()
    {
        var powers = new ulong[E164Number.MaxDigits + 1];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++) powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
