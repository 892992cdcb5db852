using System.Collections.Frozen;
using System.Globalization;

namespace Classound.PriceLists.Decks;

/// <summary>Currencies as a deck names them: by ISO 4217 codes, and by signs, of which several currencies may share one.</summary>
internal static class Currencies
{
    private const string SignTable =
        "$ ARS AUD BBD BMD BND BSD BZD CAD CLP COP CUP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD USD UYU XCD;"
        + "US$ USD;A$ AUD;AU$ AUD;C$ CAD NIO;CA$ CAD;CAN$ CAD;HK$ HKD;J$ JMD;MX$ MXN;NT$ TWD;NZ$ NZD;R$ BRL;S$ SGD;SG$ SGD;€ EUR;"
        + "£ EGP FKP GBP GIP LBP SDG SHP SSP SYP;¥ CNY JPY;￥ CNY JPY;₹ INR;₨ INR LKR MUR NPR PKR SCR;₽ RUB;₺ TRY;₴ UAH;₪ ILS;₩ KPW KRW;"
        + "￦ KPW KRW;₫ VND;₦ NGN;₱ PHP;฿ THB;₡ CRC;₲ PYG;₵ GHS;₸ KZT;₾ GEL;₼ AZN;₮ MNT;៛ KHR;৳ BDT;₭ LAK;؋ AFN;﷼ IRR OMR QAR SAR YER;"
        + "zł PLN;kč CZK;kr DKK ISK NOK SEK;ft HUF;rm MYR;rs INR LKR MUR NPR PKR SCR";

    private static readonly FrozenDictionary<string, string[]> Signs = SignTable.Split(';').Select(static row => row.Split(' '))
        .ToFrozenDictionary(static row => row[0], static row => row[1..], StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Units = ["per", "in", "min", "mins", "minute", "minutes"];

    /// <summary>
    /// The first word of a text that names a currency: a code in capitals, such as USD in "USD per minute", or alone; or a sign. Empty
    /// where there is none. ALL counts only alone: it is a word of many headings.
    /// </summary>
    public static string In(string text)
    {
        if (text.Trim() is [_, _, _] alone && CurrencyCodes.IsKnown(alone.ToUpperInvariant())) return alone.ToUpperInvariant();
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = start + 1;
            if (!IsWordCharacter(text[start])) continue;
            while (end < text.Length && IsWordCharacter(text[end])) end++;
            var word = text[start..end];
            if (word.Any(IsSign)) return Signs.ContainsKey(word) ? word : word.First(IsSign).ToString();
            if (word != "ALL" && CurrencyCodes.IsKnown(word)) return word;
        }

        return "";
    }

    /// <summary>Whether a code or sign may stand for this currency. A sign that nobody knows stands for none.</summary>
    public static bool Is(string word, string currency) =>
        word.Equals(currency, StringComparison.OrdinalIgnoreCase) || (Signs.TryGetValue(word, out var shared) && shared.Contains(currency));

    /// <summary>Whether what stands beside a price names nothing but a currency, and perhaps "per minute".</summary>
    public static bool IsMark(string mark) => Words(mark).Any() && Words(mark).All(static word =>
        CurrencyCodes.IsKnown(word.ToUpperInvariant()) || Signs.ContainsKey(word) || Units.Contains(word, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether each currency that it names may be this one; empty = any.</summary>
    public static bool Fits(string mark, string currency) => currency.Length == 0
        || Words(mark).All(word => Is(word, currency) || Units.Contains(word, StringComparer.OrdinalIgnoreCase));

    // "USD$" is two words, "US$" is one.
    private static IEnumerable<string> Words(string mark)
    {
        foreach (var word in mark.Split([' ', '\u00A0', '\u202F', '/', '.'], StringSplitOptions.RemoveEmptyEntries))
        {
            var sign = word.AsSpan().IndexOfAny('$', '€', '£');
            if (sign < 0 || word.Length == 1 || Signs.ContainsKey(word)) yield return word;
            else
            {
                yield return word[sign].ToString();
                yield return word.Remove(sign, 1);
            }
        }
    }

    private static bool IsWordCharacter(char c) => char.IsLetter(c) || IsSign(c);

    private static bool IsSign(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.CurrencySymbol;
}
