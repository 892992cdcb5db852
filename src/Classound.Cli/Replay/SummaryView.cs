using Classound.Cli.Cdr;
using Classound.Cli.Output;
using Spectre.Console;

namespace Classound.Cli.Replay;

/// <summary>A replay in words.</summary>
internal static class SummaryView
{
    private const int RefusalsShown = 20;

    public static void ShowFile(TextWriter writer, string path, CdrFile file, ReplayPlan plan, TimeZoneInfo zone)
    {
        var format = file.Format;
        writer.WriteLine($"{Path.GetFileName(path)}: {DialectNames.NameOf(format.Dialect)}, delimiter {Delimiter(format.Delimiter)}, "
            + $"{(format.HasHeader ? "header" : "no header")}, {Words.Of(file.Rows)} rows, dates in {zone.Id}");
        if (file.RecoveredRows > 0)
            writer.WriteLine($"  {Words.Of(file.RecoveredRows)} rows with invalid quoting were recovered");
        if (file.BlankLines > 0)
            writer.WriteLine($"  {Words.Of(file.BlankLines)} blank lines are not rows");
        if (file.Trunks.Count > 0)
            writer.WriteLine($"  trunks: {string.Join(", ", file.Trunks)}");
        var replaced = plan.Calls.Count(static call => call is { UsesMainNumber: true, IsEmergency: false });
        if (replaced > 0)
            writer.WriteLine($"  {Words.Of(replaced)} outgoing rows without an E.164 caller present the main number");
        if (plan.Calls.Count == 0 && file.Calls.Count > 0)
            writer.WriteLine("  no outgoing row was found; if calls left through a trunk, name it with --trunk");
        if (ClockCheck.Warning(file.Calls, zone) is { } warning)
            writer.WriteLine($"  warning: {warning}");
    }

    public static void Show(IAnsiConsole console, string pbxId, ReplaySummary summary)
    {
        var writer = console.Profile.Out.Writer;
        var table = new Table { Border = TableBorder.Minimal };
        table.AddColumn(new TableColumn("rows read"));
        table.AddColumn(new TableColumn(new Text(Words.Of(summary.RowsRead))).RightAligned());
        foreach (var bucket in Enum.GetValues<ReplayBucket>())
        {
            table.AddRow(new Text(ReplayReport.NameOf(bucket)), new Text(Words.Of(summary.Count(bucket))));
            if (bucket != ReplayBucket.Denied)
                continue;
            foreach (var (reason, count) in summary.DeniedByReason)
                table.AddRow(new Text("  " + reason), new Text(Words.Of(count)));
        }
        console.Write(table);
        writer.WriteLine($"settled now: {Words.Seconds(summary.SettledSeconds)}; after increments "
            + $"{Words.Of(summary.IncludedSeconds)} s included, {Words.Of(summary.ChargedSeconds)} s charged, "
            + NanosText.Format(summary.ChargeNanos, summary.CurrencyCode));
        var months = summary.Rows.Where(static row => row.BillingMonth.Length > 0).CountBy(static row => row.BillingMonth);
        foreach (var (month, count) in months.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            writer.WriteLine($"{Words.Of(count)} rated calls are billed in {month}: classound totals {pbxId} {month}");
        if (summary.Conflicts > 0)
            writer.WriteLine($"{Words.Of(summary.Conflicts)} calls had been settled with another end; the first one stands");
        ShowRefusals(writer, summary.Refused);
    }

    private static void ShowRefusals(TextWriter writer, IReadOnlyList<CdrRefusal> refused)
    {
        foreach (var refusal in refused.Take(RefusalsShown))
            writer.WriteLine($"refused: {refusal}");
        if (refused.Count > RefusalsShown)
            writer.WriteLine($"... and {Words.Of(refused.Count - RefusalsShown)} more; --report FILE lists them all");
    }

    private static string Delimiter(char delimiter) => delimiter == '\t' ? "tab" : $"'{delimiter}'";
}
