namespace Classound.Cli.Cdr;

/// <summary>Finds a column by any of the names under which exports write it.</summary>
public sealed class CdrColumns
{
    private readonly string[] _names;
    private readonly Dictionary<string, int> _index = new(StringComparer.OrdinalIgnoreCase);

    public CdrColumns(IEnumerable<string> names)
    {
        _names = [.. names.Select(static name => name.Trim().Trim('"', '\uFEFF'))];
        for (var i = 0; i < _names.Length; i++)
            _index.TryAdd(_names[i], i);
    }

    public int Count => _names.Length;

    /// <summary>The index of the first of <paramref name="aliases"/> that the file has, or -1.</summary>
    public int Find(params ReadOnlySpan<string> aliases)
    {
        foreach (var alias in aliases)
        {
            if (_index.TryGetValue(alias, out var index))
                return index;
        }
        return -1;
    }

    /// <summary>The column's name as the file writes it.</summary>
    public string NameOf(int index) => _names[index];
}
