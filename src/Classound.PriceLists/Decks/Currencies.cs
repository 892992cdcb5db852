namespace Classound.PriceLists.Decks;

/// <summary>Currencies that a deck may name: ISO 4217 codes, and signs that stand for one only.</summary>
internal static class Currencies
{
    /// <summary>The first currency that the text names, such as USD in "USD per minute"; empty where it names none.</summary>
    public static string In(string text)
    {
        if (text.Contains('€', StringComparison.Ordinal)) return "EUR";
        if (text.Contains('£', StringComparison.Ordinal)) return "GBP";
        foreach (var word in Numbering.Words(text).Split(' '))
            if (word.Length == 3 && CurrencyCodes.IsKnown(word.ToUpperInvariant())) return word.ToUpperInvariant();
        return "";
    }
}
