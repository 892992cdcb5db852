namespace Classound.Cli.Cdr;

/// <summary>
/// Splits a line whose quoting is not RFC 4180. Exports that wrap a caller ID in quotes without doubling the
/// quotes inside it (<c>""Ann" &lt;1115&gt;"</c>) are common. The rule: a field that starts with a quote ends at the first quote
/// that is followed by the delimiter or by the end of the line; everything between is its text. A text that
/// contains a quote followed by the delimiter cannot be told from an end, so the caller compares the column count.
/// </summary>
public static class QuoteRecovery
{
    /// <summary>The fields of <paramref name="line"/>, or null when a quoted field never ends.</summary>
    public static string[]? Split(string line, char delimiter)
    {
        var fields = new List<string>();
        var start = 0;
        while (true)
        {
            var quoted = start < line.Length && line[start] == '"';
            var end = quoted ? ClosingQuote(line, start + 1, delimiter) : line.IndexOf(delimiter, start);
            if (quoted && end < 0)
                return null;
            if (!quoted && end < 0)
                end = line.Length;
            fields.Add(quoted ? line[(start + 1)..end] : line[start..end]);
            var next = quoted ? end + 1 : end;
            if (next >= line.Length)
                return [.. fields];
            start = next + 1;
        }
    }

    private static int ClosingQuote(string line, int from, char delimiter)
    {
        for (var i = line.IndexOf('"', from); i >= 0; i = line.IndexOf('"', i + 1))
        {
            if (i + 1 == line.Length || line[i + 1] == delimiter)
                return i;
        }
        return -1;
    }
}
