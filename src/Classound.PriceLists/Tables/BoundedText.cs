namespace Classound.PriceLists.Tables;

/// <summary>
/// Text whose rows end before long. A quote that is never closed, or a file without line breaks, would else stand in memory as one row.
/// </summary>
internal sealed class BoundedText(TextReader text) : TextReader
{
    /// <summary>Characters of a row, and of what is skipped before it.</summary>
    public const int MaxRow = 4 << 20;

    private int _read;

    /// <summary>Begins another row.</summary>
    public void NextRow() => _read = 0;

    public override int Peek() => text.Peek();

    public override int Read()
    {
        Count(1);
        return text.Read();
    }

    /// <exception cref="InvalidDataException">The row goes on and on.</exception>
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <exception cref="InvalidDataException">The row goes on and on.</exception>
    public override int Read(Span<char> buffer)
    {
        var read = text.Read(buffer);
        Count(read);
        return read;
    }

    private void Count(int read)
    {
        _read += read;
        if (_read > MaxRow) throw new InvalidDataException();
    }
}
