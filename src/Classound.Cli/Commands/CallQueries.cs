using Classound.Cli.Output;
using Classound.Contracts.Calls.V1;

namespace Classound.Cli.Commands;

/// <summary>The subcommands of <c>classound call</c> that change nothing.</summary>
internal static class CallQueries
{
    private const int LargestPage = 1000;

    public static CliCommand Get(CommandRunner runner)
    {
        var (pbx, id) = (Declare.PbxId(), CallCommands.CallId());
        var command = new CliCommand("get", "Shows a call: ringing, answered, settled, denied or emergency",
            "classound call get acme-milan call-1") { pbx, id };
        runner.Let(command, async (parsed, session) =>
        {
            var request = new GetCallRequest { PbxId = parsed.GetValue(pbx), CallId = parsed.GetValue(id) };
            var reply = await new CallService.CallServiceClient(session.Channel).GetCallAsync(request, session.Options);
            session.Output.Show(reply, () => CallView.Call(session.Output, reply.Call));
        });
        return command;
    }

    public static CliCommand List(CommandRunner runner)
    {
        var pbx = Declare.PbxId();
        var command = new CliCommand("list", "Lists the active calls of a PBX", "classound call list acme-milan") { pbx };
        runner.Let(command, async (parsed, session) =>
        {
            var client = new CallService.CallServiceClient(session.Channel);
            var all = new ListActiveCallsResponse();
            do
            {
                var page = await client.ListActiveCallsAsync(
                    new ListActiveCallsRequest { PbxId = parsed.GetValue(pbx), PageSize = LargestPage, PageToken = all.NextPageToken },
                    session.Options);
                all.Calls.AddRange(page.Calls);
                all.NextPageToken = page.NextPageToken;
            }
            while (all.NextPageToken.Length > 0);
            session.Output.Show(all, () => session.Output.Table(
                ["call", "state", "from", "to", "user", "authorised", "#granted s", "#of them included", "#held"],
                all.Calls.Select(static call => new[]
                {
                    call.CallId, Words.Of(call.State), call.Caller, call.Called, call.UserId, Words.Of(call.AuthoriseTime),
                    Words.Of(call.Grant?.GrantedSeconds ?? 0), Words.Of(call.Grant?.IncludedSeconds ?? 0),
                    call.Grant is { } grant ? NanosText.Format(grant.HeldNanos, grant.CurrencyCode) : "",
                })));
        });
        return command;
    }

    public static CliCommand Explain(CommandRunner runner)
    {
        var (pbx, id) = (Declare.PbxId(), CallCommands.CallId());
        var command = new CliCommand("explain", "Why was it granted, refused or charged so? Step by step",
            "classound call explain acme-milan call-1") { pbx, id };
        runner.Let(command, async (parsed, session) =>
        {
            var request = new ExplainCallRequest { PbxId = parsed.GetValue(pbx), CallId = parsed.GetValue(id) };
            var reply = await new CallService.CallServiceClient(session.Channel).ExplainCallAsync(request, session.Options);
            session.Output.Show(reply, () => ShowSteps(session.Output, reply));
        });
        return command;
    }

    private static void ShowSteps(CliOutput output, ExplainCallResponse reply)
    {
        CallView.Call(output, reply.Call);
        var number = 0;
        foreach (var step in reply.Steps)
            output.Line($"{Words.Of(++number),3}. {step.Title}: {step.Text}");
        var currency = reply.Call?.Settlement?.Charges.FirstOrDefault()?.CurrencyCode ?? "";
        TariffText.Segments(output, reply.Segments, currency);
    }
}
