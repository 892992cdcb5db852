namespace Classound.PriceLists.OwnFormat;

/// <summary>Where something stands.</summary>
/// <param name="Sheet">The sheet's place in the workbook, from 0; 0 in a text file.</param>
/// <param name="Line">The line, from 1; 0 = the whole.</param>
internal readonly record struct Place(int Sheet, int Line) : IComparable<Place>
{
    public int CompareTo(Place other) => Sheet != other.Sheet ? Sheet.CompareTo(other.Sheet) : Line.CompareTo(other.Line);
}

/// <summary>
/// Remarks of one kind about a file: keeps the first that come in, counts all. In a workbook the column is named with its sheet, as
/// in <c>Areas!steps</c>.
/// </summary>
internal sealed class PlacedRemarks
{
    private readonly List<(Place Place, PriceListRemark Remark)> _remarks = [];
    private readonly List<string> _sheets = [""];

    public int Count { get; private set; }

    /// <summary>By sheet and line.</summary>
    public IReadOnlyList<PriceListRemark> First => [.. _remarks.OrderBy(row => row.Place).Select(row => row.Remark)];

    /// <summary>Names the sheets that come, in their order.</summary>
    public void Sheet(int index, string title)
    {
        if (index == _sheets.Count) _sheets.Add(title);
        else _sheets[index] = title;
    }

    public void Add(Place place, OwnColumn column, string value, string reason) => Add(place, column.Name(), value, reason);

    public void Add(Place place, string column, string value, string reason)
    {
        Count++;
        if (_remarks.Count == RemarkLog.Kept) return;
        var shown = value.Length > PriceListRemark.MaxValueLength ? value[..PriceListRemark.MaxValueLength] : value;
        var sheet = _sheets[place.Sheet];
        var where = sheet.Length == 0 ? column : $"{sheet}!{column}";
        _remarks.Add((place, new PriceListRemark(place.Line, where, shown, reason)));
    }

    /// <summary>Where another row stands, as a reason names it.</summary>
    public string Name(Place place)
    {
        var line = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {place.Line}");
        return _sheets[place.Sheet].Length == 0 ? line : $"{line} of {_sheets[place.Sheet]}";
    }
}
