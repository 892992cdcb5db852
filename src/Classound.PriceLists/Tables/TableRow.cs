namespace Classound.PriceLists.Tables;

/// <summary>One row of a file, whatever its format.</summary>
/// <param name="Sheet">Name of the worksheet; empty for text files.</param>
/// <param name="Line">Line of the text file, or row of the sheet, from 1.</param>
/// <param name="Cells">
/// Trimmed. Numbers of a worksheet are written invariantly, as their cell holds them; dates as yyyy-MM-dd, with HH:mm:ss behind
/// where they have a time.
/// </param>
public sealed record TableRow(string Sheet, int Line, IReadOnlyList<string> Cells);
