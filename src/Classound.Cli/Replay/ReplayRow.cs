namespace Classound.Cli.Replay;

/// <summary>The outcome of one row, as the report lists it.</summary>
/// <param name="Line">The physical line.</param>
/// <param name="Bucket">What became of it.</param>
/// <param name="Reason">The denial's or the refusal's reason; empty otherwise.</param>
/// <param name="CallId">Empty for a row that was not sent.</param>
public sealed record ReplayRow(int Line, ReplayBucket Bucket, string Reason, string CallId)
{
    /// <summary>E.164, or as dialled.</summary>
    public string Called { get; init; } = "";

    public int CallSeconds { get; init; }

    public int IncludedSeconds { get; init; }

    public int ChargedSeconds { get; init; }

    /// <summary>10^-9 currency units.</summary>
    public long ChargeNanos { get; init; }

    public string CurrencyCode { get; init; } = "";

    /// <summary>The month whose totals contain the call, such as 2026-11; empty for a call that was not rated.</summary>
    public string BillingMonth { get; init; } = "";

    /// <summary>The file's hash and line had been settled with another end: the first one stands.</summary>
    public bool Conflict { get; init; }
}
