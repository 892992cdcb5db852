using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Classound.Charging.Rating;

/// <summary>Values in rows, each of which is one cache line of the processor: reading all of one costs no more than one trip to memory.</summary>
internal readonly struct CacheLines<T>
    where T : unmanaged
{
    private const int LineBytes = 64;

    private readonly T[] _values;
    private readonly int _first;

    /// <param name="fill">What the rows hold at first, and what stands behind the last one.</param>
    public CacheLines(int rows, T fill)
    {
        // Pinned, because what the collector moves does not stay where a line begins.
        _values = GC.AllocateUninitializedArray<T>((rows + 2) * Width, pinned: true);
        Array.Fill(_values, fill);
        _first = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0) & (LineBytes - 1)) / Unsafe.SizeOf<T>();
    }

    /// <summary>Values of a row.</summary>
    public static int Width => LineBytes / Unsafe.SizeOf<T>();

    /// <summary>A value in all rows; at least as many as a row has can be read from here on.</summary>
    public ref T this[int index] => ref _values[unchecked(_first + index)];

    public Span<T> Row(int row) => _values.AsSpan(_first + row * Width, Width);
}
