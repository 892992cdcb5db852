using System.Globalization;
using System.Text;

namespace Classound.PriceLists.Pdf;

/// <summary>Makes text that the embedded fonts can show, and breaks it into lines. Nothing of it is ever cut off.</summary>
internal static class PrintableText
{
    /// <summary>
    /// Composed characters; controls as spaces; <see cref="FontFace.Missing"/> for what has no glyph, and for scripts that are
    /// written from right to left, which would come out backwards.
    /// </summary>
    public static string Of(string text)
    {
        if (Ascii.IsValid(text) && !text.AsSpan().ContainsAnyInRange('\0', '\x1f')) return text;
        var shown = new StringBuilder(text.Length);
        foreach (var rune in Compose(text).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category == UnicodeCategory.Format) continue;
            if (category is UnicodeCategory.Control or UnicodeCategory.SpaceSeparator) shown.Append(' ');
            else shown.Append(rune.IsBmp && IsShown((char)rune.Value) ? (char)rune.Value : FontFace.Missing);
        }

        return shown.ToString();
    }

    /// <summary>At least one line; broken at spaces, and inside a word only where a line has no room for it.</summary>
    public static List<string> Lines(string text, TextStyle style, double width)
    {
        var rest = Of(text).AsSpan().Trim();
        var lines = new List<string>();
        while (rest.Length > 0)
        {
            var fitting = Fitting(rest, style, width);
            var taken = fitting;
            if (fitting < rest.Length && rest[fitting] != ' ' && rest[..fitting].LastIndexOf(' ') is var space and > 0) taken = space;
            lines.Add(rest[..taken].TrimEnd().ToString());
            rest = rest[taken..].TrimStart();
        }

        if (lines.Count == 0) lines.Add("");
        return lines;
    }

    private static int Fitting(ReadOnlySpan<char> text, TextStyle style, double width)
    {
        var limit = width * style.Face.UnitsPerEm / style.Size;
        long units = 0;
        for (var i = 0; i < text.Length; i++)
        {
            units += style.Face.Advance(text[i]);
            if (units > limit) return Math.Max(i, 1);
        }

        return text.Length;
    }

    // Half a surrogate pair cannot be composed; EnumerateRunes shows it as a replacement character.
    private static string Compose(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    private static bool IsShown(char c) => FontFace.Regular.Has(c) && FontFace.Bold.Has(c) && !IsRightToLeft(c);

    // Hebrew, Arabic and their neighbours, and their presentation forms.
    private static bool IsRightToLeft(char c) =>
        c is (>= '\u0590' and <= '\u08ff') or (>= '\ufb1d' and <= '\ufdff') or (>= '\ufe70' and <= '\ufeff');
}
