using System.Globalization;

namespace Classound.PriceLists.Decks;

/// <summary>From when until when the price of a row is in force.</summary>
internal sealed class DeckValidity(DeckMapping mapping, DeckOptions options, DeckTerms terms, RemarkLog errors, RemarkLog notes)
{
    /// <summary>An end that lies further ahead, such as 31/12/2099, stands for none.</summary>
    public const int LongestYears = 10;

    private readonly Dictionary<string, DateTimeOffset> _begins = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset?> _ends = new(StringComparer.Ordinal);
    private readonly bool _lastDayCounts =
        mapping.Columns.FirstOrDefault(static column => column.Target == DeckTarget.ValidUntil) is { } column && !ChangeWords.NamesClosing(column.Heading);

    private (int Line, int Rows, string Text) _far;

    /// <summary>Null = at once, or after an error.</summary>
    public DateTimeOffset? Begin(in DeckRow row)
    {
        var text = row[DeckTarget.ValidFrom];
        if (text.Length == 0) return terms.ValidFrom;
        if (_begins.TryGetValue(text, out var known)) return known;
        if (DeckDate.IsAtOnce(text)) return null;
        if (terms.TryParseTime(text, out var time))
        {
            _begins.Add(text, time);
            return time;
        }

        row.Refuse(DeckTarget.ValidFrom, $"expected a date such as 2026-10-01{OrderText(text)}, or ASAP", errors);
        return null;
    }

    /// <summary>The first moment without the price; null = it does not end, or after an error.</summary>
    public DateTimeOffset? End(in DeckRow row)
    {
        var text = row[DeckTarget.ValidUntil];
        if (DeckDate.IsOpen(text)) return null;
        if (!_ends.TryGetValue(text, out var end))
        {
            if (!terms.TryParseEnd(text, _lastDayCounts, out var time))
            {
                row.Refuse(DeckTarget.ValidUntil, $"expected the date of an end such as 2026-10-01{OrderText(text)}, or nothing", errors);
                return null;
            }

            end = time - options.ReferenceTime > TimeSpan.FromDays(366 * LongestYears) ? null : time;
            _ends.Add(text, end);
        }

        if (end is null) _far = (_far.Rows == 0 ? row.Line : _far.Line, _far.Rows + 1, _far.Rows == 0 ? text : _far.Text);
        return end;
    }

    public bool IsOver(DateTimeOffset? end) => end <= options.ReferenceTime;

    /// <summary>After the last row.</summary>
    public void Report()
    {
        if (_far.Rows == 0) return;
        notes.Add(_far.Line, "", _far.Text, string.Create(CultureInfo.InvariantCulture,
            $"{_far.Rows} {(_far.Rows == 1 ? "row ends" : "rows end")} more than {LongestYears} years ahead, this the first: taken for no end"));
    }

    private string OrderText(string text) => mapping.DateOrder switch
    {
        _ when text.Length >= 6 && DeckDate.HasShortYear(text) => " with all digits of its year",
        DateOrder.DayMonthYear => " or 31/12/2026",
        DateOrder.MonthDayYear => " or 12/31/2026",
        _ => "",
    };
}
