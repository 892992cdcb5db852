namespace Classound.PriceLists.OwnFormat;

/// <summary>The columns of the own format, in the order in which they are written.</summary>
internal enum OwnColumn : byte
{
    Kind,
    Type,
    Version,
    Currency,
    TimeZone,
    Decimals,
    ValidFrom,
    ValidUntil,
    OperatorName,
    Prefix,
    Country,
    Destination,
    Area,
    Days,
    From,
    To,
    BandTimeZone,
    ConnectFee,
    MinimumSeconds,
    Steps,
    HighCost,
    Code,
    Term,
    Sharing,
    MinutesPerUser,
    UsersFrom,
    UsersTo,
    NumberKind,
    SetupFee,
    MonthlyFee,
    FixedPerMinute,
    MobilePerMinute,
    PayphonePerMinute,
}

/// <summary>Names of the columns, and which of them the rows of a kind have.</summary>
internal static class OwnColumns
{
    /// <summary>How many columns there are.</summary>
    public const int Count = (int)OwnColumn.PayphonePerMinute + 1;

    private static readonly string[] Names =
    [
        "kind", "type", "version", "currency", "time_zone", "decimals", "valid_from", "valid_until", "operator", "prefix", "country",
        "destination", "area", "days", "from", "to", "band_time_zone", "connect_fee", "minimum_seconds", "steps", "high_cost", "code",
        "term", "sharing", "minutes_per_user", "users_from", "users_to", "number_kind", "setup_fee", "monthly_fee", "fixed_per_minute",
        "mobile_per_minute", "payphone_per_minute",
    ];

    // In a workbook they stand in this order.
    private static readonly OwnColumn[][] Used =
    [
        [
            OwnColumn.Type, OwnColumn.Version, OwnColumn.Currency, OwnColumn.TimeZone, OwnColumn.Decimals, OwnColumn.ValidFrom,
            OwnColumn.ValidUntil, OwnColumn.OperatorName,
        ],
        [OwnColumn.Area, OwnColumn.ConnectFee, OwnColumn.MinimumSeconds, OwnColumn.Steps],
        [
            OwnColumn.Prefix, OwnColumn.Country, OwnColumn.Destination, OwnColumn.Area, OwnColumn.ConnectFee, OwnColumn.MinimumSeconds,
            OwnColumn.Steps, OwnColumn.HighCost,
        ],
        [
            OwnColumn.Area, OwnColumn.Prefix, OwnColumn.Days, OwnColumn.From, OwnColumn.To, OwnColumn.BandTimeZone, OwnColumn.ConnectFee,
            OwnColumn.Steps,
        ],
        [
            OwnColumn.Code, OwnColumn.Term, OwnColumn.Sharing, OwnColumn.MinutesPerUser, OwnColumn.UsersFrom, OwnColumn.UsersTo,
            OwnColumn.MonthlyFee,
        ],
        [OwnColumn.Country, OwnColumn.NumberKind, OwnColumn.SetupFee, OwnColumn.MonthlyFee],
        [
            OwnColumn.Country, OwnColumn.MonthlyFee, OwnColumn.FixedPerMinute, OwnColumn.MobilePerMinute, OwnColumn.PayphonePerMinute,
        ],
    ];

    // Without these no row of the kind could be right; where another column is missing, its cells count as empty.
    private static readonly OwnColumn[][] Needed =
    [
        [],
        [OwnColumn.Area, OwnColumn.Steps],
        [OwnColumn.Prefix, OwnColumn.Destination, OwnColumn.Area],
        [OwnColumn.Days, OwnColumn.From, OwnColumn.To, OwnColumn.Steps],
        [OwnColumn.Code, OwnColumn.Term, OwnColumn.Sharing, OwnColumn.MinutesPerUser, OwnColumn.UsersFrom, OwnColumn.MonthlyFee],
        [OwnColumn.Country, OwnColumn.NumberKind, OwnColumn.SetupFee, OwnColumn.MonthlyFee],
        [
            OwnColumn.Country, OwnColumn.MonthlyFee, OwnColumn.FixedPerMinute, OwnColumn.MobilePerMinute, OwnColumn.PayphonePerMinute,
        ],
    ];

    /// <summary>All names, as an error tells them.</summary>
    public static readonly string Expected = string.Join(',', Names);

    public static string Name(this OwnColumn column) => Names[(int)column];

    /// <summary>-1 for what is no column.</summary>
    public static int Find(string name) => Array.IndexOf(Names, name);

    /// <summary>The columns that rows of this kind may fill, beside <see cref="OwnColumn.Kind"/>.</summary>
    public static ReadOnlySpan<OwnColumn> Of(RowKind kind) => Used[(int)kind];

    /// <summary>Those of them that a file with such rows must have.</summary>
    public static ReadOnlySpan<OwnColumn> NeededBy(RowKind kind) => Needed[(int)kind];
}
