using System.CommandLine;
using Classound.Cli.Connection;
using Classound.Cli.Output;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Reports.V1;

namespace Classound.Cli.Commands;

/// <summary><c>classound report calls</c>: all pages, written as they come.</summary>
internal static class ReportCallsCommand
{
    private const int LargestPage = 1000;

    private static readonly string[] Headings =
        ["answered (UTC)", "direction", "from", "to", "user", "#call s", "#included s", "#charged s", "destination", "#charge", "#cause", "flags"];

    private static readonly string[] CsvHeadings =
    [
        "pbx_id", "call_id", "direction", "caller", "called", "user_id", "authorise_time", "answer_time", "call_seconds", "rated_seconds",
        "included_seconds", "charged_seconds", "area", "country", "destination", "price_list", "charge", "currency", "billing_month",
        "q850_cause", "flags", "corrects",
    ];

    public static CliCommand Create(CommandRunner runner)
    {
        var calls = new ReportOptions();
        var newest = Declare.Flag("--newest-first", "Begin with the last settled call");
        var limit = Declare.Number("--limit", "Stop after so many calls; 0 = all");
        var csv = ReportCsv.Option();
        var command = new CliCommand("calls", "The calls of a PBX, in the order of their settlement",
            "classound report calls acme-milan 2026-11 --direction inbound --newest-first --limit 20",
            "classound report calls acme-milan 2026-11 --from-day 2026-11-15 --to-day 2026-11-15 --csv day.csv",
            "classound report calls acme-milan 2026-11 --did +390212345678 --csv - > calls.csv") { newest, limit, csv };
        command.Notes = """
            A call that was corrected has two rows: what was settled first, and the signed difference. Why a call cost what it cost
            says classound call explain.

            """ + ReportOptions.Notes;
        calls.AddTo(command);
        runner.Let(command, async (parsed, session) =>
        {
            var request = new ListCallsRequest
            {
                PbxId = calls.PbxId(parsed), FirstBillingMonth = calls.FirstMonth(parsed), LastBillingMonth = calls.LastMonth(parsed),
                Filter = calls.Filter(parsed), NewestFirst = parsed.GetValue(newest),
            };
            var most = parsed.GetValue(limit);
            if (most < 0) throw new UsageException($"--limit {Words.Of(most)}: expected 0 or more.");
            await using var table = parsed.GetValue(csv) is { Length: > 0 } file ? new ReportCsv(file, session.Output) : null;
            table?.Write(CsvHeadings);
            await ReadAsync(session, request, most, page => Show(session.Output, table, page));
            table?.Finish();
        });
        return command;
    }

    private static async Task ReadAsync(Session session, ListCallsRequest request, int most, Action<ListCallsResponse> show)
    {
        var client = new ReportService.ReportServiceClient(session.Channel);
        var (shown, first, token) = (0, true, "");
        do
        {
            var size = most == 0 ? LargestPage : Math.Min(LargestPage, most - shown);
            var page = await client.ListCallsAsync(new ListCallsRequest(request) { PageSize = size, PageToken = token }, session.Options);
            // An empty page is shown only where it is the first, so that "no calls" is seen as an empty table.
            if (page.Calls.Count > 0 || (first && page.NextPageToken.Length == 0)) show(page);
            first &= page.Calls.Count == 0;
            shown += page.Calls.Count;
            token = page.NextPageToken;
        }
        while (token.Length > 0 && (most == 0 || shown < most));
    }

    private static void Show(CliOutput output, ReportCsv? table, ListCallsResponse page)
    {
        if (table is null) output.Show(page, () => output.Table(Headings, page.Calls.Select(Row)));
        else foreach (var call in page.Calls) table.Write(CsvRow(call));
    }

    private static string[] Row(RatedCall call) =>
    [
        Words.Of(call.AnswerTime), Words.Of(call.Direction), call.Caller, call.Called, call.UserId, Words.Of(call.CallSeconds),
        Words.Of(call.IncludedSeconds), Words.Of(call.ChargedSeconds), call.Destination, RatedCallsCommand.Charges(call),
        call.ReleaseCause is { Q850Cause: > 0 } cause ? Words.Of(cause.Q850Cause) : "", RatedCallsCommand.Flags(call),
    ];

    private static string[] CsvRow(RatedCall call) =>
    [
        call.PbxId, call.CallId, Words.Of(call.Direction), call.Caller, call.Called, call.UserId, Words.Of(call.AuthoriseTime),
        Words.Of(call.AnswerTime), Words.Of(call.CallSeconds), Words.Of(call.RatedSeconds), Words.Of(call.IncludedSeconds),
        Words.Of(call.ChargedSeconds), call.Area == 0 ? "" : Words.Of(call.Area), call.Country, call.Destination,
        RatedCallsCommand.PriceList(call), NanosText.Format(call.Charges.Sum(static charge => charge.AmountNanos), ""),
        call.Charges.Count == 0 ? "" : call.Charges[0].CurrencyCode, call.BillingMonth,
        call.ReleaseCause is { Q850Cause: > 0 } cause ? Words.Of(cause.Q850Cause) : "", string.Join(' ', call.Flags.Select(Words.Of)), call.Corrects,
    ];
}
