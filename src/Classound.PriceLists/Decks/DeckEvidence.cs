using System.Buffers;

namespace Classound.PriceLists.Decks;

/// <summary>What whole columns say of the form of their values: one cell such as 1,234 says too little.</summary>
internal sealed class DeckEvidence
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.,");

    private (int Line, string Value) _point, _comma, _eitherPoint, _eitherComma;
    private int _codes;
    private int _dialled;

    public void AddNumber(int line, string text)
    {
        if (text.Length == 0) return;
        var number = DeckNumber.Split(text, out _).Replace("'", "", StringComparison.Ordinal).TrimStart('-', '+');
        var e = number.IndexOfAny(['e', 'E']);
        if (e > 0) number = number[..e];
        if (number.AsSpan().ContainsAnyExcept(NumberCharacters)) return;
        var (point, comma) = (number.LastIndexOf('.'), number.LastIndexOf(','));
        if (point < 0 && comma < 0) return;
        if (point >= 0 && comma >= 0) Take(point > comma, line, text);
        else if (number.IndexOfAny(['.', ',']) < Math.Max(point, comma)) Take(isPoint: point < 0, line, text);
        else if (IsOpen(number, Math.Max(point, comma))) Keep(ref point >= 0 ? ref _eitherPoint : ref _eitherComma, line, text);
        else Take(point >= 0, line, text);
    }

    public void AddCode(string text)
    {
        var code = text.TrimStart('^', ' ');
        if (code.Length == 0 || !(char.IsAsciiDigit(code[0]) || code[0] == '+')) return;
        _codes++;
        if (code.StartsWith("00", StringComparison.Ordinal)) _dialled++;
    }

    /// <summary>"00" where every code starts with it: none is a number then.</summary>
    public string InternationalPrefix => _dialled > 0 && _dialled == _codes ? "00" : "";

    /// <summary>With an error where the column contradicts itself, or leaves it open.</summary>
    public char DecimalSeparator(string column, RemarkLog errors)
    {
        if (_comma.Line == 0 && (_point.Line > 0 || _eitherComma.Line == 0)) return '.';
        if (_comma.Line > 0 && _point.Line == 0) return ',';
        var seen = _comma.Line > 0 ? _comma : _eitherComma;
        errors.Add(seen.Line, column, seen.Value, _comma.Line > 0
            ? FormattableString.Invariant($"a decimal comma, but line {_point.Line} has a point: {_point.Value}; expected one of them")
            : "a decimal comma or thousands; expected the decimal separator given (--decimal)");
        return '.';
    }

    // One separator with one to three digits before it and three behind: 1,234. Thousands do not start with 0.
    private static bool IsOpen(string number, int at) => number.Length - at - 1 == 3 && at is >= 1 and <= 3 && number[0] != '0';

    private void Take(bool isPoint, int line, string text) => Keep(ref isPoint ? ref _point : ref _comma, line, text);

    private static void Keep(ref (int Line, string Value) first, int line, string text)
    {
        if (first.Line == 0) first = (line, text);
    }
}
