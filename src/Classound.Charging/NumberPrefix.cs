using System.Globalization;
using Classound.Charging.Numbering;

namespace Classound.Charging;

/// <summary>Leading digits of an E.164 number, without the plus.</summary>
public readonly record struct NumberPrefix(ulong Digits, int Length)
{
    private const int LengthBits = 4; // A length of up to 15 fits, and 15 digits leave room for it.

    /// <summary>Rises in the order of the digits, a prefix before the longer ones that it starts: 4, 49, 4915, 5.</summary>
    public ulong SortKey => (Digits * DecimalDigits.Power(E164Number.MaxDigits - Length) << LengthBits) | (uint)Length;

    /// <summary>The key of the first digits of a number that was padded with zeros to 15 digits.</summary>
    internal static ulong SortKeyOf(ulong padded, int length)
    {
        var behind = E164Number.MaxDigits - length;
        return unchecked(DecimalDigits.Shorten(padded, behind) * DecimalDigits.Power(behind) << LengthBits) | (uint)length;
    }

    public static NumberPrefix FromSortKey(ulong key)
    {
        var length = (int)(key & ((1 << LengthBits) - 1));
        return new NumberPrefix((key >> LengthBits) / DecimalDigits.Power(E164Number.MaxDigits - length), length);
    }

    /// <exception cref="ArgumentException">It is not 1 to 15 digits, the first of them 1-9.</exception>
    public static NumberPrefix Parse(string text) => TryParse(text, out var prefix)
        ? prefix
        : throw new ArgumentException($"prefix \"{text}\": expected 1 to 15 digits, the first of them 1-9", nameof(text));

    /// <summary>1..15 digits, the first not 0.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out NumberPrefix prefix)
    {
        prefix = default;
        if (text.Length is 0 or > E164Number.MaxDigits || text[0] == '0') return false;
        var digits = 0UL;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            digits = (digits * 10) + (ulong)(c - '0');
        }
        prefix = new NumberPrefix(digits, text.Length);
        return true;
    }

    public bool Matches(E164Number number)
    {
        var excess = number.Length - Length;
        if (excess < 0) return false;
        var digits = number.Digits;
        for (; excess > 0; excess--) digits /= 10;
        return digits == Digits;
    }

    public override string ToString() => Digits.ToString(CultureInfo.InvariantCulture);
}
