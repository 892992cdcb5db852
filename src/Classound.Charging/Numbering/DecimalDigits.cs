using System.Numerics;

namespace Classound.Charging.Numbering;

/// <summary>Decimal digits of packed numbers, by table: this runs on every lookup.</summary>
internal static class DecimalDigits
{
    private const int CountBits = 52; // Behind these there is room for a count.
    private const int ShortenBits = 60;

    private static readonly ulong[] Powers = PowersOfTen();
    private static readonly ulong[] Counts = CountsByLog2();
    private static readonly (ulong Reciprocal, int Shift)[] Reciprocals = ReciprocalsOfPowers();

    /// <summary>10 to the <paramref name="exponent"/>, 0 to 19.</summary>
    public static ulong Power(int exponent) => Powers[exponent];

    /// <summary>How many digits the value has; 0 for 0.</summary>
    public static int Count(ulong value)
    {
        if (value >> CountBits == 0) return unchecked((int)((value + Counts[BitOperations.Log2(value)]) >> CountBits));
        var count = E164Number.MaxDigits;
        while (count < Powers.Length && value >= Powers[count]) count++;
        return count;
    }

    /// <summary>How many zeros the value ends with, 15 at most.</summary>
    public static int TrailingZeros(ulong value)
    {
        var zeros = 0;
        while (zeros < E164Number.MaxDigits && value % Powers[zeros + 1] == 0) zeros++;
        return zeros;
    }

    /// <summary>
    /// A value of up to 50 bits without its last digits, 0 to 15 of them. Multiplied by the reciprocal, because a division takes several
    /// times as long; exact, because the reciprocal is too large by less than one in 2^59.
    /// </summary>
    public static ulong Shorten(ulong value, int digits)
    {
        var (reciprocal, shift) = Reciprocals[digits];
        return Math.BigMul(unchecked(value << (64 - ShortenBits)), reciprocal, out _) >> shift;
    }

    private static ulong[] PowersOfTen()
    {
        var powers = new ulong[20];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++) powers[i] = powers[i - 1] * 10;
        return powers;
    }

    // Values of as many bits have as many digits, or one more from a power of ten on: added to them, these carry into the count just there.
    private static ulong[] CountsByLog2()
    {
        var counts = new ulong[CountBits];
        for (var log = 0; log < counts.Length; log++)
        {
            var digits = 0;
            while (Powers[digits] < 1UL << log) digits++;
            var carries = Powers[digits] >> log == 1;
            counts[log] = carries ? ((ulong)(digits + 1) << CountBits) - Powers[digits] : (ulong)digits << CountBits;
        }

        return counts;
    }

    // 2^(60 + shift) / 10^digits, rounded up, with the shift that keeps it between 2^59 and 2^60.
    private static (ulong Reciprocal, int Shift)[] ReciprocalsOfPowers()
    {
        var reciprocals = new (ulong, int)[E164Number.MaxDigits + 1];
        for (var digits = 0; digits < reciprocals.Length; digits++)
        {
            var shift = BitOperations.Log2(Powers[digits]);
            reciprocals[digits] = ((ulong)(((UInt128.One << (ShortenBits + shift)) + Powers[digits] - 1) / Powers[digits]), shift);
        }

        return reciprocals;
    }
}
