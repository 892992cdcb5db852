using System.Numerics;
using System.Runtime.InteropServices;
using Classound.Charging.Numbering;

namespace Classound.Charging.Rating;

/// <summary>
/// The number range cut into stretches that have one longest prefix each, found by the leading digits. A slot is all numbers of
/// the same leading digits. Slots that are like the one before, as most are, have no more than a clear bit; of each other one
/// there is either its prefix, or where its records start: how many boundaries lie inside, then those boundaries in order.
/// For a list of a million prefixes the bits stay in the processor's own cache, and for most numbers one read leaves it.
/// </summary>
internal sealed class PrefixStretches
{
    private const int MaxSlotDigits = 6;
    private const int MaxRestDigits = 9; // What is left behind the slot's digits has to fit in an int.

    private readonly ulong _slotSpan;
    private readonly ulong _unit;
    private readonly Slots[] _slots;
    private readonly int[] _starts;
    private readonly Record[] _records;

    /// <param name="boundaries">Rising; each a number of <see cref="E164Number.MaxDigits"/> digits, the first 0.</param>
    /// <param name="innermost">The longest prefix from each boundary to the next.</param>
    /// <param name="depth">Digits of the longest prefix of all; no boundary has others than 0 behind them.</param>
    public PrefixStretches(List<ulong> boundaries, List<PrefixRef> innermost, int depth)
    {
        // About as many slots as boundaries: fewer make for longer searches, more for a table that falls out of the cache.
        var slotDigits = Math.Clamp(DecimalDigits.Count((ulong)boundaries.Count) - 1, 1, MaxSlotDigits);
        slotDigits = Math.Clamp(slotDigits, Math.Max(1, depth - MaxRestDigits), depth);
        _slotSpan = DecimalDigits.Power(E164Number.MaxDigits - slotDigits);
        _unit = DecimalDigits.Power(E164Number.MaxDigits - depth);
        _slots = new Slots[DecimalDigits.Power(slotDigits) / Slots.Size + 1];
        (_starts, _records) = Fill(boundaries, innermost);
    }

    /// <summary>The longest prefix that the number, padded with zeros to any length, starts with.</summary>
    public PrefixRef Find(ulong digits, int length)
    {
        var padded = digits * DecimalDigits.Power(E164Number.MaxDigits - length);
        var slot = padded / _slotSpan;
        ref readonly var slots = ref _slots[slot / Slots.Size];
        var start = _starts[slots.IndexOf((int)slot)];
        return start >= 0 ? new PrefixRef(start) : FindRecord(~start, (int)((padded - slot * _slotSpan) / _unit));
    }

    // Without a branch in the loop: which way it goes cannot be predicted, and a wrong guess costs more than a step.
    private PrefixRef FindRecord(int head, int rest)
    {
        var low = head;
        for (var left = _records[head].Key + 1; left > 1;)
        {
            var half = left >> 1;
            low += ((_records[low + half].Key - rest - 1) >> 31) & half;
            left -= half;
        }

        return _records[low].Innermost;
    }

    private (int[] Starts, Record[] Records) Fill(List<ulong> boundaries, List<PrefixRef> innermost)
    {
        var starts = new List<int>();
        var records = new List<Record>();
        var next = 0;
        PrefixRef current = default;
        for (var slot = 0; slot < _slots.Length * Slots.Size; slot++)
        {
            var from = (ulong)slot * _slotSpan;
            if (next < boundaries.Count && boundaries[next] == from) current = innermost[next++];
            var start = current.Packed;
            var inside = next;
            while (next < boundaries.Count && boundaries[next] < from + _slotSpan) next++;
            if (next > inside)
            {
                start = ~records.Count;
                records.Add(new Record(next - inside, current));
                for (; inside < next; inside++) records.Add(new Record((int)((boundaries[inside] - from) / _unit), innermost[inside]));
                current = innermost[next - 1];
            }

            ref var slots = ref _slots[slot / Slots.Size];
            if (slot % Slots.Size == 0) slots.Before = starts.Count;
            if (slot > 0 && start == starts[^1]) continue;
            slots.Mark(slot);
            starts.Add(start);
        }

        return ([.. starts], [.. records]);
    }

    /// <summary>Sixty-four slots: which of them have a start of their own, and how many starts there are before these.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
    private struct Slots
    {
        public const int Size = 64;

        private ulong _marked;

        public int Before;

        public void Mark(int slot) => _marked |= 1UL << slot;

        /// <summary>Which start is the slot's own, or else of the last slot before it that has one.</summary>
        public readonly int IndexOf(int slot) => Before + BitOperations.PopCount(_marked & (ulong.MaxValue >> ~slot)) - 1;
    }

    /// <summary>
    /// What is left of a boundary behind the slot's digits, and the prefix from there on; the key of a slot's first record
    /// is the count of the others.
    /// </summary>
    private readonly record struct Record(int Key, PrefixRef Innermost);
}
