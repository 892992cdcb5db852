using System.IO.Enumeration;

namespace Classound.PriceLists.Decks;

/// <summary>Whether a rule's destination is meant by a destination's name.</summary>
internal static class DestinationPattern
{
    private static readonly string[] Mobile = ["mobile", "mobil", "mob", "cellular", "cell", "gsm", "pcs", "movil"];

    private static readonly string[] Special =
        ["special", "premium", "shared", "toll", "freephone", "voip", "personal", "paging", "pager", "satellite", "sat", "audiotext"];

    /// <summary>"mobile" and "special" stand for several words; with '*' the whole name is matched; else it has to contain the text.</summary>
    public static bool Matches(string pattern, string name)
    {
        if (pattern.Equals("mobile", StringComparison.OrdinalIgnoreCase)) return HasWord(name, Mobile);
        if (pattern.Equals("special", StringComparison.OrdinalIgnoreCase)) return HasWord(name, Special);
        return pattern.Contains('*', StringComparison.Ordinal)
            ? FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true)
            : name.Contains(pattern, StringComparison.OrdinalIgnoreCase);
    }

    private static bool HasWord(string name, string[] words)
    {
        foreach (var word in Numbering.Words(name).Split(' '))
            if (words.Contains(word, StringComparer.Ordinal)) return true;
        return false;
    }
}
