using System.CommandLine;
using Classound.Cli.Output;
using Classound.Contracts.Billing.V1;

namespace Classound.Cli.Commands;

/// <summary><c>classound totals</c> and <c>classound close-month</c></summary>
internal static class TotalsCommand
{
    public static Command Create(CommandRunner runner)
    {
        var pbx = Declare.PbxId();
        var month = Month();
        var command = new CliCommand("totals", "What to put on the invoice of a PBX and month", "classound totals acme-milan 2026-11",
            "classound totals acme-milan 2026-11 --json") { pbx, month };
        runner.Let(command, async (parsed, session) =>
        {
            var request = new GetRatedTotalsRequest { PbxId = parsed.GetValue(pbx), BillingMonth = parsed.GetValue(month) };
            var reply = await new BillingService.BillingServiceClient(session.Channel).GetRatedTotalsAsync(request, session.Options);
            session.Output.Show(reply, () => Show(session.Output, reply.Totals));
        });
        return command;
    }

    public static Command CreateClose(CommandRunner runner)
    {
        var pbx = Declare.PbxId();
        var month = Month();
        var command = new CliCommand("close-month", "Makes the totals of a month final; later calls are billed in the next open one",
            "classound close-month acme-milan 2026-10") { pbx, month };
        runner.Let(command, async (parsed, session) =>
        {
            var request = new CloseBillingMonthRequest { PbxId = parsed.GetValue(pbx), BillingMonth = parsed.GetValue(month) };
            var reply = await new BillingService.BillingServiceClient(session.Channel).CloseBillingMonthAsync(request, session.Options);
            session.Output.Show(reply, () => Show(session.Output, reply.Totals));
        });
        return command;
    }

    internal static Argument<string> Month() => Declare.Argument("month", "A calendar month in the PBX's time zone, such as 2026-11");

    internal static void Show(CliOutput output, RatedTotals totals)
    {
        output.Facts(
            ("PBX", totals.PbxId),
            ("month", $"{totals.BillingMonth} {Words.Of(totals.State)}"),
            ("plan", totals.PlanCode.Length == 0
                ? "none"
                : $"{totals.PlanCode} of {totals.PlanEffectiveDate}, {Words.Of(totals.Users)} users"),
            ("flat fee", NanosText.Format(totals.FlatFeeNanos, totals.CurrencyCode)),
            ("included minutes", Words.Allowance(totals.IncludedSecondsUsed, totals.IncludedSecondsHeld, totals.IncludedSecondsGranted)));
        output.Table(
            ["direction", "area", "#calls", "#call s", "#rated s", "#included s", "#charged s", "#charge"],
            totals.Rows.Select(row => Row(row, Words.Of(row.Direction), row.Area == 0 ? "-" : Words.Of(row.Area), totals.CurrencyCode))
                .Concat(totals.Sum is null ? [] : [Row(totals.Sum, "SUM", "", totals.CurrencyCode)]));
    }

    private static string[] Row(RatedTotalsRow row, string direction, string area, string currency) =>
    [
        direction, area, Words.Of(row.Calls), Words.Of(row.CallSeconds), Words.Of(row.RatedSeconds), Words.Of(row.IncludedSeconds),
        Words.Of(row.ChargedSeconds), NanosText.Format(row.ChargeNanos, currency),
    ];
}
