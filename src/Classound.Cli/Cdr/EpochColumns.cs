namespace Classound.Cli.Cdr;

/// <summary>
/// The names under which billing exports write the columns of an epoch CSV. Such an export lists what an operator
/// charges, so every row of it is an outgoing call of its account.
/// </summary>
public static class EpochColumns
{
    private static readonly string[] Callers = ["account", "caller", "source", "src", "from", "calling_number", "a_number"];
    private static readonly string[] Called = ["destination", "called", "dst", "to", "called_number", "b_number"];
    private static readonly string[] Starts = ["startdate", "start", "start_time", "start_epoch", "answer_epoch"];
    private static readonly string[] Ends = ["enddate", "end", "end_time", "end_epoch"];
    private static readonly string[] Durations = ["duration", "billsec", "seconds"];
    private static readonly string[] Statuses = ["status", "result", "disposition"];
    private static readonly string[] Successes = ["success", "ok", "answered", "completed"];
    private static readonly string[] Failures = ["failed", "failure", "no answer", "busy", "cancelled", "rejected"];

    public static bool AreIn(CdrColumns columns) =>
        columns.Find(Callers) >= 0 && columns.Find(Called) >= 0 && columns.Find(Starts) >= 0
        && (columns.Find(Ends) >= 0 || columns.Find(Durations) >= 0);

    public static CdrCall? Read(RowFields row)
    {
        var start = row.EpochTime(Starts);
        var seconds = row.Has(Durations) ? row.Seconds(Durations) : SecondsUntilEnd(row, start);
        var answered = !row.Has(Statuses) || IsAnswered(row);
        if (row.Refusal is not null)
            return null;
        return new CdrCall(
            row.Line, CdrDirection.Outbound, start, answered ? 0 : seconds, answered ? seconds : 0, answered,
            answered ? Disposition.Answered : row.Text(Statuses), row.Text(Callers), [row.Text(Called)], User: "", Trunk: "");
    }

    private static int SecondsUntilEnd(RowFields row, DateTimeOffset start)
    {
        var end = row.EpochTime(Ends);
        var seconds = end.ToUnixTimeSeconds() - start.ToUnixTimeSeconds();
        if (row.Refusal is null && seconds is < 0 or > int.MaxValue)
            row.Refuse(row.Text(Ends), $"the call ends before it starts ({row.Text(Starts)})", Ends);
        return row.Refusal is null ? (int)seconds : 0;
    }

    private static bool IsAnswered(RowFields row)
    {
        var status = row.Text(Statuses);
        if (Successes.Contains(status, StringComparer.OrdinalIgnoreCase))
            return true;
        if (!Failures.Contains(status, StringComparer.OrdinalIgnoreCase))
            row.Refuse(status, $"expected one of {string.Join(", ", Successes)}, {string.Join(", ", Failures)}", Statuses);
        return false;
    }
}
