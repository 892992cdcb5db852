namespace Classound.PriceLists.Pdf;

/// <summary>Where a column stands.</summary>
/// <param name="X">Left edge of its text.</param>
/// <param name="Width">Of its text, without the gap to its neighbours.</param>
internal readonly record struct ColumnFrame(double X, double Width)
{
    public const double Gap = 9;

    private const double WidestAmount = 110;
    private const double WidestText = 72;
    private const double NarrowestAmount = 50;

    public double Right => X + Width;

    /// <summary>Columns without a share get what their cells need, the others the rest; if there are none, the table is narrower.</summary>
    public static ColumnFrame[] Of(PrintTable table)
    {
        var widths = new double[table.Columns.Count];
        for (var i = 0; i < widths.Length; i++)
            if (table.Columns[i].Share == 0) widths[i] = Needed(table, i);
        var left = PrintPage.TextWidth - Gap * widths.Length - widths.Sum();
        var shares = table.Columns.Sum(column => column.Share);
        var frames = new ColumnFrame[widths.Length];
        var x = PrintPage.Margin + Gap / 2;
        for (var i = 0; i < frames.Length; i++)
        {
            if (widths[i] == 0) widths[i] = left * table.Columns[i].Share / shares;
            frames[i] = new ColumnFrame(x, widths[i]);
            x += widths[i] + Gap;
        }

        return frames;
    }

    private static double Needed(PrintTable table, int column)
    {
        var title = table.Columns[column].Title;
        var needed = Math.Max(TextStyle.ColumnHead.Width(title) / 2, title.Split(' ').Max(word => TextStyle.ColumnHead.Width(word)));
        if (table.Columns[column].IsAmount) needed = Math.Max(needed, NarrowestAmount);
        foreach (var row in table.Rows) needed = Math.Max(needed, TextStyle.Body.Width(row.Cells[column]));
        return Math.Min(needed + 0.5, table.Columns[column].IsAmount ? WidestAmount : WidestText);
    }
}
