using System.Numerics;

namespace Classound.PriceLists.Pdf;

/// <summary>
/// Sets a table from where the flow stands: column heads on every page, a country with its first row, a row with its further
/// lines; what a page break would leave without its beginning is repeated.
/// </summary>
internal sealed class TableFlow(PageFlow flow, PrintTable table)
{
    private const double LineHeight = 10.4;
    private const double Padding = 2.4;
    private const double Ascent = 8.3;
    private const double IndentStep = 8;
    private const double HalfPage = (PrintPage.Bottom - PrintPage.Top) / 2;

    private readonly ColumnFrame[] _frames = ColumnFrame.Of(table);
    private PrintGroup? _group;
    private bool _isFirst = true;

    public void Print()
    {
        PrintHeads();
        for (var start = 0; start < table.Rows.Count;)
        {
            var end = start + 1;
            while (end < table.Rows.Count && StaysWith(table.Rows[end - 1], table.Rows[end])) end++;
            PrintBlock(start, end);
            start = end;
        }
    }

    private static bool StaysWith(PrintRow previous, PrintRow next) =>
        previous.Kind == PrintRowKind.Group || next.Kind == PrintRowKind.Detail;

    private void PrintBlock(int start, int end)
    {
        double height = 0;
        for (var i = start; i < end && height <= HalfPage; i++) height += Height(Lines(table.Rows[i]));
        if (height > flow.Left && height <= HalfPage) Break(table.Rows[start]);
        for (var i = start; i < end; i++)
        {
            var row = table.Rows[i];
            var needed = Height(Lines(row));
            if (row.Kind == PrintRowKind.Group && i + 1 < end) needed += Height(Lines(table.Rows[i + 1]));
            if (needed > flow.Left) Break(row);
            PrintRow(row);
        }
    }

    private void Break(PrintRow next)
    {
        flow.StartPage();
        PrintHeads();
        _isFirst = true;
        if (_group is null || next.Kind == PrintRowKind.Group) return;
        flow.Page.Write(_frames[0].X, flow.Y + Padding + Ascent, PrintableText.Of($"{_group.Name} (continued)"), TextStyle.Strong);
        flow.Y += LineHeight + 2 * Padding;
    }

    private void PrintHeads()
    {
        var heads = table.Columns
            .Select((column, i) => PrintableText.Lines(column.Title, TextStyle.ColumnHead, _frames[i].Width)).ToArray();
        var height = heads.Max(lines => lines.Count) * 9.0;
        for (var i = 0; i < heads.Length; i++)
            for (var line = 0; line < heads[i].Count; line++)
                Write(i, 0, flow.Y + height - 9.0 * (heads[i].Count - 1 - line), heads[i][line], TextStyle.ColumnHead);
        flow.Y += height + 4;
        flow.Page.Boxes.Add(new PageBox(PrintPage.Margin, flow.Y, Right - PrintPage.Margin, 0.9, Shade.Accent));
        flow.Y += 1.5;
    }

    private void PrintRow(PrintRow row)
    {
        if (row.Group is { } group) StartGroup(group);
        var lines = Lines(row);
        if (row.Kind != PrintRowKind.Detail) Rule(row);
        for (var i = 0; i < lines.Length; i++)
            for (var line = 0; line < lines[i].Count; line++)
                Write(i, i == 0 ? Indent(row) : 0, flow.Y + Padding + LineHeight * line + Ascent, lines[i][line], Style(row, i));
        flow.Y += Height(lines);
        _isFirst = row.Kind == PrintRowKind.Group && row.Cells[^1].Length == 0;
    }

    private void StartGroup(PrintGroup group)
    {
        if (group.Initial != _group?.Initial) flow.Mark(group.Initial, 1);
        flow.Mark(group.Name, 2);
        _group = group;
    }

    // From the first cell that says something new, so that what belongs together stays together.
    private void Rule(PrintRow row)
    {
        if (_isFirst) return;
        var first = BitOperations.TrailingZeroCount(~row.SameAsAbove);
        if ((row.SameAsAbove >> (row.Cells.Count - 1)) == 1) return;
        var x = _frames[first].X - ColumnFrame.Gap / 2;
        flow.Page.Boxes.Add(new PageBox(x, flow.Y, Right - x, 0.4, Shade.Rule));
    }

    private List<string>[] Lines(PrintRow row)
    {
        var lines = new List<string>[row.Cells.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            var isBlank = !_isFirst && (row.SameAsAbove & (1 << i)) != 0;
            var width = i > 0 ? _frames[i].Width : Reach(row) - Indent(row);
            lines[i] = isBlank ? [""] : PrintableText.Lines(row.Cells[i], Style(row, i), width);
        }

        return lines;
    }

    // The first cell may reach over the empty ones beside it.
    private double Reach(PrintRow row)
    {
        var last = 0;
        if (row.Kind == PrintRowKind.Row) return _frames[0].Width;
        while (last + 1 < row.Cells.Count && row.Cells[last + 1].Length == 0) last++;
        return _frames[last].Right - _frames[0].X;
    }

    private double Indent(PrintRow row) => row.Kind switch
    {
        PrintRowKind.Group => 0,
        PrintRowKind.Detail => _group is null ? IndentStep : 2 * IndentStep,
        _ => _group is null ? 0 : IndentStep,
    };

    private static TextStyle Style(PrintRow row, int column) => column > 0 || row.Kind == PrintRowKind.Row ? TextStyle.Body
        : row.Kind == PrintRowKind.Group ? TextStyle.Strong
        : TextStyle.Detail;

    private double Right => _frames[^1].Right + ColumnFrame.Gap / 2;

    private void Write(int column, double indent, double baseline, string text, TextStyle style)
    {
        if (table.Columns[column].IsAmount) flow.Page.WriteRight(_frames[column].Right, baseline, text, style);
        else flow.Page.Write(_frames[column].X + indent, baseline, text, style);
    }

    private static double Height(List<string>[] lines) => lines.Max(cell => cell.Count) * LineHeight + 2 * Padding;
}
