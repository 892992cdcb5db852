namespace Classound.PriceLists;

/// <summary>Something about one place of an imported price list: an error, or a note about what is unusual but allowed.</summary>
/// <param name="Line">Line of the file, from 1, the header being line 1; 0 = the file as a whole.</param>
/// <param name="Column">Name of the column; empty = the line as a whole.</param>
/// <param name="Value">What stands there, at most <see cref="MaxValueLength"/> characters of it.</param>
/// <param name="Reason">What is wrong with it and what is expected.</param>
public sealed record PriceListRemark(int Line, string Column, string Value, string Reason)
{
    /// <summary>Characters of a value that a remark repeats.</summary>
    public const int MaxValueLength = 64;
}

/// <summary>Collects remarks: keeps the first <see cref="Kept"/>, counts all.</summary>
public sealed class RemarkLog
{
    public const int Kept = 1_000;

    private readonly List<PriceListRemark> _remarks = [];

    public int Count { get; private set; }

    public IReadOnlyList<PriceListRemark> First => _remarks;

    public void Add(int line, string column, string value, string reason)
    {
        Count++;
        if (_remarks.Count == Kept) return;
        var shown = value.Length > PriceListRemark.MaxValueLength ? value[..PriceListRemark.MaxValueLength] : value;
        _remarks.Add(new PriceListRemark(line, column, shown, reason));
    }
}
