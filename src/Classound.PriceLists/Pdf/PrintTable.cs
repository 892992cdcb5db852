namespace Classound.PriceLists.Pdf;

/// <summary>A numbered part of the printed list.</summary>
/// <param name="Title">Without its number.</param>
internal sealed record PrintSection(string Title, IReadOnlyList<PrintTable> Tables);

/// <summary>What is to be printed, without a word about where on a page.</summary>
/// <param name="Caption">Empty where the section's title says it all.</param>
internal sealed record PrintTable(string Caption, IReadOnlyList<PrintColumn> Columns, IReadOnlyList<PrintRow> Rows);

/// <param name="Share">Of the width that is left, beside other columns with a share; 0 = as wide as its cells need.</param>
/// <param name="IsAmount">To the right, so that decimal points stand below each other.</param>
internal sealed record PrintColumn(string Title, int Share = 0, bool IsAmount = false);

internal enum PrintRowKind : byte
{
    Row = 1,

    /// <summary>A further line of the row above: its first cell may reach over the empty ones beside it.</summary>
    Detail = 2,

    /// <summary>A country, over the rows that follow; or alone on its line with its only destination.</summary>
    Group = 3,
}

/// <param name="Cells">One for each column.</param>
/// <param name="SameAsAbove">
/// A bit for each cell that repeats the row above: it is left blank, save in the first row of a page.
/// </param>
/// <param name="Group">Of a row that begins one.</param>
internal sealed record PrintRow(PrintRowKind Kind, IReadOnlyList<string> Cells, int SameAsAbove = 0, PrintGroup? Group = null);

/// <summary>How contents, bookmarks and the next page call a group.</summary>
/// <param name="Initial">The letter under which it is found.</param>
internal sealed record PrintGroup(string Name, string Initial);
