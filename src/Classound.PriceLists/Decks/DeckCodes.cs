using System.Globalization;
using Classound.Charging;

namespace Classound.PriceLists.Decks;

/// <summary>The prefixes of one cell: one, a list, ranges; with '+', spaces, "^0039..*" and the like.</summary>
internal sealed class DeckCodes(string internationalPrefix)
{
    /// <summary>Codes to which the ranges of one cell may expand.</summary>
    public const int MaxCodes = 10_000;

    private static readonly char[] ListSeparators = [.. ",;/|&\n\r\t"];

    private readonly List<string> _codes = [];
    private string? _error;

    /// <summary>The codes in their order; null after an error, which then says what is wrong and expected.</summary>
    /// <param name="countryCode">Goes before each of them; empty where they are complete.</param>
    public IReadOnlyList<string>? Expand(string cell, string countryCode, out string? error)
    {
        _codes.Clear();
        _error = null;
        var before = countryCode.Length == 0 ? "" : Digits(countryCode, complete: true);
        if (before is { Length: > 0 } && cell.Length == 0) Add(before);
        foreach (var part in cell.Split(ListSeparators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (before is not null && _error is null) ExpandPart(part, before);

        if (_error is null && _codes.Count == 0) _error = "expected digits such as 4915, a list or a range";
        error = _error;
        return _error is null ? _codes : null;
    }

    private void ExpandPart(string part, string before)
    {
        var dash = part.IndexOfAny(['-', '\u2013']);
        if (dash < 0)
        {
            if (Digits(part, before.Length == 0) is { } digits) Add(before + digits);
            return;
        }

        var first = Digits(part[..dash], before.Length == 0);
        var last = first is null ? null : Digits(part[(dash + 1)..], before.Length == 0);
        if (last is null) return;
        if (first!.Length != last.Length || string.CompareOrdinal(first, last) > 0)
        {
            _error = "expected a range whose ends have the same number of digits and rise, such as 49172-49174";
            return;
        }

        AddRange(before, first, last);
    }

    private void AddRange(string before, string first, string last)
    {
        if (first.Length > 15)
        {
            _error = "expected 1 to 15 digits";
            return;
        }

        var (from, to) = (long.Parse(first, CultureInfo.InvariantCulture), long.Parse(last, CultureInfo.InvariantCulture));
        if (to - from >= MaxCodes - _codes.Count)
        {
            _error = string.Create(CultureInfo.InvariantCulture, $"expands to {to - from + 1 + _codes.Count} codes; expected at most {MaxCodes} in a cell");
            return;
        }

        // Leading zeros of an area code count.
        for (var code = from; code <= to; code++) Add(before + code.ToString(CultureInfo.InvariantCulture).PadLeft(first.Length, '0'));
    }

    private void Add(string code)
    {
        if (NumberPrefix.TryParse(code, out _)) _codes.Add(code);
        else _error ??= $"{code} is no prefix; expected 1 to 15 digits, the first of them 1 to 9";
    }

    /// <summary>Null after an error.</summary>
    private string? Digits(string text, bool complete)
    {
        var code = text.AsSpan().Trim().TrimStart('^');
        if (IsScientific(code)) return Fail("was written by a spreadsheet as a rounded number: digits are lost; expected the code as text");
        code = code.TrimEnd("$").TrimEnd(".*xX%# ");
        var plus = code.StartsWith('+');
        if (plus) code = code[1..];
        var digits = Join(code);
        if (digits is null) return null;
        if (digits.EndsWith(".0", StringComparison.Ordinal)) digits = digits[..^2];
        if (digits.Length == 0 || digits.AsSpan().ContainsAnyExceptInRange('0', '9')) return Fail("expected digits such as 4915, a list or a range");
        return complete && !plus && internationalPrefix.Length > 0 && digits.StartsWith(internationalPrefix, StringComparison.Ordinal)
            ? digits[internationalPrefix.Length..]
            : digits;
    }

    // "336 07" is one code; "49152 49162" is a list that lost its commas, and joined it would be a third code.
    private string? Join(ReadOnlySpan<char> code)
    {
        if (code.IndexOfAny(" \u00A0()") < 0) return code.ToString();
        var parts = code.ToString().Split([' ', '\u00A0', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        var country = parts.Length > 1 && parts[0].Length > 2 ? Numbering.CallingCode(parts[0]) : "";
        if (country.Length > 0 && parts.Skip(1).Any(part => part.Length >= parts[0].Length && part.StartsWith(country, StringComparison.Ordinal)))
            return Fail("may be one code or a list; expected commas between codes");
        return string.Concat(parts);
    }

    private static bool IsScientific(ReadOnlySpan<char> code)
    {
        var e = code.IndexOfAny('e', 'E');
        return e > 0 && char.IsAsciiDigit(code[e - 1]) && e + 1 < code.Length && (code[e + 1] is '+' or '-' || char.IsAsciiDigit(code[e + 1]));
    }

    private string? Fail(string reason)
    {
        _error ??= reason;
        return null;
    }
}
