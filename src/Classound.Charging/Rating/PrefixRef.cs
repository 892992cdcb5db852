namespace Classound.Charging.Rating;

/// <summary>
/// What a lookup needs of a prefix, in four bytes: its length, and which terms it has. Its digits are those of the number that was
/// looked up. Length 0 is no prefix.
/// </summary>
internal readonly record struct PrefixRef(int Packed)
{
    /// <summary>As many terms differ in no more than <see cref="OnPage"/>.</summary>
    public const int PageSize = 1 << (PageBits - LengthBits);

    /// <summary>More terms than this do not fit.</summary>
    public const int MaxTerms = int.MaxValue >> LengthBits;

    private const int PageBits = 16;
    private const int LengthBits = 4;

    public PrefixRef(int terms, int length)
        : this((terms << LengthBits) | length)
    {
    }

    /// <summary>No answer: so many prefixes begin close to each other that they are to be tried one by one.</summary>
    public static PrefixRef Crowded => new(terms: 1, length: 0);

    public bool IsCrowded => OnPage == Crowded.Packed;

    /// <summary>Everything but the page of the terms.</summary>
    public ushort OnPage => (ushort)(Packed & ((1 << PageBits) - 1));

    public int Page => Packed >> PageBits;

    public int Terms => Packed >> LengthBits;

    public int Length => Packed & ((1 << LengthBits) - 1);

    public static PrefixRef Of(int page, ushort onPage) => new((page << PageBits) | onPage);
}
