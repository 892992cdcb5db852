using System.Globalization;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Reports.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Classound.Silo.Demo;

/// <summary>
/// The demo: a client of this process's own public API. It provisions a sample operator, plays a little traffic, and says what to try
/// next. Starting it again repeats the provisioning, which changes nothing, and plays new calls.
/// </summary>
internal static class DemoRun
{
    /// <summary>Null when it went through, else one line that says what did not.</summary>
    public static async Task<string?> RunAsync(string server, TextWriter output, TimeProvider clock, CancellationToken ct)
    {
        using var channel = GrpcChannel.ForAddress(server);
        try
        {
            await PlayAsync(server, channel, new DemoScreen(output), clock, ct);
            return null;
        }
        catch (RpcException e)
        {
            return $"the demo stopped: {e.StatusCode}: {e.Status.Detail}";
        }
    }

    private static async Task PlayAsync(string server, GrpcChannel channel, DemoScreen screen, TimeProvider clock, CancellationToken ct)
    {
        screen.Text("");
        screen.Text("********************************************************************************");
        screen.Text("*  DEMO: a sample operator. Every price, area and customer in it is INVENTED.  *");
        screen.Text("********************************************************************************");
        await new DemoProvisioning(channel, screen).RunAsync(ct);
        var runId = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture);
        var edge = new DemoEdge(channel, runId, clock, ct);
        var crossed = await new DemoTraffic(channel, edge, screen, ct).RunAsync();
        await ExplainAsync(edge, screen, crossed);
        var month = await TotalsAsync(channel, screen, clock, ct);
        await ReportAsync(channel, screen, month, ct);
        TryNext(screen, server, crossed, month);
    }

    private static async Task ExplainAsync(DemoEdge edge, DemoScreen screen, string callId)
    {
        screen.Title("Why did that last call to Berlin cost what it cost?");
        var reply = await edge.ExplainAsync(DemoOperator.London, callId);
        foreach (var step in reply.Steps) screen.Line($"{step.Title,-14} {step.Text}");
    }

    /// <summary>Returns the month of the last PBX, for the commands to try.</summary>
    private static async Task<string> TotalsAsync(GrpcChannel channel, DemoScreen screen, TimeProvider clock, CancellationToken ct)
    {
        screen.Title("What a billing system pulls");
        var billing = new BillingService.BillingServiceClient(channel);
        var month = "";
        foreach (var pbx in DemoOperator.Pbxs.Select(demo => demo.Pbx))
        {
            var local = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(pbx.TimeZone));
            month = local.ToString("yyyy-MM", CultureInfo.InvariantCulture);
            var request = new GetRatedTotalsRequest { PbxId = pbx.PbxId, BillingMonth = month };
            Show(screen, (await billing.GetRatedTotalsAsync(request, cancellationToken: ct)).Totals);
        }

        return month;
    }

    private static void Show(DemoScreen screen, RatedTotals totals)
    {
        var (fee, used) = (DemoScreen.Money(totals.FlatFeeNanos), DemoScreen.Time(totals.IncludedSecondsUsed));
        var granted = DemoScreen.Time(totals.IncludedSecondsGranted);
        screen.Line($"{totals.PbxId,-15} {totals.BillingMonth}  flat fee {fee}, {used} of {granted} included used");
        foreach (var row in totals.Rows)
        {
            var area = row.Area == 0 ? "no area" : string.Create(CultureInfo.InvariantCulture, $"Area {row.Area}");
            var (included, charged) = (DemoScreen.Time(row.IncludedSeconds), DemoScreen.Time(row.ChargedSeconds));
            var charge = DemoScreen.Money(row.ChargeNanos);
            screen.Line($"    {area,-8} {row.Direction,-9} {row.Calls,3} calls {included,8} included {charged,8} charged  {charge}");
        }
    }

    private static async Task ReportAsync(GrpcChannel channel, DemoScreen screen, string month, CancellationToken ct)
    {
        screen.Title("What an operator looks at");
        var request = new GetCallStatisticsRequest
        {
            PbxId = DemoOperator.Milan, FirstBillingMonth = month, GroupBy = CallDimension.Destination,
        };
        var reply = await new ReportService.ReportServiceClient(channel).GetCallStatisticsAsync(request, cancellationToken: ct);
        screen.Line($"{request.PbxId}, {month}, by destination");
        foreach (var group in reply.Groups)
        {
            var name = group.Key.Length == 0 ? "(none)" : group.Key;
            var (spoken, charge) = (DemoScreen.Time(group.CallSeconds), DemoScreen.Money(group.ChargeNanos));
            screen.Line($"    {name,-26} {group.AnsweredCalls,3} answered of {group.Calls,3}, {spoken,8} spoken  {charge}");
        }
    }

    private const string ReplayOfYourOwnCalls = "replay my-cdrs.csv --pbx office-1 --country US --time-zone America/Detroit "
        + "--main-number +12484364787 --provision --plan " + DemoOperator.Pooled + " --price-list " + DemoOperator.PriceListType;

    private static void TryNext(DemoScreen screen, string server, string callId, string month)
    {
        var cli = $"dotnet run --project src/Classound.Cli -- --server {server}";
        screen.Title("Try next, in another terminal");
        foreach (var command in (string[])
        [
            $"pbx get {DemoOperator.Milan}",
            $"quote +41441234567 --pbx {DemoOperator.Milan} --seconds 600",
            $"call authorize {DemoOperator.Milan} my-call-1 --caller {DemoOperator.MilanNumber} --called +41441234567 --can-extend",
            $"call end {DemoOperator.Milan} my-call-1 --duration-ms 61500",
            $"call explain {DemoOperator.London} {callId}",
            $"totals {DemoOperator.London} {month}",
            $"rated-calls {DemoOperator.Milan} {month}",
            $"report statistics {DemoOperator.Milan} {month} --by destination",
            $"price-list get {DemoOperator.PriceListType}",
            ReplayOfYourOwnCalls,
            "--help",
        ])
        {
            screen.Line($"{cli} {command}");
        }
    }
}
