namespace Classound.PriceLists.Decks;

/// <summary>Whether a cell says that a code is withdrawn.</summary>
internal static class ChangeWords
{
    private static readonly string[] Closing =
    [
        "closed", "close", "closing", "withdrawn", "withdraw", "withdrawal", "deleted", "delete", "deletion", "discontinued", "discontinue",
        "discontinuation", "removed", "remove", "removal", "blocked", "block", "terminated", "cancelled", "canceled", "forbidden", "barred",
        "inactive", "disabled", "suspended", "stopped", "ended",
    ];

    private static readonly string[] Negating = ["not", "no", "un"];

    private static readonly string[] False =
        ["0", "no", "n", "false", "-", "n/a", "none", "open", "opened", "active", "enabled", "current", "unchanged", "no change"];

    private static readonly string[] True = ["1", "yes", "y", "true", "x"];

    /// <summary>Whether a heading such as "Discontinued" or "Closing date" is about the withdrawal of codes.</summary>
    public static bool NamesClosing(string heading) => Numbering.Words(heading).Split(' ').Intersect(Closing, StringComparer.Ordinal).Any();

    /// <summary>Whether a cell under such a heading says neither yes nor no, nor anything else that is known: a date, say.</summary>
    public static bool IsDoubtful(string heading, string text) => text.Length > 0 && NamesClosing(heading)
        && !True.Contains(text, StringComparer.OrdinalIgnoreCase) && !False.Contains(text, StringComparer.OrdinalIgnoreCase)
        && !Closing.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>A word such as "Closed", unless negated; or a yes under a heading such as "Discontinued".</summary>
    public static bool IsClosed(string heading, string text)
    {
        if (text.Length == 0) return false;
        if (True.Contains(text, StringComparer.OrdinalIgnoreCase))
            return NamesClosing(heading);
        if (!Closing.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))) return false;
        // "No longer active, closed" is closed; only the word directly before negates.
        var words = Numbering.Words(text).Split(' ');
        for (var i = 0; i < words.Length; i++)
            if (Closing.Contains(words[i], StringComparer.Ordinal) && (i == 0 || !Negating.Contains(words[i - 1], StringComparer.Ordinal))) return true;
        return false;
    }
}
