using System.CommandLine;
using Classound.Contracts.Billing.V1;

namespace Classound.Cli.Commands;

/// <summary><c>classound unconfirmed-calls</c>: the exceptions of a month, all pages.</summary>
internal static class UnconfirmedCallsCommand
{
    private const int LargestPage = 1000;

    public static Command Create(CommandRunner runner)
    {
        var pbx = Declare.PbxId();
        var month = TotalsCommand.Month();
        var command = new CliCommand("unconfirmed-calls",
            "Lists the rated calls of a PBX and month whose end was never reported; a later end corrects them and takes them off",
            "classound unconfirmed-calls acme-milan 2026-11") { pbx, month };
        runner.Let(command, async (parsed, session) =>
        {
            var client = new BillingService.BillingServiceClient(session.Channel);
            var all = new ListUnconfirmedCallsResponse();
            do
            {
                var request = new ListUnconfirmedCallsRequest
                {
                    PbxId = parsed.GetValue(pbx), BillingMonth = parsed.GetValue(month), PageSize = LargestPage, PageToken = all.NextPageToken,
                };
                var page = await client.ListUnconfirmedCallsAsync(request, session.Options);
                all.Calls.AddRange(page.Calls);
                all.NextPageToken = page.NextPageToken;
            }
            while (all.NextPageToken.Length > 0);
            session.Output.Show(all, () => session.Output.Table(RatedCallsCommand.Headings, all.Calls.Select(RatedCallsCommand.Row)));
        });
        return command;
    }
}
