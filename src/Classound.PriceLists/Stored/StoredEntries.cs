using System.Globalization;
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

    private readonly PriceListEntry[] _sorted;
    private readonly int[] _rows;

    /// <exception cref="ArgumentException">A prefix is not 1 to 15 digits, or is there twice.</exception>
    public StoredEntries(IReadOnlyList<PriceListEntry> entries, StoredRows rows)
    {
        _sorted = Sort(entries);
        _rows = Array.ConvertAll(_sorted, rows.IndexOf);
    }

    public void Write(StoredWriter bytes)
    {
        bytes.Number(_sorted.Length);
        var before = "";
        for (var i = 0; i < _sorted.Length; i++)
        {
            var prefix = _sorted[i].Prefix;
            var common = before.AsSpan().CommonPrefixLength(prefix);
            bytes.Byte((byte)((common << LengthBits) | (prefix.Length - common)));
            bytes.Number(ulong.Parse(prefix.AsSpan(common), NumberStyles.None, CultureInfo.InvariantCulture));
            bytes.Number(_rows[i]);
            before = prefix;
        }
    }

    public static PriceListEntry[] Read(ref StoredReader bytes, PriceListEntry[] rows)
    {
        var entries = new PriceListEntry[bytes.Count(LeastBytes)];
        Span<char> prefix = stackalloc char[E164Number.MaxDigits];
        var length = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            length = ReadPrefix(ref bytes, prefix, length);
            var row = rows[bytes.Index(rows.Length)];
            entries[i] = new PriceListEntry(
                prefix[..length].ToString(), row.Country, row.Destination, row.Area, row.OwnTariff, row.HighCost);
        }

        return entries;
    }

    /// <summary>Puts the next prefix over the one before, of <paramref name="before"/> digits; returns how many it has.</summary>
    private static int ReadPrefix(ref StoredReader bytes, scoped Span<char> prefix, int before)
    {
        var lengths = bytes.Byte();
        var common = lengths >> LengthBits;
        var own = lengths & ((1 << LengthBits) - 1);
        if (common > before || own == 0 || common + own > E164Number.MaxDigits)
            throw bytes.Damaged($"a prefix has {common} digits in common with one of {before}, and {own} of its own");
        var replaced = common < before ? prefix[common] : '\0';
        var digits = bytes.Number();
        for (var i = common + own - 1; i >= common; i--, digits /= 10) prefix[i] = (char)('0' + digits % 10);
        if (digits != 0 || prefix[0] == '0' || prefix[common] <= replaced)
            throw bytes.Damaged("a prefix does not rise, starts with 0, or has other digits than it says");
        return common + own;
    }

    private static PriceListEntry[] Sort(IReadOnlyList<PriceListEntry> entries)
    {
        var keys = new ulong[entries.Count];
        var sorted = new PriceListEntry[entries.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            sorted[i] = entries[i];
            keys[i] = NumberPrefix.TryParse(sorted[i].Prefix, out var digits)
                ? digits.SortKey
                : throw new ArgumentException($"prefix \"{sorted[i].Prefix}\": expected 1 to 15 digits, the first of them 1-9", nameof(entries));
        }

        Array.Sort(keys, sorted);
        for (var i = 1; i < keys.Length; i++)
            if (keys[i] == keys[i - 1]) throw new ArgumentException($"prefix {sorted[i].Prefix}: given twice; expected once", nameof(entries));
        return sorted;
    }
}
