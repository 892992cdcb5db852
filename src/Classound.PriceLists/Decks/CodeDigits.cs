namespace Classound.PriceLists.Decks;

/// <summary>The digits of one code, which may come as "+39 06", "^0039..*", "44xxx" or "1 (242)".</summary>
internal static class CodeDigits
{
    /// <summary>The digits; null after an error.</summary>
    /// <param name="text">The code as it is written.</param>
    /// <param name="internationalPrefix">Taken off, unless a plus says that there is none.</param>
    /// <param name="error">What is wrong and expected.</param>
    public static string? Read(string text, string internationalPrefix, out string? error)
    {
        error = null;
        var code = text.AsSpan().Trim().TrimStart('^');
        if (IsScientific(code)) return Fail(out error, "was written by a spreadsheet as a rounded number: digits are lost; expected the code as text");
        code = code.TrimEnd("$").TrimEnd(".*xX%# ");
        var plus = code.StartsWith('+');
        if (plus) code = code[1..];
        var digits = Join(code, out error);
        if (digits is null) return null;
        if (digits.EndsWith(".0", StringComparison.Ordinal)) digits = digits[..^2];
        if (digits.Length == 0 || digits.AsSpan().ContainsAnyExceptInRange('0', '9')) return Fail(out error, "expected digits such as 4915, a list or a range");
        return !plus && internationalPrefix.Length > 0 && digits.StartsWith(internationalPrefix, StringComparison.Ordinal)
            ? digits[internationalPrefix.Length..]
            : digits;
    }

    // "336 07" is one code; "49152 49162" is a list that lost its commas, and joined it would be a third code.
    private static string? Join(ReadOnlySpan<char> code, out string? error)
    {
        error = null;
        if (code.IndexOfAny(" \u00A0()") < 0) return code.ToString();
        if (code.Count('(') != code.Count(')')) return Fail(out error, "brackets around a list; expected whole codes");
        var parts = code.ToString().Split([' ', '\u00A0', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        var country = parts.Length > 1 && parts[0].Length > 2 ? Numbering.CallingCode(parts[0]) : "";
        if (country.Length > 0 && parts.Skip(1).Any(part => MayBeAnother(part, parts[0], country)))
            return Fail(out error, "may be one code or a list; expected commas between codes");
        return string.Concat(parts);
    }

    private static bool MayBeAnother(string part, string first, string country) => part.Length >= first.Length
        ? part.StartsWith(country, StringComparison.Ordinal)
        : CodeShorthand.Complete(part, first) is { } whole && string.CompareOrdinal(whole, first) > 0;

    private static bool IsScientific(ReadOnlySpan<char> code)
    {
        var e = code.IndexOfAny('e', 'E');
        return e > 0 && char.IsAsciiDigit(code[e - 1]) && e + 1 < code.Length && (code[e + 1] is '+' or '-' || char.IsAsciiDigit(code[e + 1]));
    }

    private static string? Fail(out string? error, string reason)
    {
        error = reason;
        return null;
    }
}
