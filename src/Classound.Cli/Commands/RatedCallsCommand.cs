using System.CommandLine;
using Classound.Cli.Output;
using Classound.Contracts.Billing.V1;

namespace Classound.Cli.Commands;

/// <summary><c>classound rated-calls</c>: all pages of a month, printed as they come.</summary>
internal static class RatedCallsCommand
{
    private const int LargestPage = 1000;

    internal static readonly string[] Headings =
        ["call", "from", "to", "answered", "#call s", "#included s", "#charged s", "area", "prefix", "list", "#charge", "flags"];

    public static Command Create(CommandRunner runner)
    {
        var pbx = Declare.PbxId();
        var month = TotalsCommand.Month();
        var after = Declare.Text("--after", "Only what was settled since: the resume token of an earlier listing", "token");
        var command = new CliCommand("rated-calls", "Lists the rated calls of a PBX and month, in the order of their settlement",
            "classound rated-calls acme-milan 2026-11", "classound rated-calls acme-milan 2026-11 --json") { pbx, month, after };
        runner.Let(command, async (parsed, session) =>
        {
            var client = new BillingService.BillingServiceClient(session.Channel);
            var token = parsed.GetValue(after) ?? "";
            var first = true;
            ListRatedCallsResponse page;
            do
            {
                var request = new ListRatedCallsRequest
                {
                    PbxId = parsed.GetValue(pbx), BillingMonth = parsed.GetValue(month), PageSize = LargestPage, PageToken = token,
                };
                page = await client.ListRatedCallsAsync(request, session.Options);
                token = page.NextPageToken;
                // An empty last page is shown only where it is the first, so that "no calls" is seen as an empty table.
                if (page.Calls.Count > 0 || first)
                    session.Output.Show(page, () => session.Output.Table(Headings, page.Calls.Select(Row)));
                first = false;
            }
            while (token.Length > 0);
            if (!session.Output.AsJson && page.ResumeToken.Length > 0)
                session.Output.Line($"What is settled later: --after {page.ResumeToken}");
        });
        return command;
    }

    internal static string[] Row(RatedCall call) =>
    [
        call.CallId, call.Caller, call.Called, Words.Of(call.AnswerTime), Words.Of(call.CallSeconds), Words.Of(call.IncludedSeconds),
        Words.Of(call.ChargedSeconds), call.Area == 0 ? "-" : Words.Of(call.Area), call.Prefix, PriceList(call), Charges(call), Flags(call),
    ];

    /// <summary>Type and version; empty where nothing was priced.</summary>
    internal static string PriceList(RatedCall call) =>
        call.PriceListType.Length == 0 ? "" : $"{call.PriceListType} {Words.Of(call.PriceListVersion)}";

    internal static string Charges(RatedCall call) =>
        string.Join(", ", call.Charges.Select(static charge => NanosText.Format(charge.AmountNanos, charge.CurrencyCode)));

    internal static string Flags(RatedCall call) =>
        string.Join(' ', call.Flags.Select(Words.Of).Append(call.Corrects.Length > 0 ? $"CORRECTION of {call.Corrects}" : "")).TrimEnd();
}
