namespace Classound.Charging.Rating;

/// <summary>
/// An entry of a <see cref="PrefixTable"/> and the length of its prefix in four bytes: reading the length from the entry
/// itself cost two more cache misses per lookup. The default, length 0, is no entry.
/// </summary>
internal readonly record struct PrefixRef(int Packed)
{
    private const int LengthBits = 4;

    /// <summary>More entries than this do not fit.</summary>
    public const int MaxEntries = int.MaxValue >> LengthBits;

    public PrefixRef(int entry, int length)
        : this((entry << LengthBits) | length)
    {
    }

    public int Entry => Packed >> LengthBits;

    public int Length => Packed & ((1 << LengthBits) - 1);
}
