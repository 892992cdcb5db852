namespace Classound.PriceLists.OwnFormat;

/// <summary>What a row of the own format is about: the word in its column <c>kind</c>, or the sheet on which it stands.</summary>
internal enum RowKind : byte
{
    List = 0,
    Area = 1,
    Prefix = 2,
    Band = 3,
    Plan = 4,
    Did = 5,
    FreePhone = 6,
}

internal static class RowKinds
{
    /// <summary>How many kinds there are.</summary>
    public const int Count = 7;

    private static readonly string[] Words = ["list", "area", "prefix", "band", "plan", "did", "freephone"];
    private static readonly string[] Sheets = ["List", "Areas", "Call termination", "Time bands", "Plans", "DIDs", "FreePhone"];

    /// <summary>All words, as an error tells them.</summary>
    public static readonly string Expected = string.Join(", ", Words);

    /// <summary>All sheets, as an error tells them.</summary>
    public static readonly string ExpectedSheets = string.Join(", ", Sheets);

    public static string Word(this RowKind kind) => Words[(int)kind];

    /// <summary>The title of its sheet in a workbook; where one sheet is too small, "2" and so on follow.</summary>
    public static string Sheet(this RowKind kind) => Sheets[(int)kind];

    /// <summary>Null for what is no word of a kind.</summary>
    public static RowKind? OfWord(string word) => Array.IndexOf(Words, word) is >= 0 and var kind ? (RowKind)kind : null;

    /// <summary>Null for a sheet that is none of a price list. "Call termination 2" goes on where "Call termination" ends.</summary>
    public static RowKind? OfSheet(string title)
    {
        var plain = title.AsSpan().TrimEnd("0123456789").TrimEnd();
        for (var kind = 0; kind < Count; kind++)
            if (plain.Equals(Sheets[kind], StringComparison.OrdinalIgnoreCase)) return (RowKind)kind;
        return null;
    }
}
