namespace Classound.PriceLists.Tables;

/// <summary>In what form a table comes or goes.</summary>
public enum TableFormat : byte
{
    /// <summary>Text with commas, or semicolons where the file uses those; RFC 4180 quoting.</summary>
    Csv = 1,

    /// <summary>Text with tabs.</summary>
    Tsv = 2,

    /// <summary>An Office Open XML workbook.</summary>
    Xlsx = 3,
}
