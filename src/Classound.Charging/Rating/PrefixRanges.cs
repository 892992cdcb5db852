using System.Globalization;
using Classound.Charging.Numbering;

namespace Classound.Charging.Rating;

/// <summary>Turns the prefixes of a list into nested ranges of 15-digit numbers, and those into a <see cref="PrefixTable"/>.</summary>
internal sealed class PrefixRanges
{
    private const int NoEntry = -1;
    private const int LengthBits = 4; // A length of up to 15 fits, and 15 digits leave room for it.

    private readonly PriceListEntry[] _sorted;
    private readonly ulong[] _keys;
    private readonly int[] _parents;
    private readonly List<ulong> _boundaries = [0];
    private readonly List<int> _innermost = [NoEntry];
    private readonly Stack<int> _open = new();

    public PrefixRanges(IReadOnlyList<PriceListEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _keys = new ulong[entries.Count];
        var order = new int[entries.Count];
        for (var i = 0; i < order.Length; i++)
        {
            _keys[i] = Key(entries[i].Prefix, i);
            order[i] = i;
        }

        Array.Sort(_keys, order);
        RefuseDuplicates(entries, order);
        _sorted = Array.ConvertAll(order, i => entries[i]);
        _parents = new int[order.Length];
    }

    public PrefixTable ToTable()
    {
        for (var i = 0; i < _sorted.Length; i++)
        {
            var start = Start(i);
            CloseUpTo(start);
            _parents[i] = _open.TryPeek(out var parent) ? parent : NoEntry;
            _open.Push(i);
            Mark(start, i);
        }

        CloseUpTo(ulong.MaxValue);
        return new PrefixTable(_sorted, _parents, [.. _boundaries], [.. _innermost]);
    }

    private void CloseUpTo(ulong start)
    {
        while (_open.TryPeek(out var top) && End(top) <= start)
        {
            _open.Pop();
            Mark(End(top), _open.TryPeek(out var outer) ? outer : NoEntry);
        }
    }

    // What starts where something else ends replaces the mark of the end.
    private void Mark(ulong boundary, int entry)
    {
        if (_boundaries[^1] == boundary)
        {
            _innermost[^1] = entry;
            return;
        }

        _boundaries.Add(boundary);
        _innermost.Add(entry);
    }

    private ulong Start(int sorted) => _keys[sorted] >> LengthBits;

    private ulong End(int sorted) => Start(sorted) + DecimalDigits.Power(E164Number.MaxDigits - _sorted[sorted].Prefix.Length);

    // Sorts a prefix before the longer ones that it starts.
    private static ulong Key(string prefix, int index)
    {
        if (prefix.Length is 0 or > E164Number.MaxDigits || prefix[0] == '0' || !prefix.All(char.IsAsciiDigit))
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"prefix \"{prefix}\" of entry {index + 1}: expected 1 to 15 digits, the first of them 1-9"));
        var digits = ulong.Parse(prefix, NumberStyles.None, CultureInfo.InvariantCulture);
        var start = digits * DecimalDigits.Power(E164Number.MaxDigits - prefix.Length);
        return (start << LengthBits) | (uint)prefix.Length;
    }

    private void RefuseDuplicates(IReadOnlyList<PriceListEntry> entries, int[] order)
    {
        for (var i = 1; i < order.Length; i++)
        {
            if (_keys[i] != _keys[i - 1]) continue;
            var (a, b) = (order[i - 1], order[i]);
            throw new DuplicatePrefixException(entries[a].Prefix, Math.Min(a, b), Math.Max(a, b));
        }
    }
}
