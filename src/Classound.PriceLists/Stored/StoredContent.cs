using Classound.Charging.Rating;

namespace Classound.PriceLists.Stored;

/// <summary>The tables of a list one after the other, what is shared first: tariffs, areas, rows, prefixes, and the fees.</summary>
internal static class StoredContent
{
    private const int LeastAreaBytes = 2;

    /// <exception cref="ArgumentException">The same row is there twice, or a value is out of its range; the message names it.</exception>
    public static void Write(StoredWriter bytes, PriceListContent content)
    {
        var tariffs = new StoredTariffs();
        var areas = content.AreaTariffs.OrderBy(row => row.Key).Select(row => (row.Key, Tariff: tariffs.IndexOf(row.Value))).ToList();
        var rows = new StoredRows(tariffs);
        var entries = new StoredEntries(content.Entries, rows);

        tariffs.Write(bytes);
        bytes.Number(areas.Count);
        foreach (var (area, tariff) in areas)
        {
            bytes.Byte((byte)area);
            bytes.Number(tariff);
        }

        rows.Write(bytes);
        entries.Write(bytes);
        StoredFees.Write(bytes, content);
    }

    public static PriceListContent Read(ref StoredReader bytes)
    {
        var tariffs = StoredTariffs.Read(ref bytes);
        var areas = ReadAreas(ref bytes, tariffs);
        var rows = StoredRows.Read(ref bytes, tariffs);
        var entries = StoredEntries.Read(ref bytes, rows);
        var content = StoredFees.Read(ref bytes, new PriceListContent(areas, entries));
        return bytes.AtEnd ? content : throw bytes.Damaged("something follows after its end");
    }

    private static SortedDictionary<CallArea, Tariff> ReadAreas(ref StoredReader bytes, Tariff[] tariffs)
    {
        var areas = new SortedDictionary<CallArea, Tariff>();
        for (var left = bytes.Count(LeastAreaBytes); left > 0; left--)
        {
            var area = (CallArea)bytes.Byte();
            var tariff = tariffs[bytes.Index(tariffs.Length)];
            if (area is < CallArea.Area1 or > CallArea.Area6 || !areas.TryAdd(area, tariff))
                throw bytes.Damaged($"area {(int)area} stands there; expected 1 to 6, each once");
        }

        return areas;
    }
}
