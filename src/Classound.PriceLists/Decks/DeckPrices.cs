using System.Globalization;

namespace Classound.PriceLists.Decks;

/// <summary>All prices of a deck by their digits and dates; what is there twice for one date is an error.</summary>
internal static class DeckPrices
{
    /// <param name="prefixes">Different ones.</param>
    public static DeckPrice[] Sort(List<DeckPrice> read, RemarkLog errors, out int prefixes)
    {
        var keys = new (ulong Digits, long From, int Line)[read.Count];
        var sorted = read.ToArray();
        for (var i = 0; i < keys.Length; i++) keys[i] = (sorted[i].Entry.SortKey, From(sorted[i]), sorted[i].Line);

        Array.Sort(keys, sorted);
        prefixes = 0;
        var kept = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var another = i == 0 || keys[i].Digits != keys[i - 1].Digits;
            if (another) prefixes++;
            // kept is behind i, and what was kept last is of the same prefix unless this is another.
            if (!another && From(sorted[kept - 1]) == From(sorted[i]))
            {
                if (!sorted[i].IsPast) Refuse(sorted[kept - 1], sorted[i], errors);
            }
            else sorted[kept++] = sorted[i];
        }

        return sorted[..kept];
    }

    private static long From(DeckPrice price) => price.IsPast ? -1 : price.ValidFrom?.UtcTicks ?? 0;

    private static void Refuse(DeckPrice first, DeckPrice second, RemarkLog errors)
    {
        var same = first.Closed == second.Closed && first.ValidUntil == second.ValidUntil
            && Equals(first.Entry.OwnTariff, second.Entry.OwnTariff) && first.Entry.Area == second.Entry.Area;
        errors.Add(second.Line, "code", second.Entry.Prefix, string.Create(
            CultureInfo.InvariantCulture, $"given twice for the same date: line {first.Line} says {(same ? "the same" : "otherwise")}; expected one price"));
    }
}
