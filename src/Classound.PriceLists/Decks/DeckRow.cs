using Classound.PriceLists.Tables;

namespace Classound.PriceLists.Decks;

/// <summary>The cells of a row by what they hold.</summary>
internal readonly struct DeckRow(DeckMapping mapping, int[] positions, TableRow row)
{
    public int Line => row.Line;

    public string this[DeckTarget target] => positions[(int)target] is >= 0 and var at && at < row.Cells.Count ? row.Cells[at] : "";

    /// <summary>Whether the deck has such a column.</summary>
    public bool Has(DeckTarget target) => positions[(int)target] >= 0;

    public int FilledCells => row.Cells.Count(static cell => cell.Length > 0);

    public string Text => string.Join(", ", row.Cells.Where(static cell => cell.Length > 0));

    /// <summary>The headings once more, as on a new page.</summary>
    public bool IsHeader
    {
        get
        {
            foreach (var column in mapping.Columns)
            {
                var cell = column.Number <= row.Cells.Count ? row.Cells[column.Number - 1] : "";
                if (cell.Length == 0 || !cell.Equals(column.Heading, StringComparison.Ordinal)) return false;
            }

            return true;
        }
    }

    /// <summary>Any of the columns that tell of changes says that the code is withdrawn.</summary>
    public bool IsClosed
    {
        get
        {
            foreach (var column in mapping.Columns)
            {
                if (column.Target != DeckTarget.Change || column.Number > row.Cells.Count) continue;
                if (ChangeWords.IsClosed(column.Heading, row.Cells[column.Number - 1])) return true;
            }

            return false;
        }
    }

    /// <summary>
    /// Whether a whole number stands as the price, and behind the last column stands something: of 0,01 without quotes the price would be 0.
    /// </summary>
    public bool MayBeSplitPrice => mapping.Width > 0 && row.Sheet.Length == 0 && this[DeckTarget.Price].All(char.IsAsciiDigit)
        && row.Cells.Skip(mapping.Width).Any(static cell => cell.Length > 0);

    /// <summary>What stands in columns such as "Discontinued" and says neither yes nor no is refused.</summary>
    public void RefuseDoubtfulClosing(RemarkLog log)
    {
        foreach (var column in mapping.Columns)
        {
            if (column.Target != DeckTarget.Change || column.Number > row.Cells.Count) continue;
            var text = row.Cells[column.Number - 1];
            if (ChangeWords.IsDoubtful(column.Heading, text))
                log.Add(row.Line, column.Heading, text, "expected yes or no; a column of dates on which codes end is valid-until (--column)");
        }
    }

    public void Refuse(DeckTarget target, string reason, RemarkLog log) => log.Add(row.Line, Heading(target), this[target], reason);

    private string Heading(DeckTarget target)
    {
        var at = mapping.IndexOf(target);
        if (at < 0) return target.ToString();
        var column = mapping.Columns.First(column => column.Target == target);
        return column.Heading.Length > 0 ? column.Heading : FormattableString.Invariant($"column {column.Number}");
    }
}
