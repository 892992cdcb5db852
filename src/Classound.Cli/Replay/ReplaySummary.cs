using Classound.Cli.Cdr;

namespace Classound.Cli.Replay;

/// <summary>The outcome of a replay. Every row read is in exactly one bucket.</summary>
public sealed class ReplaySummary
{
    public ReplaySummary(int rowsRead, IReadOnlyList<CdrRefusal> refused, IReadOnlyList<ReplayRow> rows)
    {
        RowsRead = rowsRead;
        Refused = refused;
        Rows = rows;
        if (rows.Count != rowsRead)
            throw new InvalidOperationException($"{rowsRead} rows were read, but {rows.Count} ended in a bucket");
    }

    public int RowsRead { get; }

    /// <summary>By line.</summary>
    public IReadOnlyList<CdrRefusal> Refused { get; }

    /// <summary>All rows by line.</summary>
    public IReadOnlyList<ReplayRow> Rows { get; }

    /// <summary>Denials by reason, most frequent first.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> DeniedByReason =>
        [.. Rows.Where(static row => row.Bucket == ReplayBucket.Denied).CountBy(static row => row.Reason)
            .OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key, StringComparer.Ordinal)];

    public int Count(ReplayBucket bucket) => Rows.Count(row => row.Bucket == bucket);

    /// <summary>Seconds of the calls settled in this run.</summary>
    public long SettledSeconds => Settled.Sum(static row => (long)row.CallSeconds);

    public long IncludedSeconds => Settled.Sum(static row => (long)row.IncludedSeconds);

    public long ChargedSeconds => Settled.Sum(static row => (long)row.ChargedSeconds);

    /// <summary>10^-9 currency units.</summary>
    public long ChargeNanos => Settled.Aggregate(0L, static (sum, row) => checked(sum + row.ChargeNanos));

    public string CurrencyCode => Settled.Select(static row => row.CurrencyCode).FirstOrDefault(static code => code.Length > 0) ?? "";

    /// <summary>Rows were sent to the service, and it denied every one: something is set up wrongly.</summary>
    public bool EveryCallWasDenied
    {
        get
        {
            var notSent = Count(ReplayBucket.Inbound) + Count(ReplayBucket.Internal) + Count(ReplayBucket.Refused);
            var denied = Count(ReplayBucket.Denied);
            return denied > 0 && denied == RowsRead - notSent;
        }
    }

    public int Conflicts => Rows.Count(static row => row.Conflict);

    private IEnumerable<ReplayRow> Settled => Rows.Where(static row => row.Bucket == ReplayBucket.Settled);
}
