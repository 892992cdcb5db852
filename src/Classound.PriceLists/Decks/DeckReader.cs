using System.Globalization;
using Classound.PriceLists.Tables;

namespace Classound.PriceLists.Decks;

/// <summary>
/// Reads another operator's rate deck. The file is read twice: columns tell the form of their values only as a whole, and a deck
/// of a million rows should not stand in memory as text.
/// </summary>
public sealed class DeckReader
{
    private readonly DeckOptions _options;
    private readonly RemarkLog _errors = new();
    private readonly RemarkLog _notes = new();

    private DeckReader(DeckOptions options) => _options = options;

    /// <summary>Never throws for what stands in the file.</summary>
    /// <param name="content">Can seek, and stands at its beginning; stays open.</param>
    public static DeckResult Read(Stream content, TableFormat format, DeckOptions options)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(options);
        return new DeckReader(options).Read(content, format);
    }

    private DeckResult Read(Stream content, TableFormat format)
    {
        var start = content.Position;
        var mapping = Detect(TableFile.Read(content, format, _errors));
        var terms = mapping is null ? null : new DeckTerms(mapping, _options, _errors, _notes);
        var rows = 0;
        var prices = new List<DeckPrice>();
        var areas = new DeckAreas(_options);
        if (mapping is not null && _errors.Count == 0)
        {
            content.Position = start;
            var reader = new DeckRowReader(mapping, _options, terms!, areas, _errors, _notes);
            foreach (var row in TableFile.Read(content, format, new RemarkLog()))
            {
                if (row.Sheet != mapping.Sheet || row.Line <= mapping.HeaderLine) continue;
                reader.Read(row, prices);
                if (reader.IsTooMany(row, prices.Count)) break;
                if (++rows % 10_000 == 0) _options.Progress?.Report(rows);
            }

            reader.Finish();
        }

        return Result(mapping, rows, prices, areas);
    }

    private DeckResult Result(DeckMapping? mapping, int rows, List<DeckPrice> read, DeckAreas areas)
    {
        var prices = DeckPrices.Sort(read, _errors, out var prefixes);
        if (mapping is not null && _errors.Count == 0 && prefixes == 0)
            _errors.Add(mapping.HeaderLine, "", "", "no row of prices below the headings; expected at least one");
        var parts = _errors.Count == 0 ? DeckParts.Of(prices, _options, _errors) : [];
        return new DeckResult
        {
            Mapping = mapping,
            Rows = rows,
            Prefixes = prefixes,
            Errors = [.. _errors.First.OrderBy(static error => error.Line)],
            ErrorCount = _errors.Count,
            Notes = [.. _notes.First.OrderBy(static note => note.Line)],
            NoteCount = _notes.Count,
            Prices = prices,
            Areas = areas.Summary(prices),
            Parts = _errors.Count == 0 ? parts : [],
        };
    }

    private DeckMapping? Detect(IEnumerable<TableRow> rows)
    {
        var sheets = new List<DeckSheet>();
        foreach (var row in rows)
        {
            if (sheets.Count == 0 || sheets[^1].Name != row.Sheet) sheets.Add(new DeckSheet(row.Sheet, _options));
            sheets[^1].Add(row);
        }

        if (_errors.Count > 0) return null;
        foreach (var sheet in sheets) sheet.Find();
        var best = _options.Sheet is { } wanted ? sheets.Find(sheet => sheet.Name == wanted) : sheets.MaxBy(static sheet => sheet.Score);
        if (best is null)
        {
            _errors.Add(0, "", _options.Sheet ?? "", sheets.Count == 0 ? "the file is empty; expected headings and rows" : "there is no such sheet");
            return null;
        }

        foreach (var sheet in sheets.Where(sheet => sheet != best))
        {
            if (sheet.HasPrices && best.HasPrices && _options.Sheet is null)
                _errors.Add(0, "", sheet.Name, $"this sheet holds a table of prices too, as \"{best.Name}\" does; expected to be told which to read (--sheet)");
            else
                _notes.Add(0, "", sheet.Name, string.Create(CultureInfo.InvariantCulture, $"this sheet of {sheet.Rows} rows was not read"));
        }

        return best.ToMapping(_errors);
    }
}
