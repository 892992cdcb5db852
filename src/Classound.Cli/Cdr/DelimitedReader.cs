using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Classound.Cli.Cdr;

/// <summary>
/// Reads delimited records with their line numbers. Well-formed records are CsvHelper's; a record with broken
/// quoting or a wrong number of columns is split again line by line by <see cref="QuoteRecovery"/>, so that one
/// open quote cannot swallow the lines after it. What still has the wrong number of columns is refused by line.
/// </summary>
public sealed class DelimitedReader
{
    private readonly char _delimiter;
    private readonly int _smallest;
    private readonly int _largest;
    private readonly List<CdrRefusal> _refusals = [];

    /// <param name="delimiter">What stands between fields.</param>
    /// <param name="smallest">The fewest columns a record may have.</param>
    /// <param name="largest">The most columns a record may have.</param>
    public DelimitedReader(char delimiter, int smallest, int largest)
    {
        _delimiter = delimiter;
        _smallest = smallest;
        _largest = largest;
    }

    public IReadOnlyList<CdrRefusal> Refusals => _refusals;

    /// <summary>Empty lines: they carry nothing and are not rows, but they are counted.</summary>
    public int BlankLines { get; private set; }

    /// <summary>Records whose quoting had to be recovered.</summary>
    public int Recovered { get; private set; }

    public IEnumerable<DelimitedRecord> Read(TextReader text)
    {
        var bad = false;
        using var parser = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = _delimiter.ToString(),
            IgnoreBlankLines = false,
            BadDataFound = _ => bad = true,
        });
        var line = 1;
        while (parser.Read())
        {
            var fields = parser.Record ?? [];
            var raw = parser.RawRecord;
            if (!bad && Fits(fields.Length) && !IsBlank(raw))
                yield return new DelimitedRecord(line, fields);
            else
            {
                foreach (var recovered in SplitAgain(raw, line))
                    yield return recovered;
            }
            bad = false;
            line += Lines(raw).Length;
        }
    }

    private IEnumerable<DelimitedRecord> SplitAgain(string raw, int firstLine)
    {
        var line = firstLine - 1;
        foreach (var text in Lines(raw))
        {
            line++;
            if (IsBlank(text))
            {
                BlankLines++;
                continue;
            }
            var fields = QuoteRecovery.Split(text, _delimiter);
            if (fields is not null && Fits(fields.Length))
            {
                Recovered++;
                yield return new DelimitedRecord(line, fields);
            }
            else
                _refusals.Add(CdrRefusal.Of(line, "row", text, Expected(fields)));
        }
    }

    private string Expected(string[]? fields)
    {
        var wanted = _smallest == _largest ? $"{_largest}" : $"{_smallest} to {_largest}";
        return fields is null
            ? "a quoted field has no closing quote on this line"
            : string.Create(CultureInfo.InvariantCulture, $"has {fields.Length} columns, expected {wanted}");
    }

    private bool Fits(int columns) => columns >= _smallest && columns <= _largest;

    private static bool IsBlank(string text) => string.IsNullOrWhiteSpace(text);

    /// <summary>The physical lines of a raw record, without the empty text behind the last line break.</summary>
    private static string[] Lines(string raw)
    {
        var lines = raw.ReplaceLineEndings("\n").Split('\n');
        return lines.Length > 1 && lines[^1].Length == 0 ? lines[..^1] : lines;
    }
}
