namespace Classound.PriceLists.Decks;

/// <summary>Currencies that a deck may name: ISO 4217 codes, and signs that stand for one only.</summary>
internal static class Currencies
{
    /// <summary>
    /// The first currency that the text names in capitals, such as USD in "USD per minute", or alone; empty where it names none.
    /// ALL counts only alone: it is a word of many headings.
    /// </summary>
    public static string In(string text)
    {
        if (text.Contains('€', StringComparison.Ordinal)) return "EUR";
        if (text.Contains('£', StringComparison.Ordinal)) return "GBP";
        if (text.Trim() is [_, _, _] alone && CurrencyCodes.IsKnown(alone.ToUpperInvariant())) return alone.ToUpperInvariant();
        for (var at = 0; at + 3 <= text.Length; at++)
        {
            var starts = at == 0 || !char.IsLetter(text[at - 1]);
            if (!starts || (at + 3 < text.Length && char.IsLetter(text[at + 3]))) continue;
            var word = text.Substring(at, 3);
            if (word != "ALL" && CurrencyCodes.IsKnown(word)) return word;
        }

        return "";
    }
}
