using System.CommandLine;
using Classound.Cli.Output;
using Classound.Contracts.Reports.V1;

namespace Classound.Cli.Commands;

/// <summary><c>classound report</c>: what operators look at.</summary>
internal static class ReportCommands
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(125);

    private static readonly (string Word, CallDimension Dimension)[] Dimensions =
    [
        ("direction", CallDimension.Direction), ("did", CallDimension.Did), ("user", CallDimension.User), ("area", CallDimension.Area),
        ("country", CallDimension.Country), ("destination", CallDimension.Destination), ("price-list", CallDimension.PriceListVersion),
        ("month", CallDimension.BillingMonth), ("day", CallDimension.Day), ("hour", CallDimension.HourOfDay), ("cause", CallDimension.Q850Cause),
        ("edge", CallDimension.Edge),
    ];

    public static Command Create(CommandRunner runner) => new("report", "Statistics of calls, and lists of them, incoming and outgoing")
    {
        Statistics(runner), ReportCallsCommand.Create(runner), ReportDenialsCommand.Create(runner),
    };

    private static CliCommand Statistics(CommandRunner runner)
    {
        var calls = new ReportOptions();
        var by = Declare.Word("--by", "What a row stands for", "direction", [.. Dimensions.Select(static each => each.Word)]);
        var bar = Declare.Word("--bar", "What the bar of a row shows", "calls", "calls", "seconds", "charge");
        var csv = ReportCsv.Option();
        var command = new CliCommand("statistics", "Counts, seconds, cost, ASR and ACD of a PBX's calls, a row for each value of --by",
            "classound report statistics acme-milan 2026-11 --by day",
            "classound report statistics acme-milan 2026-11 --by destination --bar charge --direction outbound",
            "classound report statistics acme-milan 2026-01 --until 2026-12 --by month --csv year.csv",
            "classound report statistics acme-milan 2026-11 --by hour --user anna") { by, bar, csv };
        command.Notes = """
            The figures are those of the invoice, to the last unit: see classound totals. ASR is answered calls of all that were
            authorised, ACD the average duration of the answered ones. Denied calls are not counted.

            """ + ReportOptions.Notes;
        calls.AddTo(command);
        runner.Let(command, async (parsed, session) =>
        {
            var request = new GetCallStatisticsRequest
            {
                PbxId = calls.PbxId(parsed), FirstBillingMonth = calls.FirstMonth(parsed), LastBillingMonth = calls.LastMonth(parsed),
                Filter = calls.Filter(parsed), GroupBy = Dimensions.Single(each => each.Word == parsed.GetValue(by)).Dimension,
            };
            // A year of calls takes the service longer than its other answers.
            var options = session.Options.WithDeadline(session.Clock.GetUtcNow().UtcDateTime + Patience);
            var reply = await new ReportService.ReportServiceClient(session.Channel).GetCallStatisticsAsync(request, options);
            if (parsed.GetValue(csv) is { Length: > 0 } file)
            {
                await using var table = new ReportCsv(file, session.Output);
                table.Write(StatisticsView.CsvHeadings(parsed.GetValue(by)!));
                foreach (var group in reply.Groups) table.Write(StatisticsView.CsvRow(group, reply.CurrencyCode));
                table.Finish();
                return;
            }
            session.Output.Show(reply, () => StatisticsView.Show(session.Output, request, reply, parsed.GetValue(by)!, parsed.GetValue(bar)!));
        });
        return command;
    }
}
