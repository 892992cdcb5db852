namespace Classound.PriceLists.Decks;

/// <summary>Whether a cell says that a code is withdrawn.</summary>
internal static class ChangeWords
{
    private static readonly string[] Closing =
    [
        "closed", "close", "closing", "withdrawn", "withdraw", "withdrawal", "deleted", "delete", "deletion", "discontinued", "discontinue",
        "discontinuation", "removed", "remove", "removal", "blocked", "block", "terminated", "cancelled", "canceled", "forbidden", "barred",
    ];

    private static readonly string[] True = ["1", "yes", "y", "true", "x"];

    /// <summary>A word such as "Closed", unless negated; or a yes under a heading such as "Discontinued".</summary>
    public static bool IsClosed(string heading, string text)
    {
        if (text.Length == 0) return false;
        if (True.Contains(text, StringComparer.OrdinalIgnoreCase)) return Closing.Contains(heading, StringComparer.OrdinalIgnoreCase);
        if (!Closing.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))) return false;
        var words = Numbering.Words(text).Split(' ');
        return words.Intersect(Closing, StringComparer.Ordinal).Any() && !words.Intersect(["not", "no"], StringComparer.Ordinal).Any();
    }
}
