using System.Globalization;

namespace Classound.Charging.Numbering;

/// <summary>
/// An E.164 number of 7 to 15 digits, packed into one integer: no country code starts with 0, so nothing is lost.
/// ITU-T E.164 sets the 15. The 7 is the shortest fixed-line or mobile example in public numbering metadata
/// (Tristan da Cunha, +290 and four digits; Niue and Tokelau likewise); the one shorter entry there is an Iranian
/// company number that is not dialled from abroad. The default value is "no number" (<see cref="IsPresent"/>).
/// </summary>
public readonly struct E164Number : IEquatable<E164Number>, IComparable<E164Number>, ISpanFormattable
{
    /// <summary>Fewest digits, the country code included.</summary>
    public const int MinDigits = 7;

    /// <summary>Most digits, the country code included (ITU-T E.164, 6.2.1).</summary>
    public const int MaxDigits = 15;

    private E164Number(ulong digits) => Digits = digits;

    /// <summary>The digits as one integer; 0 when absent.</summary>
    public ulong Digits { get; }

    /// <summary>False for the default value, which stands for "no number".</summary>
    public bool IsPresent => Digits != 0;

    /// <summary>How many digits, 7 to 15; 0 when absent.</summary>
    public int Length => DecimalDigits.Count(Digits);

    /// <summary>The first digits, 1 to <see cref="Length"/> of them.</summary>
    public NumberPrefix Prefix(int length) => new(Digits / DecimalDigits.Power(Length - length), length);

    /// <summary>
    /// Reads '+' and 7 to 15 digits and nothing else. Never throws and never allocates; the number is present only
    /// when the answer is <see cref="NumberForm.E164"/>.
    /// </summary>
    public static NumberForm Parse(ReadOnlySpan<char> text, out E164Number number)
    {
        number = default;
        if (text.Length is <= MinDigits or > MaxDigits + 1 || text[0] != '+' || text[1] == '0')
            return NumberFormScan.Classify(text);
        ulong digits = 0;
        foreach (var c in text[1..])
        {
            if (!char.IsAsciiDigit(c)) return NumberFormScan.Classify(text);
            digits = digits * 10 + (ulong)(c - '0');
        }

        number = new E164Number(digits);
        return NumberForm.E164;
    }

    /// <summary>The number that <see cref="Digits"/> of a stored one described.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 7 to 15 digits.</exception>
    public static E164Number FromDigits(ulong digits)
    {
        if (DecimalDigits.Count(digits) is < MinDigits or > MaxDigits)
            throw new ArgumentOutOfRangeException(nameof(digits), "An E.164 number has 7 to 15 digits.");
        return new E164Number(digits);
    }

    /// <summary>'+' and the digits; empty when absent. Not for logs: see <see cref="Masked"/>.</summary>
    public override string ToString() =>
        IsPresent ? string.Create(CultureInfo.InvariantCulture, $"+{Digits}") : "";

    /// <summary>
    /// For logs: the first digits (at most three) and the last two, with never fewer than five hidden between them.
    /// </summary>
    public string Masked()
    {
        if (!IsPresent) return "";
        return string.Create(Length + 1, Digits, static (target, digits) =>
        {
            digits.TryFormat(target[1..], out var length, provider: CultureInfo.InvariantCulture);
            target[0] = '+';
            var shown = Math.Clamp(length - 7, 0, 3);
            target[(1 + shown)..(length - 1)].Fill('*');
        });
    }

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        charsWritten = 0;
        if (!IsPresent) return true;
        if (destination.IsEmpty || !Digits.TryFormat(destination[1..], out var written, provider: CultureInfo.InvariantCulture))
            return false;
        destination[0] = '+';
        charsWritten = written + 1;
        return true;
    }

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <inheritdoc/>
    public bool Equals(E164Number other) => Digits == other.Digits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is E164Number other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Digits.GetHashCode();

    /// <summary>By length, then by digits; absent first.</summary>
    public int CompareTo(E164Number other) => Digits.CompareTo(other.Digits);

    public static bool operator ==(E164Number left, E164Number right) => left.Equals(right);

    public static bool operator !=(E164Number left, E164Number right) => !left.Equals(right);

    public static bool operator <(E164Number left, E164Number right) => left.Digits < right.Digits;

    public static bool operator <=(E164Number left, E164Number right) => left.Digits <= right.Digits;

    public static bool operator >(E164Number left, E164Number right) => left.Digits > right.Digits;

    public static bool operator >=(E164Number left, E164Number right) => left.Digits >= right.Digits;
}
