namespace Classound.Cli.Cdr;

/// <summary>The fields of one record and the physical line on which it starts.</summary>
public sealed record DelimitedRecord(int Line, string[] Fields);
