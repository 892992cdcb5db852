using System.Globalization;
using System.Text.Json;
using Classound.Cli.Output;
using CsvHelper;

namespace Classound.Cli.Replay;

/// <summary>All rows of a replay and what became of each, as CSV.</summary>
public static class ReplayReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly string[] Headings =
    [
        "line", "bucket", "reason", "call_id", "called", "call_seconds", "included_seconds", "charged_seconds", "charge", "currency",
        "billing_month", "conflict",
    ];

    public static async Task WriteAsync(string path, ReplaySummary summary, CancellationToken cancellation)
    {
        await using var writer = new StreamWriter(path);
        await using var csv = new CsvWriter(writer, CultureInfo.InvariantCulture);
        Write(csv, Headings);
        foreach (var row in summary.Rows)
        {
            cancellation.ThrowIfCancellationRequested();
            Write(csv,
                Words.Of(row.Line), NameOf(row.Bucket), row.Reason, row.CallId, row.Called, Words.Of(row.CallSeconds),
                Words.Of(row.IncludedSeconds),
                Words.Of(row.ChargedSeconds), NanosText.Format(row.ChargeNanos, ""), row.CurrencyCode, row.BillingMonth, Words.YesNo(row.Conflict));
        }
    }

    /// <summary>The counts for scripts; amounts are strings of 10^-9 currency units, as in the service's own JSON.</summary>
    public static string ToJson(ReplaySummary summary) => JsonSerializer.Serialize(
        new
        {
            rowsRead = summary.RowsRead,
            buckets = Enum.GetValues<ReplayBucket>()
                .ToDictionary(static bucket => JsonNamingPolicy.CamelCase.ConvertName(bucket.ToString()), summary.Count),
            deniedByReason = summary.DeniedByReason.ToDictionary(),
            settledSeconds = Words.Of(summary.SettledSeconds),
            includedSeconds = Words.Of(summary.IncludedSeconds),
            chargedSeconds = Words.Of(summary.ChargedSeconds),
            chargeNanos = Words.Of(summary.ChargeNanos),
            currencyCode = summary.CurrencyCode,
            conflicts = summary.Conflicts,
            refused = summary.Refused,
        },
        Json);

    /// <summary>The bucket's name as the summary prints it.</summary>
    public static string NameOf(ReplayBucket bucket) => bucket switch
    {
        ReplayBucket.AlreadySettled => "already settled",
        ReplayBucket.Refused => "refused as input",
        _ => bucket.ToString().ToLowerInvariant(),
    };

    private static void Write(CsvWriter csv, params string[] fields)
    {
        foreach (var field in fields)
            csv.WriteField(field);
        csv.NextRecord();
    }
}
