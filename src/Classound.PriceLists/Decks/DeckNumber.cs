using System.Globalization;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Decks;

/// <summary>A number of a deck as an exact amount: digits are moved and rounded as text, never as a binary fraction.</summary>
internal static class DeckNumber
{
    /// <summary>Stands for a space or an apostrophe between digits.</summary>
    public const char Group = '\'';

    private const int ExactDigits = 15; // What a double keeps; spreadsheets write 17 and the last ones are noise.
    private const int MaxExponent = 30;

    /// <summary>
    /// False for what is no number with this separator. A sign, currency signs and codes, whichever they are, and an exponent are
    /// understood.
    /// </summary>
    /// <param name="rounded">It had more than 9 decimals that are not noise, and was rounded half up.</param>
    public static bool TryParse(string text, char separator, out Amount amount, out bool rounded)
    {
        amount = default;
        rounded = false;
        var number = Split(text, out var mark);
        if (mark.Length > 0 && !Currencies.IsMark(mark)) return false;
        var negative = number.StartsWith('-');
        if (negative || number.StartsWith('+')) number = number[1..].TrimStart();
        if (!TrySplitExponent(ref number, out var exponent)) return false;
        if (!TryDigits(number, separator, out var digits, out var decimals)) return false;
        decimals -= exponent;
        digits = digits.TrimStart('0');
        if (digits.Length > ExactDigits)
        {
            decimals -= digits.Length - ExactDigits;
            digits = RoundTo(digits, ExactDigits);
        }

        while (decimals > 0 && digits.EndsWith('0')) (digits, decimals) = (digits[..^1], decimals - 1);
        if (digits.Length > 0 && decimals > Amount.MaxDecimals)
        {
            rounded = true;
            digits = RoundTo(digits, digits.Length - (decimals - Amount.MaxDecimals));
            decimals = Amount.MaxDecimals;
        }

        return Amount.TryParse(Plain(digits, decimals, negative), out amount);
    }

    /// <summary>
    /// The number in a cell such as "USD 0.05" or "0,05 €", with its sign in front and without what groups its thousands in the manner of
    /// 1 234 or 1'234; such groups are marked by <see cref="Group"/>.
    /// </summary>
    /// <param name="text">The cell.</param>
    /// <param name="mark">What stands before and behind it, such as "USD"; empty = nothing.</param>
    public static string Split(string text, out string mark)
    {
        mark = "";
        var kept = text.Trim();
        if (!kept.AsSpan().ContainsAnyExceptInRange('+', '9')) return kept;
        var first = kept.AsSpan().IndexOfAnyInRange('0', '9');
        if (first < 0) return kept;
        var end = kept.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        if (first > 0 && kept[first - 1] is '.' or ',') first--;
        if (end < kept.Length && kept[end] is '.' or ',') end++;
        var before = kept.AsSpan(0, first).Trim();
        var sign = "";
        if (before.Length > 0 && (before[0] is '-' or '+' || before[^1] is '-' or '+'))
        {
            sign = before[0] is '-' or '+' ? kept[..1] : before[^1].ToString();
            before = before.Trim(sign[0]);
        }

        mark = $"{before} {kept.AsSpan(end)}".Trim();
        return sign + string.Concat(kept[first..end].Select(static c => char.IsWhiteSpace(c) || c is '\'' or '\u2019' ? Group : c));
    }

    private static bool TrySplitExponent(ref string number, out int exponent)
    {
        exponent = 0;
        var at = number.IndexOfAny(['e', 'E']);
        if (at < 0) return true;
        var text = number.AsSpan(at + 1);
        number = number[..at];
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
            && exponent is >= -MaxExponent and <= MaxExponent;
    }

    private static bool TryDigits(string number, char separator, out string digits, out int decimals)
    {
        var point = number.IndexOf(separator, StringComparison.Ordinal);
        var whole = point < 0 ? number : number[..point];
        var fraction = point < 0 ? "" : number[(point + 1)..];
        decimals = fraction.Length;
        digits = "";
        var group = whole.Contains(Group, StringComparison.Ordinal) ? Group : separator == '.' ? ',' : '.';
        if (!TryUngroup(ref whole, group) || whole.Length + fraction.Length is 0 or > 60) return false;
        digits = whole + fraction;
        return !digits.AsSpan().ContainsAnyExceptInRange('0', '9') && (point < 0 || fraction.Length > 0);
    }

    // 1.234 and 12.345.678 are groups of thousands; 0.285 and 1.2345 are not.
    private static bool TryUngroup(ref string whole, char group)
    {
        if (!whole.Contains(group, StringComparison.Ordinal)) return true;
        var parts = whole.Split(group);
        whole = string.Concat(parts);
        return parts[0].Length is 1 or 2 or 3 && parts[0][0] != '0' && parts.Skip(1).All(static part => part.Length == 3);
    }

    /// <summary>The first digits, half up; as many and one more where a nine overflows.</summary>
    private static string RoundTo(string digits, int kept)
    {
        if (kept < 0) return "0";
        var up = digits[kept] >= '5';
        var value = kept == 0 ? Int128.Zero : Int128.Parse(digits.AsSpan(0, kept), NumberStyles.None, CultureInfo.InvariantCulture);
        return (value + (up ? 1 : 0)).ToString(CultureInfo.InvariantCulture);
    }

    private static string Plain(string digits, int decimals, bool negative)
    {
        var sign = negative ? "-" : "";
        if (digits.Length == 0) return "0";
        if (decimals <= 0) return sign + digits + new string('0', -decimals);
        var padded = digits.PadLeft(decimals + 1, '0');
        return $"{sign}{padded[..^decimals]}.{padded[^decimals..]}";
    }
}
