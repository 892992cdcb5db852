using Classound.Cli.Cdr;

namespace Classound.Cli.Replay;

/// <summary>What to replay, and as whom.</summary>
public sealed record ReplayOptions
{
    /// <summary>Path of the CDR file.</summary>
    public required string File { get; init; }

    public required string PbxId { get; init; }

    /// <summary>ISO 3166-1 alpha-2; null takes the PBX's own. Needed when the PBX does not exist yet.</summary>
    public string? Country { get; init; }

    /// <summary>IANA zone of the file's clock and of a PBX that is created; null takes the PBX's own, else UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>E.164; stands for callers that are not E.164.</summary>
    public string? MainNumber { get; init; }

    /// <summary>Null detects it.</summary>
    public CdrDialect? Dialect { get; init; }

    /// <summary>Null detects it.</summary>
    public char? Delimiter { get; init; }

    public IReadOnlyList<string> TrunkPatterns { get; init; } = [];

    /// <summary>
    /// Calls in flight, 1 or more. With more than one, calls settle in no fixed order, so that which of them used the last
    /// included minutes may differ between replays; their sums do not.
    /// </summary>
    public int Parallel { get; init; } = 1;

    /// <summary>A CSV of all rows and what became of them; null writes none.</summary>
    public string? ReportFile { get; init; }

    /// <summary>Null replays on a PBX that exists, with the numbers it has.</summary>
    public ReplayProvisioning? Provision { get; init; }
}

/// <summary>How to create the PBX of a replay.</summary>
/// <param name="PriceListType">For example END_USER.</param>
/// <param name="PlanCode">Its plan.</param>
/// <param name="Users">User licences; null takes the number of extensions that placed outgoing calls.</param>
public sealed record ReplayProvisioning(string PriceListType, string PlanCode, int? Users);
