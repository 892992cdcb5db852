using System.Globalization;

namespace Classound.Charging.Rating;

/// <summary>
/// Money in 10^-9 units of a currency that the context names (one per PBX and price list). Arithmetic that leaves
/// 64 bits throws <see cref="OverflowException"/>: a wrong amount is worse than none.
/// </summary>
/// <param name="Nanos">The amount in 10^-9 currency units; negative for a credit.</param>
public readonly record struct Amount(long Nanos) : IComparable<Amount>, ISpanFormattable
{
    /// <summary>Decimals of a currency unit that an amount holds.</summary>
    public const int MaxDecimals = 9;

    private const long NanosPerUnit = 1_000_000_000;

    public static Amount Zero => default;

    /// <summary>
    /// Reads plain decimal text: an optional '-', digits, and optionally '.' and 1 to 9 digits. False for anything
    /// else (exponents, thousands separators, white space, a comma, more decimals) and for what 64 bits cannot hold.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> decimalText, out Amount amount)
    {
        amount = default;
        var negative = decimalText.StartsWith('-');
        var digits = negative ? decimalText[1..] : decimalText;
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? [] : digits[(point + 1)..];
        if (whole.IsEmpty || whole.Length > 20 || fraction.Length > MaxDecimals || (point >= 0 && fraction.IsEmpty)) return false;
        if (!TryDigits(whole, out var units) || !TryDigits(fraction, out var nanos)) return false;
        for (var i = fraction.Length; i < MaxDecimals; i++) nanos *= 10;
        var total = units * NanosPerUnit + nanos;
        if (negative) total = -total;
        if (total < long.MinValue || total > long.MaxValue) return false;
        amount = new Amount((long)total);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<char> digits, out Int128 value)
    {
        value = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c)) return false;
            value = value * 10 + (c - '0');
        }

        return true;
    }

    /// <summary>Plain decimal text without trailing zeros, the same in every culture: <c>0.0225</c>, <c>12</c>, <c>-0.5</c>.</summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[32];
        TryFormat(text, out var written, default, null);
        return text[..written].ToString();
    }

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        Int128 magnitude = Int128.Abs(Nanos);
        var sign = Nanos < 0 ? "-" : "";
        var units = (ulong)(magnitude / NanosPerUnit);
        var nanos = (int)(magnitude % NanosPerUnit);
        return nanos == 0
            ? destination.TryWrite(CultureInfo.InvariantCulture, $"{sign}{units}", out charsWritten)
            : TryFormatFraction(destination, sign, units, nanos, out charsWritten);
    }

    private static bool TryFormatFraction(Span<char> destination, string sign, ulong units, int nanos, out int charsWritten)
    {
        var decimals = MaxDecimals;
        for (; nanos % 10 == 0; nanos /= 10) decimals--;
        Span<char> fraction = stackalloc char[MaxDecimals];
        for (var i = decimals - 1; i >= 0; i--, nanos /= 10) fraction[i] = (char)('0' + nanos % 10);
        return destination.TryWrite(CultureInfo.InvariantCulture, $"{sign}{units}.{fraction[..decimals]}", out charsWritten);
    }

    /// <inheritdoc/>
    public int CompareTo(Amount other) => Nanos.CompareTo(other.Nanos);

    public static Amount operator +(Amount left, Amount right) => new(left.Nanos + right.Nanos);

    public static Amount operator -(Amount left, Amount right) => new(left.Nanos - right.Nanos);

    public static Amount operator -(Amount amount) => new(-amount.Nanos);

    public static bool operator <(Amount left, Amount right) => left.Nanos < right.Nanos;

    public static bool operator <=(Amount left, Amount right) => left.Nanos <= right.Nanos;

    public static bool operator >(Amount left, Amount right) => left.Nanos > right.Nanos;

    public static bool operator >=(Amount left, Amount right) => left.Nanos >= right.Nanos;
}
