namespace Classound.Charging.Rating;

/// <summary>
/// What a lookup needs of a prefix, in four bytes: its length, and which terms it has. Its digits are those of the number that was
/// looked up. The default, length 0, is no prefix.
/// </summary>
internal readonly record struct PrefixRef(int Packed)
{
    private const int LengthBits = 4;

    /// <summary>More terms than this do not fit.</summary>
    public const int MaxTerms = int.MaxValue >> LengthBits;

    public PrefixRef(int terms, int length)
        : this((terms << LengthBits) | length)
    {
    }

    public int Terms => Packed >> LengthBits;

    public int Length => Packed & ((1 << LengthBits) - 1);
}
