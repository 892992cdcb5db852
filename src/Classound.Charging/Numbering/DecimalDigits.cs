using System.Numerics;

namespace Classound.Charging.Numbering;

/// <summary>Decimal digits of packed numbers, by table: this runs on every lookup.</summary>
internal static class DecimalDigits
{
    private static readonly ulong[] Powers = PowersOfTen();

    /// <summary>10 to the <paramref name="exponent"/>, 0 to 19.</summary>
    public static ulong Power(int exponent) => Powers[exponent];

    /// <summary>How many digits the value has; 0 for 0.</summary>
    public static int Count(ulong value)
    {
        // 1233/4096 is log10(2) closely enough for 64 bits; the table corrects the one case it is off by.
        var guess = ((64 - BitOperations.LeadingZeroCount(value)) * 1233) >> 12;
        return value >= Powers[guess] ? guess + 1 : guess;
    }

    private static ulong[] PowersOfTen()
    {
        var powers = new ulong[20];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++) powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
