using System.Buffers;
using System.Text;

namespace Classound.PriceLists.OwnFormat;

/// <summary>
/// Text that a spreadsheet program would take for a formula, and run, when it opens a CSV file: it gets an apostrophe, which those programs
/// know as the mark of text. Reading takes one off again; text that has apostrophes of its own there gets one more, so that nothing is lost.
/// </summary>
internal static class SpreadsheetText
{
    private const char Mark = '\'';

    // With the wide forms, which some languages' programs take for the same.
    private static readonly SearchValues<char> Beginnings = SearchValues.Create("=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20");

    // A program that takes semicolons for what separates cells sees a cell begin behind each of them.
    private static readonly SearchValues<char> Separators = SearchValues.Create(";,\t");

    public static string Guard(string text)
    {
        if (!text.AsSpan().ContainsAny(Beginnings)) return text;
        var guarded = new StringBuilder(text.Length + 2);
        for (var at = 0; at < text.Length; at++)
        {
            if (BeginsFormula(text, at)) guarded.Append(Mark);
            guarded.Append(text[at]);
        }

        return guarded.ToString();
    }

    /// <summary>What <see cref="Guard"/> made it from.</summary>
    public static string Unguard(string text)
    {
        if (!text.Contains(Mark, StringComparison.Ordinal) || !text.AsSpan().ContainsAny(Beginnings)) return text;
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
            if (text[at] != Mark || !BeginsFormula(text, at)) plain.Append(text[at]);
        return plain.ToString();
    }

    // Where a cell begins: apostrophes, if any, and then what makes a formula of it.
    private static bool BeginsFormula(string text, int at)
    {
        if (at > 0 && !Separators.Contains(text[at - 1])) return false;
        while (at < text.Length && text[at] == Mark) at++;
        return at < text.Length && Beginnings.Contains(text[at]);
    }
}
