using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Classound.Charging.Rating;

/// <summary>
/// The number range cut into stretches that have one longest prefix each: sixteen neighbours in a cache line, and an index of where the
/// lines start. For a million prefixes the index stays in the processor's own cache, and one read leaves it; what that costs depends on
/// how much there is in all, so that the bytes of a line are counted. Tried and slower: slots by leading digits, with the boundaries
/// of each in records of eight bytes (three reads that wait for each other); boundaries of four bytes (half as many lines again).
/// </summary>
internal sealed class PrefixStretches
{
    /// <summary>Lines start at multiples of 2 to this, so that an int says where: about as far as five prefixes of ten digits reach.</summary>
    public const int GranuleBits = 19;

    private const int StartBits = 31;
    private const int Group = 16;
    private const int MaxBucketBits = 14;

    private readonly CacheLines<ushort> _lines;
    private readonly CacheLines<int> _starts; // Of every line, in granules.
    private readonly CacheLines<int> _groups; // Of every sixteenth line.
    private readonly int[] _buckets; // For the leading bits of a start, the last group that does not start behind them.
    private readonly int _bucketShift;

    public PrefixStretches(StretchPacking packing)
    {
        _lines = packing.Lines;
        var groups = (packing.Starts.Count + Group - 1) / Group;
        _starts = new CacheLines<int>(groups, int.MaxValue);
        for (var i = 0; i < packing.Starts.Count; i++) _starts[i] = packing.Starts[i];
        _groups = new CacheLines<int>(groups / Group + 2, int.MaxValue);
        for (var i = 0; i < groups; i++) _groups[i] = packing.Starts[i * Group];
        // Four buckets for a group: then few buckets are so crowded that a search has to go on behind sixteen groups.
        var bucketBits = Math.Min(MaxBucketBits, BitOperations.Log2((uint)groups) + 2);
        _bucketShift = StartBits - bucketBits;
        _buckets = new int[1 << bucketBits];
        for (int i = 0, group = 0; i < _buckets.Length; i++)
        {
            while (group + 1 < groups && _groups[group + 1] <= i << _bucketShift) group++;
            _buckets[i] = group;
        }
    }

    /// <summary>The longest prefix that the number, padded with zeros to 15 digits, starts with.</summary>
    public PrefixRef Find(ulong number)
    {
        unchecked // Nothing here can overflow, and it runs on every call.
        {
            var granule = (int)(number >> GranuleBits);
            var group = _buckets[granule >> _bucketShift];
            int passed;
            do group += passed = CountUpTo(granule, in _groups[group + 1]);
            while (passed == Group);
            ref readonly var starts = ref _starts[group * Group];
            var inGroup = CountUpTo(granule, in starts) - 1;
            var start = (ulong)Unsafe.Add(ref Unsafe.AsRef(in starts), inGroup) << GranuleBits;
            return StretchLine.Find(in _lines[(group * Group + inGroup) * CacheLines<ushort>.Width], start, number);
        }
    }

    // Without a branch: which way a search goes cannot be predicted, and a wrong guess costs more than comparing with all sixteen.
    private static int CountUpTo(int value, ref readonly int rising)
    {
        var above = Vector512.GreaterThan(Vector512.LoadUnsafe(in rising), Vector512.Create(value)).ExtractMostSignificantBits();
        return BitOperations.TrailingZeroCount(unchecked((uint)above) | (1U << Group));
    }
}
