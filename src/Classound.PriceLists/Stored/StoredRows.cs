using System.Runtime.InteropServices;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Stored;

/// <summary>
/// What prefixes share: everything of an entry but its digits, each combination once, in the order of first use. A list has
/// thousands of them for a million prefixes.
/// </summary>
internal sealed class StoredRows(StoredTariffs tariffs)
{
    private const byte AreaBits = 0b0111;
    private const byte HighCost = 0b1000;
    private const byte Own = 0b1_0000;
    private const int LeastBytes = 3; // Country, name, flags.

    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<Row, int> _rows = [];
    private (PriceListTerms? Terms, int Index) _last;

    public int IndexOf(PriceListTerms terms)
    {
        if (ReferenceEquals(terms, _last.Terms)) return _last.Index;
        var row = new Row(
            Index(_texts, terms.Country), Index(_texts, terms.Destination), terms.Area, terms.HighCost,
            terms.OwnTariff is { } own ? tariffs.IndexOf(own) : -1);
        _last = (terms, Index(_rows, row));
        return _last.Index;
    }

    public void Write(StoredWriter bytes)
    {
        bytes.Number(_texts.Count);
        foreach (var text in InOrder(_texts)) bytes.Text(text);
        bytes.Number(_rows.Count);
        foreach (var row in InOrder(_rows))
        {
            bytes.Number(row.Country);
            bytes.Number(row.Destination);
            bytes.Byte((byte)((byte)row.Area | (row.HighCost ? HighCost : 0) | (row.OwnTariff >= 0 ? Own : 0)));
            if (row.OwnTariff >= 0) bytes.Number(row.OwnTariff);
        }
    }

    public static PriceListTerms[] Read(ref StoredReader bytes, Tariff[] tariffs)
    {
        var texts = new string[bytes.Count(leastBytes: 1)];
        for (var i = 0; i < texts.Length; i++) texts[i] = bytes.Text();
        var rows = new PriceListTerms[bytes.Count(LeastBytes)];
        for (var i = 0; i < rows.Length; i++) rows[i] = ReadOne(ref bytes, texts, tariffs);
        return rows;
    }

    private static PriceListTerms ReadOne(ref StoredReader bytes, string[] texts, Tariff[] tariffs)
    {
        var country = texts[bytes.Index(texts.Length)];
        var destination = texts[bytes.Index(texts.Length)];
        var flags = bytes.Byte();
        var area = (CallArea)(flags & AreaBits);
        if (area > CallArea.Area6 || flags >= Own << 1) throw bytes.Damaged($"a row has the flags {flags}");
        var own = (flags & Own) == 0 ? null : tariffs[bytes.Index(tariffs.Length)];
        return new PriceListTerms(country, destination, area, own, (flags & HighCost) != 0);
    }

    private static int Index<T>(Dictionary<T, int> indexes, T value)
        where T : notnull
    {
        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(indexes, value, out var known);
        if (!known) index = indexes.Count - 1;
        return index;
    }

    private static IEnumerable<T> InOrder<T>(Dictionary<T, int> indexes)
        where T : notnull => indexes.OrderBy(pair => pair.Value).Select(pair => pair.Key);

    private readonly record struct Row(int Country, int Destination, CallArea Area, bool HighCost, int OwnTariff);
}
