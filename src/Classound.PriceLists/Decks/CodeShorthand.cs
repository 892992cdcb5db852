namespace Classound.PriceLists.Decks;

/// <summary>Codes that are written without the digits that they share with the one before: 49151, 152.</summary>
internal static class CodeShorthand
{
    /// <summary>The whole code; null where a digit of the country code would have to be given up for it.</summary>
    /// <param name="code">As it is written.</param>
    /// <param name="before">The code before it, which is longer.</param>
    public static string? Complete(string code, string before)
    {
        var kept = before.Length - code.Length;
        return kept >= Math.Max(1, Numbering.CallingCode(before).Length) ? before[..kept] + code : null;
    }

    /// <summary>
    /// Whether the rest of a code may be meant: taken for a whole one, it would lie in another country, or it is the next one of a rising
    /// list. A country code alone is always whole.
    /// </summary>
    public static bool IsPossible(string code, string before)
    {
        if (code.Length >= before.Length || Complete(code, before) is not { } whole) return false;
        var country = Numbering.CallingCode(before);
        return !code.StartsWith(country, StringComparison.Ordinal)
            || (code.Length > country.Length && string.CompareOrdinal(whole, before) > 0);
    }

    /// <summary>Whether it may be the area code of a country code that stands alone before it: 61, 38 or 49/151.</summary>
    public static bool MayBeAreaOf(string country, string code) => Numbering.CallingCode(country) == country
        && !code.StartsWith(country, StringComparison.Ordinal) && Numbering.CallingCode(code) != code;

    /// <summary>Whether a cell such as 49,151 or 1.242.456 may be one number of at most this many digits.</summary>
    public static bool IsGroupedNumber(string cell, int maxDigits)
    {
        var groups = cell.TrimStart('+').Split(',', '.', '\'', '\u2019');
        return groups.Length > 1 && groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(static group => group.Length == 3)
            && groups.Sum(static group => group.Length) <= maxDigits && groups.All(static group => group.All(char.IsAsciiDigit));
    }
}
