using Classound.PriceLists.Tables;

namespace Classound.PriceLists.Decks;

/// <summary>The first reading of a sheet: what its columns are, and what whole columns say of their form.</summary>
internal sealed class DeckSheet(string name, DeckOptions options)
{
    private const int LookedAt = 200; // Rows in which headings and their columns are looked for.

    private readonly List<TableRow> _first = [];
    private readonly DeckEvidence _evidence = new();
    private readonly DeckDateEvidence _dates = new(options.ReferenceTime.Year);
    private readonly DeckColumns _columns = new(options);
    private bool _found;

    public string Name => name;

    public int Rows { get; private set; }

    public int Score => _columns.Score;

    public bool HasPrices => _columns.HasCode && _columns.Has(DeckTarget.Price);

    public void Add(TableRow row)
    {
        Rows++;
        if (_found) Learn(row);
        else
        {
            _first.Add(row);
            if (_first.Count == LookedAt) Find();
        }
    }

    /// <summary>After the last row.</summary>
    public void Find()
    {
        if (_found) return;
        _found = true;
        _columns.Find(_first);
        foreach (var row in _first.Skip(_columns.HeaderAt + 1)) Learn(row);
    }

    /// <summary>Null where there is no table of prices, with the error that says what is missing.</summary>
    public DeckMapping? ToMapping(RemarkLog errors)
    {
        var headerLine = _columns.HeaderAt < 0 ? 0 : _first[_columns.HeaderAt].Line;
        if (_columns.HeaderAt >= 0 && _first[_columns.HeaderAt].Cells[0] == "kind")
        {
            errors.Add(headerLine, "kind", "kind", "the file is in the project's own format; expected another operator's deck");
            return null;
        }

        foreach (var missing in _columns.Missing)
            errors.Add(headerLine, missing.Column, "", $"no column has this heading or number, and it was to hold {missing.Target}; {Headings()}");
        if (_columns.TwoPrices is { Length: > 0 } two)
        {
            errors.Add(headerLine, "", two, "two columns of prices that differ; say with a column override which one holds the price per minute");
            return null;
        }

        if (_columns.HasCode && _columns.Has(DeckTarget.Price) && errors.Count == 0) return Mapping(headerLine, errors);
        if (!_columns.HasCode && (_columns.Score > 0 || errors.Count == 0))
        {
            var names = _columns.Has(DeckTarget.Destination) || _columns.Has(DeckTarget.Country) ? ": the deck names destinations only" : "";
            errors.Add(headerLine, "", "", $"has no column of prefixes{names}; {Headings()}");
        }

        if (!_columns.Has(DeckTarget.Price)) errors.Add(headerLine, "", "", $"has no column of prices per minute; {Headings()}");
        return null;
    }

    private DeckMapping Mapping(int headerLine, RemarkLog errors) => new()
    {
        Sheet = name,
        HeaderLine = headerLine,
        Columns = _columns.Columns,
        Ignored = _columns.Ignored,
        Width = _columns.Width,
        DecimalSeparator = options.DecimalSeparator ?? _evidence.DecimalSeparator(Heading(DeckTarget.Price), errors),
        DateOrder = options.DateOrder ?? _dates.Order(errors),
        Increments = options.Increments ?? DeckIncrements.BySecond,
        InternationalPrefix = options.InternationalPrefix ?? _evidence.InternationalPrefix,
        CodeLists = options.CodeLists ?? DeckCodeLists.Complete,
        Facts = _columns.HeaderAt < 0 ? [] : DeckPreamble.Read(_first.Take(_columns.HeaderAt)),
    };

    private void Learn(TableRow row)
    {
        foreach (var column in _columns.Columns)
        {
            var text = column.Number <= row.Cells.Count ? row.Cells[column.Number - 1] : "";
            switch (column.Target)
            {
                case DeckTarget.Price or DeckTarget.ConnectFee:
                    _evidence.AddNumber(row.Line, text);
                    break;
                case DeckTarget.ValidFrom or DeckTarget.ValidUntil:
                    _dates.Add(row.Line, column.Heading, text);
                    break;
                case DeckTarget.Prefix or DeckTarget.CountryCode:
                    _evidence.AddCode(text);
                    break;
            }
        }
    }

    private string Heading(DeckTarget target) => _columns.Columns.FirstOrDefault(column => column.Target == target)?.Heading ?? "";

    private string Headings()
    {
        var header = _columns.HeaderAt < 0 ? [] : _first[_columns.HeaderAt].Cells.Where(static cell => cell.Length > 0);
        return header.Any() ? $"columns found: {string.Join(", ", header)}" : "no line of column headings was found";
    }
}
