using System.Runtime.InteropServices;
using Classound.Charging.Numbering;

namespace Classound.Charging.Rating;

/// <summary>
/// The number range cut into stretches that have one longest prefix each, found by the leading digits. A slot per leading
/// digits holds either the prefix of all its numbers or where its records start: how many boundaries lie inside, then
/// those boundaries in order. A lookup so reads a slot and, for most numbers of a large list, one cache line of records.
/// </summary>
internal sealed class PrefixStretches
{
    private const int MaxSlotDigits = 6;

    private readonly int _depth;
    private readonly ulong _slotSpan;
    private readonly int[] _slots;
    private readonly Record[] _records;

    /// <param name="boundaries">Rising; each a number of <see cref="E164Number.MaxDigits"/> digits, the first 0.</param>
    /// <param name="innermost">The longest prefix from each boundary to the next.</param>
    /// <param name="depth">Digits of the longest prefix of all; no boundary has others than 0 behind them.</param>
    public PrefixStretches(List<ulong> boundaries, List<PrefixRef> innermost, int depth)
    {
        // About as many slots as boundaries: fewer make for longer searches, more for a table that falls out of the cache.
        var slotDigits = Math.Min(depth, Math.Clamp(DecimalDigits.Count((ulong)boundaries.Count) - 1, 1, MaxSlotDigits));
        _depth = depth;
        _slotSpan = DecimalDigits.Power(depth - slotDigits);
        _slots = new int[DecimalDigits.Power(slotDigits)];
        _records = Fill(boundaries, innermost);
    }

    /// <summary>The longest prefix that the number, padded with zeros to any length, starts with.</summary>
    public PrefixRef Find(E164Number number)
    {
        var key = Truncate(number.Digits, number.Length);
        var slot = key / _slotSpan;
        var at = _slots[slot];
        return at >= 0 ? new PrefixRef(at) : FindRecord(~at, key - slot * _slotSpan);
    }

    private PrefixRef FindRecord(int head, ulong rest)
    {
        var low = head;
        var high = head + (int)_records[head].Key;
        while (low < high)
        {
            var middle = (int)(((uint)low + (uint)high + 1) >> 1);
            if (_records[middle].Key <= rest) low = middle;
            else high = middle - 1;
        }

        return _records[low].Innermost;
    }

    private ulong Truncate(ulong digits, int length) => length > _depth
        ? digits / DecimalDigits.Power(length - _depth)
        : digits * DecimalDigits.Power(_depth - length);

    private Record[] Fill(List<ulong> boundaries, List<PrefixRef> innermost)
    {
        var unit = DecimalDigits.Power(E164Number.MaxDigits - _depth);
        var records = new List<Record>();
        var next = 0;
        PrefixRef current = default;
        for (var slot = 0; slot < _slots.Length; slot++)
        {
            var start = (ulong)slot * _slotSpan;
            if (next < boundaries.Count && boundaries[next] / unit == start) current = innermost[next++];
            _slots[slot] = current.Packed;
            var head = records.Count;
            for (; next < boundaries.Count && boundaries[next] / unit < start + _slotSpan; next++)
            {
                if (records.Count == head) records.Add(new Record(0, current));
                current = innermost[next];
                records.Add(new Record(boundaries[next] / unit - start, current));
            }

            if (records.Count == head) continue;
            records[head] = records[head] with { Key = (ulong)(records.Count - head - 1) };
            _slots[slot] = ~head;
        }

        return [.. records];
    }

    /// <summary>
    /// What is left of a boundary behind the slot's digits, and the prefix from there on; the key of a slot's first record
    /// is the count of the others. Packed: the padding would be a quarter of the table.
    /// </summary>
    [StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
    private readonly record struct Record(ulong Key, PrefixRef Innermost);
}
