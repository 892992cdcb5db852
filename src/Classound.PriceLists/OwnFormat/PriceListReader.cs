using System.Globalization;
using Classound.PriceLists.Tables;

namespace Classound.PriceLists.OwnFormat;

/// <summary>One pass over a file. Goes on after an error, so that one import tells all of them.</summary>
internal sealed class PriceListReader
{
    private readonly PriceListRules _rules;
    private readonly PlacedRemarks _errors = new();
    private readonly PlacedRemarks _notes = new();
    private readonly PriceListRow _row;
    private readonly ListRows _list;
    private readonly AreaRows _areas;
    private readonly PrefixRows _prefixes;
    private readonly BandRows _bands;
    private readonly PlanRows _plans;
    private readonly FeeRows _fees;

    private SheetLayout? _layout;
    private RowKind? _sheetKind;
    private string? _sheet;
    private int _sheetIndex = -1;
    private int _rows;

    public PriceListReader(PriceListRules rules)
    {
        _rules = rules;
        var tariffs = new TariffCells(rules, _errors, _notes);
        _row = new PriceListRow(rules, _errors);
        _list = new ListRows(rules);
        _areas = new AreaRows(tariffs);
        _prefixes = new PrefixRows(tariffs, _errors);
        _bands = new BandRows(tariffs, _errors);
        _plans = new PlanRows(rules, _errors);
        _fees = new FeeRows(rules);
    }

    public PriceListReadResult Read(Stream file, TableFormat format)
    {
        var damage = new RemarkLog();
        foreach (var row in TableFile.Read(file, format, damage, skipComments: true))
        {
            ReadRow(row);
            if (_prefixes.Different <= _rules.MaxPrefixes) continue;
            _errors.Add(new Place(_sheetIndex, row.Line), "", "", Say($"{_prefixes.Different} prefixes up to here; expected at most {_rules.MaxPrefixes} in a file"));
            break;
        }

        foreach (var error in damage.First) _errors.Add(new Place(0, error.Line), error.Column, error.Value, error.Reason);
        if (_sheetIndex < 0 && _errors.Count == 0) _errors.Add(default, "", "", "the file is empty; expected a header and at least one row");
        if (_rows == 0 && _errors.Count == 0) _errors.Add(default, "", "", "the file has no rows; expected a header and at least one row");
        _prefixes.RequireAreaRows(_areas);
        _bands.Join(_areas, _prefixes, _list.TimeZoneId);
        var plans = _plans.Build();
        return new PriceListReadResult
        {
            Content = _errors.Count > 0 ? null : new PriceListContent(_areas.Build(), _prefixes.Build())
            {
                Plans = plans, DidFees = _fees.Dids, FreePhoneFees = _fees.FreePhones,
            },
            Facts = _list.Facts,
            Rows = _rows,
            Prefixes = _prefixes.Count,
            Errors = _errors.First,
            ErrorCount = _errors.Count,
            Notes = _notes.First,
            NoteCount = _notes.Count,
        };
    }

    private void ReadRow(TableRow row)
    {
        if (!ReferenceEquals(row.Sheet, _sheet) && row.Sheet != _sheet)
        {
            StartSheet(row);
            return;
        }

        if (_layout is null) return;
        _rows++;
        var place = new Place(_sheetIndex, row.Line);
        if (row.Cells.Count > _layout.Width || (row.Cells.Count < _layout.Width && row.Sheet.Length == 0))
        {
            // A sheet ends its rows with the last cell that holds something.
            _errors.Add(place, "", string.Join(',', row.Cells), Say($"{row.Cells.Count} columns; expected {_layout.Width}, as in the header"));
            return;
        }

        if (KindOf(row, place) is not { } kind || !_layout.IsComplete(kind)) return;
        _row.Move(_layout, kind, place, row.Cells, isText: row.Sheet.Length == 0);
        _row.RefuseForeignCells();
        ReadCells(kind);
    }

    private void StartSheet(TableRow header)
    {
        _sheet = header.Sheet;
        _sheetIndex++;
        _errors.Sheet(_sheetIndex, header.Sheet);
        _notes.Sheet(_sheetIndex, header.Sheet);
        _layout = null;
        var place = new Place(_sheetIndex, header.Line);
        // A workbook may as well hold the one table of a text file, whatever its sheet is called.
        var hasKind = header.Cells.Contains(OwnColumn.Kind.Name(), StringComparer.Ordinal);
        _sheetKind = header.Sheet.Length == 0 || hasKind ? null : RowKinds.OfSheet(header.Sheet);
        if (header.Sheet.Length > 0 && !hasKind && _sheetKind is null)
            _errors.Add(place, "", header.Sheet, $"unknown sheet; expected {RowKinds.ExpectedSheets}, or a column {OwnColumn.Kind.Name()}");
        else
            _layout = SheetLayout.TryRead(header.Cells, _sheetKind, place, _errors);
    }

    private RowKind? KindOf(TableRow row, Place place)
    {
        if (_sheetKind is { } kind) return kind;
        var position = _layout![OwnColumn.Kind];
        var word = position < row.Cells.Count ? row.Cells[position] : "";
        if (RowKinds.OfWord(word) is { } known) return known;
        _errors.Add(place, OwnColumn.Kind, word, $"expected {RowKinds.Expected}");
        return null;
    }

    private void ReadCells(RowKind kind)
    {
        switch (kind)
        {
            case RowKind.List:
                _list.Read(_row);
                break;
            case RowKind.Area:
                _areas.Read(_row);
                break;
            case RowKind.Prefix:
                _prefixes.Read(_row);
                break;
            case RowKind.Band:
                _bands.Read(_row);
                break;
            case RowKind.Plan:
                _plans.Read(_row);
                break;
            case RowKind.Did:
                _fees.ReadDid(_row);
                break;
            default:
                _fees.ReadFreePhone(_row);
                break;
        }
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
