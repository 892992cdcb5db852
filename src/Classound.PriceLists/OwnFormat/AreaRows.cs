using Classound.Charging.Rating;

namespace Classound.PriceLists.OwnFormat;

/// <summary>Rows of kind <c>area</c>: the Areas table.</summary>
internal sealed class AreaRows(TariffCells tariffs)
{
    private readonly Dictionary<CallArea, (Tariff? Tariff, Place Place)> _rows = [];

    public void Read(PriceListRow row)
    {
        var before = row.ErrorCount;
        var area = row.ReadArea();
        var tariff = tariffs.Read(row, area);
        // A row with an error is there, too: its prefixes need no error of their own.
        if (area == CallArea.None) return;
        if (_rows.TryGetValue(area, out var other)) row.Refuse(OwnColumn.Area, $"given twice: {row.Name(other.Place)} has this area too");
        else _rows.Add(area, (row.ErrorCount == before ? tariff : null, row.Place));
    }

    /// <summary>Whether the area has a row.</summary>
    public bool Has(CallArea area) => _rows.ContainsKey(area);

    /// <summary>Null where the row is missing or has an error.</summary>
    public Tariff? Find(CallArea area) => _rows.TryGetValue(area, out var row) ? row.Tariff : null;

    public void Replace(CallArea area, Tariff tariff) => _rows[area] = (tariff, _rows[area].Place);

    public SortedDictionary<CallArea, Tariff> Build() => new(_rows.ToDictionary(row => row.Key, row => row.Value.Tariff!));
}
