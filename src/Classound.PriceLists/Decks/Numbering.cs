using System.Collections.Frozen;
using System.Text;
using Classound.PriceLists.Tables;

namespace Classound.PriceLists.Decks;

/// <summary>
/// Which country a number belongs to, and which a name means. The number decides: operators spell countries in many ways, and what
/// is dialled is the number. Where a name says another country, the import notes how often.
/// </summary>
internal static class Numbering
{
    private static readonly (string Country, string Name) Unknown = ("", "");
    private static readonly FrozenDictionary<string, (string Country, string Name)> Prefixes;
    private static readonly FrozenDictionary<string, string> Names;
    private static readonly int LongestPrefix;

#pragma warning disable CA1810 // Three tables of one file.
    static Numbering()
#pragma warning restore CA1810
    {
        var prefixes = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        using var file = typeof(Numbering).Assembly.GetManifestResourceStream("numbering.csv")!;
        foreach (var row in TableFile.Read(file, TableFormat.Csv, new RemarkLog()))
        {
            if (row.Cells is not [var prefix, var country, var name] || prefix == "prefix") continue;
            if (prefix.Length > 0) prefixes.Add(prefix, (country, name));
            if (country.Length > 0) names.TryAdd(Words(name), country);
        }

        Prefixes = prefixes.ToFrozenDictionary(StringComparer.Ordinal);
        Names = names.ToFrozenDictionary(StringComparer.Ordinal);
        LongestPrefix = prefixes.Keys.Max(static prefix => prefix.Length);
    }

    /// <summary>ISO country and name of the network or country; false for digits that nobody has been given.</summary>
    public static bool TryFind(string code, out string country, out string name)
    {
        for (var length = Math.Min(code.Length, LongestPrefix); length > 0; length--)
        {
            if (!Prefixes.TryGetValue(code[..length], out var found)) continue;
            (country, name) = found;
            return true;
        }

        (country, name) = Unknown;
        return false;
    }

    /// <summary>The shortest assigned digits that the code starts with; empty where there are none.</summary>
    public static string CallingCode(string code)
    {
        for (var length = 1; length <= Math.Min(code.Length, 3); length++)
            if (Prefixes.ContainsKey(code[..length])) return code[..length];
        return "";
    }

    /// <summary>The country with whose name, or ISO code, this begins: "Italy-Mobile" is IT; empty where there is none.</summary>
    public static string CountryOf(string name)
    {
        if (name.Length == 2 && CountryCodes.IsKnown(name.ToUpperInvariant())) return name.ToUpperInvariant();
        for (var words = Words(name); words.Length > 0; words = words[..Math.Max(0, words.LastIndexOf(' '))])
            if (Names.TryGetValue(words, out var country)) return country;
        return "";
    }

    /// <summary>Letters and digits in lower case, all else as single spaces; an apostrophe joins.</summary>
    public static string Words(string text)
    {
        var words = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c)) words.Append(char.ToLowerInvariant(c));
            else if (c is not ('\'' or '\u2019') && words.Length > 0 && words[^1] != ' ') words.Append(' ');
        }

        return words.ToString().TrimEnd();
    }
}
