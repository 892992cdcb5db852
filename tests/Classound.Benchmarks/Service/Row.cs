namespace Classound.Benchmarks.Service;

/// <summary>What a row's figure is made of.</summary>
internal enum Figure
{
    /// <summary>The rate of one contender over that of another, window by window.</summary>
    RateRatio,

    /// <summary>A rate, per second.</summary>
    Rate,

    /// <summary>Bytes that Redis is sent for a request.</summary>
    StoreBytes,

    /// <summary>p99 over that of another contender at the same rate: half of the best one.</summary>
    LatencyRatio,

    /// <summary>Live heap of a silo for each active PBX, in bytes.</summary>
    MemoryPerPbx,
}

/// <summary>A figure that has to be reached.</summary>
/// <param name="Name">On the command line.</param>
/// <param name="Group">Rows of a group are measured in the same windows.</param>
/// <param name="Text">In the table.</param>
/// <param name="Measured">The contender whose figure it is.</param>
/// <param name="Against">The contender by whose figure that is divided; empty where nothing is.</param>
/// <param name="Must">What has to be reached; null = nothing, the figure is for comparison.</param>
internal sealed record Row(string Name, RowGroup Group, string Text, Figure Figure, string Measured, string Against, double? Must, double? Aim)
{
    public bool LowerIsBetter => Figure is Figure.StoreBytes or Figure.LatencyRatio or Figure.MemoryPerPbx;

    public IEnumerable<string> Contenders => Against.Length > 0 ? [Against, Measured] : [Measured];

    public bool Reaches(double value, double? limit) => LowerIsBetter ? value <= limit : value >= limit;

    public static readonly IReadOnlyList<Row> All =
    [
        Ratio("authorize-everysec", "AuthorizeCall, unary, everysec / empty unary", "everysec", "empty", 0.55, 0.75),
        Ratio("authorize-always", "AuthorizeCall, unary, always / empty unary", "always", "empty", 0.45, 0.65),
        Ratio("stream-everysec", "AuthorizeCall on the stream, everysec / empty unary", "stream-everysec", "empty", 1.0, 1.5),
        Ratio("stream-always", "AuthorizeCall on the stream, always / empty unary", "stream-always", "empty", 0.75, 1.2),
        Ratio("sql-always", "AuthorizeCall, unary, always / SQL, commit on", "always", "sql-on", 1.5, 2.2),
        Ratio("sql-everysec", "AuthorizeCall, unary, everysec / SQL, commit off", "everysec", "sql-off", 1.3, 2.0),
        Ratio("stream-sql-always", "AuthorizeCall on the stream, always / SQL, commit on", "stream-always", "sql-on", 2.3, 3.5),
        Ratio("stream-sql-everysec", "AuthorizeCall on the stream, everysec / SQL, commit off", "stream-everysec", "sql-off", 2.1, 3.0),
        Ratio("life-sql", "full life of calls on the stream, everysec, calls/s / SQL authorisations/s, commit off", "stream-life", "sql-off", 0.8, 1.2),
        Ratio("life-unary-sql", "the same, unary", "life", "sql-off", null, null),
        Ratio("quote-list", "QuoteCall of a price list / empty unary", "quote-list", "empty", 0.85, 0.95),
        Ratio("quote-pbx", "QuoteCall of a PBX / empty unary", "quote-pbx", "empty", 0.7, 0.85),
        new("latency", RowGroup.Main, "p99 of AuthorizeCall, unary, everysec, at half of its best rate / p99 of the empty method at that rate", Figure.LatencyRatio, "everysec", "empty", 2.5, 1.5),
        new("latency-always", RowGroup.Main, "the same: always", Figure.LatencyRatio, "always", "empty", null, null),
        new("latency-stream", RowGroup.Main, "the same: on the stream, everysec", Figure.LatencyRatio, "stream-everysec", "empty", null, null),
        new("hot-pbx", RowGroup.Main, "one hot PBX, everysec: authorise + end per second", Figure.Rate, "hot-pbx", "", 500, 3_000),
        new("store-bytes", RowGroup.Main, "bytes to Redis per authorisation", Figure.StoreBytes, "everysec", "", 600, 350),
        new("sqlite", RowGroup.Sqlite, "AuthorizeCall on SQLite with fsync / on Redis, always", Figure.RateRatio, "sqlite", "always", 0.5, 1.0),
        new("pbxs", RowGroup.Pbxs, "AuthorizeCall with 100,000 PBXs / 1,000", Figure.RateRatio, "pbxs-100000", "everysec", 0.85, 0.95),
        new("memory", RowGroup.Pbxs, "live heap per active idle PBX with 10 DIDs, bytes", Figure.MemoryPerPbx, "pbxs-100000", "", 8_192, 4_096),
        new("silos", RowGroup.Silos, "AuthorizeCall with three silos / one, same total cores", Figure.RateRatio, "three-silos", "everysec", 0.5, 0.7),
    ];

    private static Row Ratio(string name, string text, string measured, string against, double? must, double? aim) =>
        new(name, RowGroup.Main, text, Figure.RateRatio, measured, against, must, aim);
}
