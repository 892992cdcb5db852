using System.Globalization;
using Classound.Cli.Output;
using Classound.Contracts.Reports.V1;

namespace Classound.Cli.Commands;

/// <summary>Statistics for people, with a bar for each row, and as lines of CSV.</summary>
internal static class StatisticsView
{
    private const int BarLength = 30;

    public static void Show(CliOutput output, GetCallStatisticsRequest request, GetCallStatisticsResponse reply, string by, string bar)
    {
        var last = request.LastBillingMonth.Length == 0 ? request.FirstBillingMonth : request.LastBillingMonth;
        output.Facts(
            ("PBX", request.PbxId),
            ("billing months", $"{request.FirstBillingMonth} to {last}{(reply.Final ? ", closed" : ", still open")}"),
            ("time zone", reply.TimeZone));
        var longest = reply.Groups.Select(group => Of(group, bar)).Append(0).Max();
        output.Table(
            [by, "#calls", "#answered", "#ASR", "#ACD", "#call s", "#included s", "#charged s", "#charge", bar],
            reply.Groups.Select(group => Row(group, group.Key.Length == 0 ? "(none)" : group.Key, reply.CurrencyCode, output.Bar(Of(group, bar), longest, BarLength)))
                .Append(Row(reply.Total, "SUM", reply.CurrencyCode, "")));
    }

    public static string[] CsvHeadings(string by) =>
    [
        by, "calls", "answered_calls", "answer_seizure_per_mille", "average_call_seconds", "call_seconds", "rated_seconds", "included_seconds",
        "charged_seconds", "charge", "currency",
    ];

    public static string[] CsvRow(CallStatistics group, string currency) =>
    [
        group.Key, Words.Of(group.Calls), Words.Of(group.AnsweredCalls),
        group.HasAnswerSeizurePerMille ? Words.Of(group.AnswerSeizurePerMille) : "",
        group.HasAverageCallSeconds ? Words.Of(group.AverageCallSeconds) : "",
        Words.Of(group.CallSeconds), Words.Of(group.RatedSeconds), Words.Of(group.IncludedSeconds), Words.Of(group.ChargedSeconds),
        NanosText.Format(group.ChargeNanos, ""), currency,
    ];

    private static string[] Row(CallStatistics group, string key, string currency, string bar) =>
    [
        key, Words.Of(group.Calls), Words.Of(group.AnsweredCalls),
        group.HasAnswerSeizurePerMille ? Percent(group.AnswerSeizurePerMille) : "-",
        group.HasAverageCallSeconds ? Words.Seconds(group.AverageCallSeconds) : "-",
        Words.Of(group.CallSeconds), Words.Of(group.IncludedSeconds), Words.Of(group.ChargedSeconds),
        NanosText.Format(group.ChargeNanos, currency), bar,
    ];

    private static long Of(CallStatistics group, string bar) => bar switch
    {
        "seconds" => group.CallSeconds,
        "charge" => group.ChargeNanos,
        _ => group.Calls,
    };

    private static string Percent(int perMille) => string.Create(CultureInfo.InvariantCulture, $"{perMille / 10}.{perMille % 10} %");
}
