namespace Classound.Cli.Cdr;

/// <summary>How to read a file; what is null is detected.</summary>
/// <param name="Dialect">Who wrote it.</param>
/// <param name="Delimiter">What stands between fields.</param>
/// <param name="TimeZone">The clock of dates without an offset.</param>
/// <param name="TrunkPatterns">Peer names, with * and ?, that are trunks beside those the file shows to be.</param>
public sealed record CdrReadOptions(CdrDialect? Dialect, char? Delimiter, TimeZoneInfo TimeZone, IReadOnlyList<string> TrunkPatterns);
