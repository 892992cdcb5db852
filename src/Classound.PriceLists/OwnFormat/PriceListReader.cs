using System.Globalization;
using System.Text;
using Classound.Charging.Rating;
using CsvHelper;
using CsvHelper.Configuration;

namespace Classound.PriceLists.OwnFormat;

/// <summary>One pass over a file. Goes on after an error, so that one import tells all of them.</summary>
internal sealed class PriceListReader(PriceListRules rules)
{
    private readonly RemarkLog _errors = new();
    private readonly RemarkLog _notes = new();
    private readonly Dictionary<CallArea, Tariff> _areas = [];
    private readonly Dictionary<CallArea, int> _areaLines = [];
    private readonly Dictionary<string, int> _prefixLines = new(StringComparer.Ordinal);
    private readonly List<PriceListEntry> _entries = [];
    private readonly List<int> _entryLines = [];
    private int _rows;

    public PriceListReadResult Read(Stream utf8)
    {
        ReadRows(utf8);
        if (_rows == 0 && _errors.Count == 0) _errors.Add(0, "", "", "the file has no rows; expected a header and at least one row");
        RequireAreaRows();
        return new PriceListReadResult
        {
            Content = _errors.Count == 0 ? new PriceListContent(_areas, _entries) : null,
            Rows = _rows,
            Prefixes = _entries.Count,
            Errors = [.. _errors.First.OrderBy(error => error.Line)],
            ErrorCount = _errors.Count,
            Notes = _notes.First,
            NoteCount = _notes.Count,
        };
    }

    private void ReadRows(Stream utf8)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            AllowComments = true,
            TrimOptions = TrimOptions.Trim,
            BadDataFound = bad => _errors.Add(
                bad.Context.Parser!.RawRow, "", bad.RawRecord.Trim(), "a quote stands where none may; expected RFC 4180 quoting"),
        };
        using var text = new StreamReader(
            utf8, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        using var csv = new CsvParser(text, configuration);
        try
        {
            if (!csv.Read())
            {
                _errors.Add(0, "", "", "the file is empty; expected a header and at least one row");
                return;
            }

            if (PriceListColumns.TryRead(csv.Record!, csv.RawRow, _errors) is not { } columns) return;
            while (csv.Read()) ReadRow(columns, csv);
        }
        catch (DecoderFallbackException)
        {
            _errors.Add(csv.RawRow + 1, "", "", "the text from about here on is not UTF-8");
        }
    }

    private void ReadRow(PriceListColumns columns, CsvParser csv)
    {
        _rows++;
        if (csv.Record!.Length != PriceListFile.Columns.Count)
        {
            _errors.Add(
                csv.RawRow, "", csv.RawRecord.Trim(), Say($"{csv.Record.Length} columns; expected {PriceListFile.Columns.Count}, as in the header"));
            return;
        }

        var row = new PriceListRow(columns, csv.Record, csv.RawRow, rules, _errors, _notes);
        switch (row[PriceListFile.Kind])
        {
            case "area":
                AddArea(row);
                break;
            case "prefix":
                AddPrefix(row);
                break;
            default:
                row.Refuse(PriceListFile.Kind, "expected area or prefix");
                break;
        }
    }

    private void AddArea(PriceListRow row)
    {
        if (row.ReadArea() is not { } read) return;
        var (area, tariff) = read;
        if (_areaLines.TryAdd(area, row.Line)) _areas.Add(area, tariff);
        else row.Refuse(PriceListFile.Area, Say($"given twice: line {_areaLines[area]} has this area too"));
    }

    private void AddPrefix(PriceListRow row)
    {
        var entry = row.ReadPrefix();
        // Also of a row with other errors: its twin should be told in the same report.
        var prefix = row[PriceListFile.Prefix];
        if (prefix.Length > 0 && !_prefixLines.TryAdd(prefix, row.Line))
        {
            row.Refuse(PriceListFile.Prefix, Say($"given twice: line {_prefixLines[prefix]} has this prefix too"));
            return;
        }

        if (entry is null) return;
        _entries.Add(entry);
        _entryLines.Add(row.Line);
    }

    // At the end, because area rows may stand anywhere in the file.
    private void RequireAreaRows()
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            if (entry.OwnTariff is not null || _areaLines.ContainsKey(entry.Area)) continue;
            _errors.Add(_entryLines[i], PriceListFile.Area, ((int)entry.Area).ToString(CultureInfo.InvariantCulture),
                "the file has no row of this area, and the prefix no steps of its own: it would have no price");
        }
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
