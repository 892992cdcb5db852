namespace Classound.Cli.Cdr;

/// <summary>How a file is laid out: found by <see cref="CdrFormatDetector"/> or given by the user.</summary>
/// <param name="Dialect">Who wrote it.</param>
/// <param name="Delimiter">One of comma, semicolon, tab and vertical bar.</param>
/// <param name="HasHeader">Whether the first row names the columns.</param>
/// <param name="Columns">The names in file order; for files without a header the dialect's own.</param>
/// <param name="FewestColumns">The fewest columns a record may have; trailing ones may be absent in files without a header.</param>
public sealed record CdrFormat(CdrDialect Dialect, char Delimiter, bool HasHeader, CdrColumns Columns, int FewestColumns);
