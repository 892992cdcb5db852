using System.CommandLine;
using Classound.Cli.Output;
using Classound.Contracts.Calls.V1;
using Classound.Contracts.Reports.V1;

namespace Classound.Cli.Commands;

/// <summary><c>classound report denials</c></summary>
internal static class ReportDenialsCommand
{
    private const int LargestPage = 1000;

    private static readonly (string Word, DenialReason Reason)[] Reasons =
        [.. Enum.GetValues<DenialReason>().Where(static reason => reason != DenialReason.Unspecified).Select(static reason => (WordOf(reason), reason))];

    public static CliCommand Create(CommandRunner runner)
    {
        var pbx = Declare.PbxId();
        var reason = Declare.Word("--reason", "Only denials of this reason", "", [.. Reasons.Select(static each => each.Word)]);
        var limit = Declare.Number("--limit", "Stop after so many calls; 0 = all", standard: 50);
        var command = new CliCommand("denials", "The calls that were denied to a PBX in the last 30 days, the newest first, and why",
            "classound report denials acme-milan", "classound report denials acme-milan --reason no-price --limit 0") { pbx, reason, limit };
        runner.Let(command, async (parsed, session) =>
        {
            var most = parsed.GetValue(limit);
            if (most < 0) throw new UsageException($"--limit {Words.Of(most)}: expected 0 or more.");
            var client = new ReportService.ReportServiceClient(session.Channel);
            var all = new ListDeniedCallsResponse();
            do
            {
                var request = new ListDeniedCallsRequest
                {
                    PbxId = parsed.GetValue(pbx), Reason = Reasons.SingleOrDefault(each => each.Word == parsed.GetValue(reason)).Reason,
                    PageSize = most == 0 ? LargestPage : Math.Min(LargestPage, most - all.Calls.Count), PageToken = all.NextPageToken,
                };
                var page = await client.ListDeniedCallsAsync(request, session.Options);
                all.Calls.AddRange(page.Calls);
                all.NextPageToken = page.NextPageToken;
            }
            while (all.NextPageToken.Length > 0 && (most == 0 || all.Calls.Count < most));
            session.Output.Show(all, () => Show(session.Output, all));
        });
        return command;
    }

    private static void Show(CliOutput output, ListDeniedCallsResponse all)
    {
        output.Table(
            ["denied (UTC)", "call", "direction", "from", "to", "user", "reason", "detail"],
            all.Calls.Select(static call => new[]
            {
                Words.Of(call.Denial.DenyTime), call.CallId, Words.Of(call.Direction), call.Caller, call.Called, call.UserId,
                Words.Of(call.Denial.Reason), call.Denial.Detail,
            }));
        if (all.NextPageToken.Length > 0) output.Line("There are more: --limit 0 shows all.");
    }

    private static string WordOf(DenialReason reason) => Words.Of(reason).ToLowerInvariant().Replace('_', '-');
}
