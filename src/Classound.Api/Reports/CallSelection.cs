using Classound.Charging.Calls;

namespace Classound.Api.Reports;

/// <summary>Which calls of a PBX a report is about.</summary>
/// <param name="PbxId">The PBX.</param>
/// <param name="FirstMonth">First billing month, YYYYMM.</param>
/// <param name="LastMonth">Last billing month, at most 12 later.</param>
public sealed record CallSelection(string PbxId, int FirstMonth, int LastMonth)
{
    /// <summary>Billing months of one report: a year and the same month of the next.</summary>
    public const int MaxMonths = 13;

    /// <summary>Null = both.</summary>
    public CallDirection? Direction { get; init; }

    /// <summary>E.164 with '+'; empty = any.</summary>
    public string Did { get; init; } = "";

    /// <summary>Empty = any.</summary>
    public string UserId { get; init; } = "";

    public DateOnly FirstDay { get; init; } = DateOnly.MinValue;

    public DateOnly LastDay { get; init; } = DateOnly.MaxValue;

    /// <summary>Before the first call of all.</summary>
    public ReportPosition Start(bool newestFirst) => newestFirst ? new(LastMonth, long.MaxValue) : new(FirstMonth, 0);

    public bool Has(RatedCall call) =>
        (Direction is not { } direction || call.Direction == direction)
        && (Did.Length == 0 || DidOf(call) == Did)
        && (UserId.Length == 0 || call.UserId == UserId)
        && call.UsageDay >= FirstDay && call.UsageDay <= LastDay;

    /// <summary>The PBX's own number of a call; empty for an internal one.</summary>
    public static string DidOf(RatedCall call) =>
        call.Internal ? "" : call.Direction == CallDirection.Outbound ? call.CallerText : call.CalledText;
}
