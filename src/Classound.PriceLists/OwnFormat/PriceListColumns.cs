namespace Classound.PriceLists.OwnFormat;

/// <summary>Where each column stands in a file.</summary>
internal sealed class PriceListColumns
{
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    public int this[string column] => _positions[column];

    /// <summary>Null after errors: then no row can be understood.</summary>
    public static PriceListColumns? TryRead(string[] header, int line, RemarkLog errors)
    {
        var columns = new PriceListColumns();
        var before = errors.Count;
        for (var i = 0; i < header.Length; i++)
        {
            if (!PriceListFile.Columns.Contains(header[i], StringComparer.Ordinal))
                errors.Add(line, header[i], header[i], $"unknown column; expected {string.Join(',', PriceListFile.Columns)}");
            else if (!columns._positions.TryAdd(header[i], i))
                errors.Add(line, header[i], header[i], "the column is there twice");
        }

        foreach (var missing in PriceListFile.Columns.Where(column => !columns._positions.ContainsKey(column)))
            errors.Add(line, missing, "", $"the column is missing; expected {string.Join(',', PriceListFile.Columns)}");
        return errors.Count == before ? columns : null;
    }
}
