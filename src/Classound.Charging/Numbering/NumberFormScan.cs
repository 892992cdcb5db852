namespace Classound.Charging.Numbering;

/// <summary>
/// Finds out why a text is not E.164. One pass over the text, no allocation: an edge that sends rubbish on every call
/// must not cost more than one that does not.
/// </summary>
internal static class NumberFormScan
{
    private const StringComparison IgnoreCase = StringComparison.OrdinalIgnoreCase;

    public static NumberForm Classify(ReadOnlySpan<char> untrimmed)
    {
        var text = untrimmed.Trim();
        if (text.IsEmpty) return NumberForm.Empty;
        if (IsWithheld(text)) return NumberForm.Anonymous;
        if (text.Contains('<') && text.Contains('>')) return NumberForm.NameAddr;
        if (text.StartsWith("tel:", IgnoreCase)) return NumberForm.TelUri;
        if (text.StartsWith("sip:", IgnoreCase) || text.StartsWith("sips:", IgnoreCase) || text.Contains('@'))
            return NumberForm.SipUri;
        var parameters = text.IndexOf(';');
        return parameters > 0 && char.IsAsciiDigit(text[parameters - 1])
            ? NumberForm.Parameters
            : new Dialled(text, spaced: text.Length != untrimmed.Length).Form();
    }

    // RFC 3323 names anonymous@anonymous.invalid; the bare words are what gateways put into caller ID.
    private static bool IsWithheld(ReadOnlySpan<char> text)
    {
        if (text.Contains("@anonymous.invalid", IgnoreCase) || text.Contains("sip:anonymous@", IgnoreCase)
            || text.Contains("sips:anonymous@", IgnoreCase)) return true;
        var word = text.Trim("\"'");
        return word.Equals("anonymous", IgnoreCase) || word.Equals("restricted", IgnoreCase)
            || word.Equals("private", IgnoreCase) || word.Equals("withheld", IgnoreCase)
            || word.Equals("unavailable", IgnoreCase) || word.Equals("unknown", IgnoreCase);
    }

    /// <summary>The kinds of characters a dial string is made of, counted in one pass.</summary>
    private ref struct Dialled
    {
        // 011 also opens Leeds and Johannesburg as dialled at home, and 810 a part of Michigan: with a country code and a
        // number behind it, a prefix makes for more digits than those have.
        private const int DigitsWithLongPrefix = 12;

        private bool _plus;
        private int _digits;
        private int _lead; // The first three digits, as one integer behind a leading 1.
        private bool _separators;
        private bool _letters;
        private bool _pauses;
        private bool _service;
        private bool _foreignDigits;
        private bool _other;

        public Dialled(ReadOnlySpan<char> text, bool spaced)
        {
            _lead = 1;
            _separators = spaced;
            foreach (var c in text) Count(c);
        }

        private void Count(char c)
        {
            if (char.IsAsciiDigit(c)) CountDigit(c);
            else if (c is ' ' or '-' or '.' or '(' or ')' or '/') _separators = true;
            else if (c == '+' && !_plus && _digits == 0) _plus = true;
            else if (c is '*' or '#') _service = true;
            else if (_digits > 0 && c is 'w' or 'W' or 'p' or 'P' or ',') _pauses = true;
            else if (char.IsLetter(c)) _letters = true;
            else if (char.IsDigit(c)) _foreignDigits = true;
            else _other = true;
        }

        private void CountDigit(char c)
        {
            if (_digits < 3) _lead = _lead * 10 + (c - '0');
            _digits++;
        }

        public readonly NumberForm Form()
        {
            if (_foreignDigits) return NumberForm.NonAsciiDigits;
            if (_letters) return NumberForm.Letters;
            if (_service) return NumberForm.ServiceCode;
            if (_other || (_digits == 0 && !_plus)) return NumberForm.UnexpectedCharacter;
            return _plus ? International() : Digits();
        }

        private readonly NumberForm International()
        {
            if (_pauses) return NumberForm.Letters;
            if (_lead is 10 or (>= 100 and < 110) or (>= 1000 and < 1100)) return NumberForm.LeadingZero;
            if (_digits < E164Number.MinDigits) return NumberForm.TooShort;
            if (_digits > E164Number.MaxDigits) return NumberForm.TooLong;
            return _separators ? NumberForm.VisualSeparators : NumberForm.UnexpectedCharacter;
        }

        private readonly NumberForm Digits()
        {
            if (_digits < E164Number.MinDigits) return _pauses ? NumberForm.Letters : NumberForm.ShortCode;
            if (_lead is >= 1000 and < 1010) return NumberForm.InternationalPrefix;
            if (_lead is 1011 or 1810 && _digits >= DigitsWithLongPrefix) return NumberForm.InternationalPrefix;
            if (_pauses) return NumberForm.Letters;
            return _lead < 1100 ? NumberForm.NationalFormat : NumberForm.MissingPlus;
        }
    }
}
