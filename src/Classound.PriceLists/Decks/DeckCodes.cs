using System.Globalization;
using Classound.Charging;

namespace Classound.PriceLists.Decks;

/// <summary>The prefixes of one cell: one, a list, ranges; with '+', spaces, "^0039..*" and the like.</summary>
/// <param name="internationalPrefix">Taken off every code.</param>
/// <param name="lists">Null: what may be meant in two ways is an error.</param>
internal sealed class DeckCodes(string internationalPrefix, DeckCodeLists? lists)
{
    /// <summary>Codes to which the ranges of one cell may expand.</summary>
    public const int MaxCodes = 10_000;

    private const int MaxDigits = 15;

    private static readonly char[] ListSeparators = [.. ";/|&\n\r\t"];

    private const StringSplitOptions Trimmed = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    private readonly List<string> _codes = [];
    private string? _error;

    // Of the parts of a cell: the first and the last before this one, as they are meant, and whether the first says that it is whole.
    private string _first = "";
    private string _last = "";
    private bool _firstSaysWhole;

    /// <summary>The codes in their order; null after an error, which then says what is wrong and expected.</summary>
    /// <param name="countryCode">Goes before each of them; empty where they are complete.</param>
    public IReadOnlyList<string>? Expand(string cell, string countryCode, out string? error)
    {
        _codes.Clear();
        _error = null;
        (_first, _last) = ("", "");
        var before = countryCode.Length == 0 ? "" : Digits(countryCode, complete: true);
        if (before is { Length: > 0 } && cell.Length == 0) Add(before);
        // A comma with a blank separates codes; without one it may group digits.
        foreach (var piece in cell.Replace(", ", ";", StringComparison.Ordinal).Split(ListSeparators, Trimmed))
            if (before is not null && _error is null) ExpandPiece(piece, before);

        if (_error is null && _codes.Count == 0) _error = "expected digits such as 4915, a list or a range";
        error = _error;
        return _error is null ? _codes : null;
    }

    private void ExpandPiece(string piece, string before)
    {
        if (CodeShorthand.IsGroupedNumber(piece, MaxDigits - before.Length))
        {
            // The plus says that all digits are there.
            if (lists == DeckCodeLists.Thousands) piece = "+" + string.Concat(piece.Where(char.IsAsciiDigit));
            else if (lists is null) Fail("may be one code with its thousands grouped, or a list; expected to be told which (--codes thousands or complete)");
        }

        foreach (var part in piece.Split(',', Trimmed))
            if (_error is null) ExpandPart(part, before);
    }

    private void ExpandPart(string part, string before)
    {
        var dash = part.IndexOfAny(['-', '\u2013']);
        var first = Whole(dash < 0 ? part : part[..dash], before.Length == 0);
        if (first is null) return;
        if (_first.Length == 0) _first = first;
        _last = first;
        if (dash < 0)
        {
            Add(before + first);
            return;
        }

        var last = Digits(part[(dash + 1)..], before.Length == 0);
        if (last is null) return;
        if (lists == DeckCodeLists.Shorthand && last.Length < first.Length) last = CodeShorthand.Complete(last, first) ?? last;
        if (first.Length != last.Length || string.CompareOrdinal(first, last) > 0)
        {
            var shorter = last.Length < first.Length && lists is null ? "; a shortened end has to be said (--codes shorthand)" : "";
            _error = $"expected a range whose ends have the same number of digits and rise, such as 49172-49174{shorter}";
            return;
        }

        if (before.Length == 0 && lists != DeckCodeLists.Complete && !IsOfCountryOf(first, last))
        {
            _error = "the ends of the range lie in different countries; expected a range within one, or to be told (--codes complete)";
            return;
        }

        _last = last;
        AddRange(before, first, last);
    }

    /// <summary>A code with what it leaves out, where lists are said to be in shorthand; null after an error, or where they may be.</summary>
    private string? Whole(string part, bool complete)
    {
        var digits = Digits(part, complete);
        var saysWhole = part.StartsWith('+') || part.Contains(' ', StringComparison.Ordinal)
            || (internationalPrefix.Length > 0 && part.StartsWith(internationalPrefix, StringComparison.Ordinal));
        if (_first.Length == 0) _firstSaysWhole = saysWhole;
        // Area codes behind a country code of their own are whole unless shorthand is said.
        if (digits is null || _first.Length == 0 || lists == DeckCodeLists.Complete || part.StartsWith('+')) return digits;
        if (complete && CodeShorthand.MayBeAreaOf(_first, digits))
            return Fail($"{digits} may be an area code of {_first}, or a whole code; expected whole codes, or to be told (--codes complete)");
        if (lists == DeckCodeLists.Shorthand) return digits.Length < _last.Length ? Completed(digits) : digits;
        if (!complete) return digits;
        var rest = CodeShorthand.IsPossible(digits, _first) ? _first : CodeShorthand.IsPossible(digits, _last) ? _last
            : _firstSaysWhole && !saysWhole && !IsOfCountryOf(_first, digits) ? _first : null;
        return rest is null ? digits
            : Fail($"{digits} behind {rest} may be the rest of a code, or a whole one; expected whole codes, or to be told (--codes shorthand or complete)");
    }

    private string? Completed(string rest) => CodeShorthand.Complete(rest, _last)
        ?? (IsOfCountryOf(_last, rest) ? rest : Fail($"{rest} is too long to be the rest of a code behind {_last}; expected the whole code"));

    private static bool IsOfCountryOf(string other, string digits) => digits.StartsWith(Numbering.CallingCode(other), StringComparison.Ordinal);

    private void AddRange(string before, string first, string last)
    {
        if (first.Length > MaxDigits)
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
        var digits = CodeDigits.Read(text, complete ? internationalPrefix : "", out var error);
        _error ??= error;
        return digits;
    }

    private string? Fail(string reason)
    {
        _error ??= reason;
        return null;
    }
}
