using System.Globalization;
using Classound.Charging.Numbering;

namespace Classound.Charging.Rating;

/// <summary>Turns the prefixes of a list into nested ranges of 15-digit numbers, and those into a <see cref="PrefixTable"/>.</summary>
internal sealed class PrefixRanges
{
    private const int LengthBits = 4; // Of a sort key.

    private readonly PriceListEntry[] _sorted;
    private readonly ulong[] _keys;
    private readonly PrefixRef[] _parents;
    private readonly List<ulong> _boundaries = [0];
    private readonly List<PrefixRef> _innermost = [default];
    private readonly Stack<PrefixRef> _open = new();

    public PrefixRanges(IReadOnlyList<PriceListEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entries.Count, PrefixRef.MaxEntries);
        _keys = new ulong[entries.Count];
        var order = new int[entries.Count];
        for (var i = 0; i < order.Length; i++)
        {
            _keys[i] = Key(entries[i].Prefix, i);
            if (entries[i].Area > CallArea.Area6) throw Refusal($"area {(int)entries[i].Area} of entry {i + 1}: expected 0 to 6");
            order[i] = i;
        }

        Array.Sort(_keys, order);
        RefuseDuplicates(entries, order);
        _sorted = Array.ConvertAll(order, i => entries[i]);
        _parents = new PrefixRef[order.Length];
    }

    public PrefixTable ToTable()
    {
        for (var i = 0; i < _sorted.Length; i++)
        {
            var start = Start(i);
            CloseUpTo(start);
            _parents[i] = Innermost();
            _open.Push(new PrefixRef(i, _sorted[i].Prefix.Length));
            Mark(start, Innermost());
        }

        CloseUpTo(ulong.MaxValue);
        var depth = _sorted.Length == 0 ? 1 : _sorted.Max(e => e.Prefix.Length);
        return new PrefixTable(_sorted, _parents, new PrefixStretches(_boundaries, _innermost, depth));
    }

    private void CloseUpTo(ulong start)
    {
        while (_open.TryPeek(out var top) && End(top) <= start)
        {
            _open.Pop();
            Mark(End(top), Innermost());
        }
    }

    private PrefixRef Innermost() => _open.TryPeek(out var top) ? top : default;

    // What starts where something else ends replaces the mark of the end.
    private void Mark(ulong boundary, PrefixRef innermost)
    {
        if (_boundaries[^1] == boundary)
        {
            _innermost[^1] = innermost;
            return;
        }

        _boundaries.Add(boundary);
        _innermost.Add(innermost);
    }

    private ulong Start(int sorted) => _keys[sorted] >> LengthBits;

    private ulong End(PrefixRef prefix) => Start(prefix.Entry) + DecimalDigits.Power(E164Number.MaxDigits - prefix.Length);

    private static ulong Key(string prefix, int index) => NumberPrefix.TryParse(prefix, out var digits)
        ? digits.SortKey
        : throw Refusal($"prefix \"{prefix}\" of entry {index + 1}: expected 1 to 15 digits, the first of them 1-9");

    private static ArgumentException Refusal(FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture));

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
