namespace Classound.Cli.Cdr;

/// <summary>One row that cannot be read as a call.</summary>
/// <param name="Line">The physical line, 1 for the first.</param>
/// <param name="Column">The column's name as the file writes it, or the dialect's name for it; "row" when the row itself is broken.</param>
/// <param name="Value">What stands there, shortened to 60 characters.</param>
/// <param name="Reason">What was expected instead.</param>
public sealed record CdrRefusal(int Line, string Column, string Value, string Reason)
{
    private const int LongestValue = 60;

    public static CdrRefusal Of(int line, string column, string value, string reason) =>
        new(line, column, value.Length <= LongestValue ? value : string.Concat(value.AsSpan(0, LongestValue), "..."), reason);

    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {Line}, column {Column}, value \"{Value}\": {Reason}");
}
