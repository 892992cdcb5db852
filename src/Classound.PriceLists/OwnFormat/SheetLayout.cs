namespace Classound.PriceLists.OwnFormat;

/// <summary>Where each column stands in a text file or a sheet, by its header.</summary>
internal sealed class SheetLayout
{
    private const int Missing = -1;

    private readonly int[] _positions = new int[OwnColumns.Count];
    private readonly int[][] _foreign = new int[RowKinds.Count][];
    private readonly bool?[] _complete = new bool?[RowKinds.Count];
    private readonly IReadOnlyList<string> _header;
    private readonly Place _place;
    private readonly PlacedRemarks _errors;

    private SheetLayout(IReadOnlyList<string> header, Place place, PlacedRemarks errors)
    {
        (_header, _place, _errors) = (header, place, errors);
        Array.Fill(_positions, Missing);
        for (var i = 0; i < header.Count; i++)
        {
            var column = OwnColumns.Find(header[i]);
            if (column < 0) errors.Add(place, header[i], header[i], $"unknown column; expected {OwnColumns.Expected}");
            else if (_positions[column] != Missing) errors.Add(place, header[i], header[i], "the column is there twice");
            else _positions[column] = i;
        }
    }

    /// <summary>Cells of a whole row.</summary>
    public int Width => _header.Count;

    /// <summary>Where the column stands; negative when it is missing.</summary>
    public int this[OwnColumn column] => _positions[(int)column];

    /// <summary>Null after errors: then no row can be understood.</summary>
    /// <param name="header">The cells of the header.</param>
    /// <param name="sheetKind">The kind of all rows, where the sheet's title tells it; null = a column must.</param>
    /// <param name="place">Where the header stands.</param>
    /// <param name="errors">Takes what is wrong with it.</param>
    public static SheetLayout? TryRead(IReadOnlyList<string> header, RowKind? sheetKind, Place place, PlacedRemarks errors)
    {
        var before = errors.Count;
        var layout = new SheetLayout(header, place, errors);
        if (sheetKind is null && layout[OwnColumn.Kind] < 0)
            errors.Add(place, OwnColumn.Kind, "", $"the column is missing; expected {OwnColumns.Expected}");
        return errors.Count == before ? layout : null;
    }

    /// <summary>Positions of the columns that rows of this kind leave empty.</summary>
    public int[] Foreign(RowKind kind)
    {
        return _foreign[(int)kind] ??= [.. Enumerable.Range(0, OwnColumns.Count)
            .Where(column => column != (int)OwnColumn.Kind && _positions[column] != Missing && !OwnColumns.Of(kind).Contains((OwnColumn)column))
            .Select(column => _positions[column]).Order()];
    }

    /// <summary>The name in the header.</summary>
    public string NameAt(int position) => _header[position];

    /// <summary>Whether rows of this kind can be read; the first time it says which column is missing.</summary>
    public bool IsComplete(RowKind kind)
    {
        if (_complete[(int)kind] is { } known) return known;
        var before = _errors.Count;
        foreach (var column in OwnColumns.NeededBy(kind))
            if (this[column] == Missing) _errors.Add(_place, column, "", $"the column is missing; rows of kind {kind.Word()} need it");
        _complete[(int)kind] = _errors.Count == before;
        return _errors.Count == before;
    }
}
