using System.CommandLine;
using Classound.Cli.Connection;
using Classound.Cli.Output;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;

namespace Classound.Cli.Commands;

/// <summary><c>classound call ...</c>: what an edge does, and what can be asked of a call.</summary>
internal static class CallCommands
{
    public static Command Create(CommandRunner runner) =>
        new CliCommand("call", "Acts as a SIP edge: authorises, extends and ends calls, and asks why",
            "classound call authorize acme-milan call-1 --caller +390212345678 --called +41441234567 --can-extend",
            "classound call end acme-milan call-1 --duration-ms 61500",
            "classound call explain acme-milan call-1")
    {
        Authorize(runner), Start(runner), Extend(runner), End(runner), CallQueries.Get(runner), CallQueries.List(runner),
        CallQueries.Explain(runner), CallSyncCommand.Create(runner),
    };

    internal static Argument<string> CallId() => Declare.Argument("call-id", "Made once per chargeable leg, up to 128 bytes");

    private static CliCommand Authorize(CommandRunner runner)
    {
        var (pbx, id) = (Declare.PbxId(), CallId());
        var caller = Declare.Text("--caller", "E.164 with its plus; a DID of the PBX", "number");
        var called = Declare.Required("--called", "E.164 with its plus, or an emergency number as dialled", "number");
        var direction = Declare.Word("--direction", "Seen from the PBX", "outbound", "outbound", "inbound");
        var user = Declare.Text("--user", "The user who calls; needed with plans shared PER_USER", "user-id");
        var inside = Declare.Flag("--internal", "The call stays inside the PBX");
        var hide = Declare.Flag("--hide-caller-id", "Withhold the caller ID; it is verified nevertheless");
        var extend = Declare.Flag("--can-extend", "The edge can ask for more: a slice is granted at a time");
        var answers = Declare.Flag("--reports-answer", "The edge reports answers: unanswered calls are closed after 180 s");
        var seconds = Declare.Number("--seconds", "Grant at most this; 0 is as long as allowed");
        var country = Declare.Text("--calling-country", "Where the caller is, two letters", "country");
        var codecs = Declare.Many("--codec", "Codec offered, such as PCMA; may be repeated", "name");
        var occurred = Declare.Time("--occurred", "Privileged import of an old call: list, plan and month follow this time");
        var command = new CliCommand("authorize", "May this call be placed, for how long, at what price?",
            "classound call authorize acme-milan call-1 --caller +390212345678 --called +41441234567 --can-extend",
            "classound call authorize acme-milan call-2 --called 112")
        { pbx, id, caller, called, direction, user, inside, hide, extend, answers, seconds, country, codecs, occurred };
        runner.Let(command, async (parsed, session) =>
        {
            var request = new AuthorizeCallRequest
            {
                PbxId = parsed.GetValue(pbx), CallId = parsed.GetValue(id), Caller = parsed.GetValue(caller),
                Called = parsed.GetValue(called),
                Direction = parsed.GetValue(direction) == "inbound" ? CallDirection.Inbound : CallDirection.Outbound,
                UserId = parsed.GetValue(user),
                Internal = parsed.GetValue(inside), HideCallerId = parsed.GetValue(hide), CanExtend = parsed.GetValue(extend),
                ReportsAnswer = parsed.GetValue(answers), RequestedSeconds = parsed.GetValue(seconds),
                CallingCountry = parsed.GetValue(country),
                OfferedCodecs = { parsed.GetValue(codecs)! }, ImportOccurTime = parsed.GetValue(occurred),
            };
            var reply = await new CallService.CallServiceClient(session.Channel).AuthorizeCallAsync(request, session.Options);
            session.Output.Show(reply, () => Show(session.Output, reply.Grant, reply.Denial, reply.Settlement, reply.Repeated));
            return reply.Denial is null ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }

    private static CliCommand Start(CommandRunner runner)
    {
        var (pbx, id) = (Declare.PbxId(), CallId());
        var at = Declare.Time("--at", "When it was answered; now if left out");
        var emergency = EmergencyFlag();
        var command = new CliCommand("start", "The called party has answered", "classound call start acme-milan call-1")
        { pbx, id, at, emergency };
        runner.Let(command, async (parsed, session) =>
        {
            var request = new StartCallRequest
            {
                PbxId = parsed.GetValue(pbx), CallId = parsed.GetValue(id), Emergency = parsed.GetValue(emergency),
                AnswerTime = parsed.GetValue(at) ?? Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(session.Clock.GetUtcNow()),
            };
            var reply = await new CallService.CallServiceClient(session.Channel).StartCallAsync(request, session.Options);
            session.Output.Show(reply, () => Show(session.Output, reply.Grant, reply.Denial, reply.Settlement, reply.Repeated));
            return reply.Denial is null ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }

    private static CliCommand Extend(CommandRunner runner)
    {
        var (pbx, id) = (Declare.PbxId(), CallId());
        var number = new Option<int>("--request-number")
        {
            Description = "Rises with each new request, from 1", Required = true, HelpName = "n",
        };
        var used = new Option<int>("--used-seconds")
        {
            Description = "Seconds since the answer so far, cumulative", Required = true, HelpName = "n",
        };
        var wanted = Declare.Number("--seconds", "How much more is wanted; 0 is the usual slice");
        var emergency = EmergencyFlag();
        var command = new CliCommand("extend", "Reports usage so far and asks for more",
            "classound call extend acme-milan call-1 --request-number 1 --used-seconds 570")
        { pbx, id, number, used, wanted, emergency };
        runner.Let(command, async (parsed, session) =>
        {
            var request = new ExtendCallRequest
            {
                PbxId = parsed.GetValue(pbx), CallId = parsed.GetValue(id), RequestNumber = parsed.GetValue(number),
                UsedSeconds = parsed.GetValue(used),
                RequestedSeconds = parsed.GetValue(wanted), Emergency = parsed.GetValue(emergency),
            };
            var reply = await new CallService.CallServiceClient(session.Channel).ExtendCallAsync(request, session.Options);
            session.Output.Show(reply, () => Show(session.Output, reply.Grant, reply.Denial, reply.Settlement, reply.Repeated));
            return reply.Denial is null ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }

    private static CliCommand End(CommandRunner runner)
    {
        var (pbx, id) = (Declare.PbxId(), CallId());
        var duration = new Option<long>("--duration-ms")
        {
            Description = "From answer to end; 0 is not answered", Required = true, HelpName = "ms",
        };
        var answered = Declare.Time("--answered", "When it was answered, if that was not reported");
        var ended = Declare.Time("--ended", "When it ended; now if left out");
        var cause = Declare.Number("--q850", "Q.850 release cause, 1 to 127", 16);
        var status = Declare.Number("--sip-status", "Final SIP status");
        var emergency = EmergencyFlag();
        var details = new EndDetailOptions();
        var command = new CliCommand("end", "The call has ended, answered or not: settles it",
            "classound call end acme-milan call-1 --duration-ms 61500",
            "classound call end acme-milan never-authorised --duration-ms 61500 --caller +390212345678 --called +41441234567")
        { pbx, id, duration, answered, ended, cause, status, emergency };
        details.AddTo(command);
        runner.Let(command, async (parsed, session) =>
        {
            var request = new EndCallRequest
            {
                PbxId = parsed.GetValue(pbx), CallId = parsed.GetValue(id), DurationMs = parsed.GetValue(duration),
                AnswerTime = parsed.GetValue(answered),
                EndTime = parsed.GetValue(ended), Emergency = parsed.GetValue(emergency),
                ReleaseCause = new ReleaseCause { Q850Cause = parsed.GetValue(cause), SipStatus = parsed.GetValue(status) },
                Details = details.Read(parsed, parsed.GetValue(pbx)!, parsed.GetValue(id)!),
            };
            var reply = await new CallService.CallServiceClient(session.Channel).EndCallAsync(request, session.Options);
            session.Output.Show(reply, () => ShowEnd(session.Output, reply));
            return reply.Denial is null && !reply.Conflict ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }

    private static Option<bool> EmergencyFlag() => Declare.Flag("--emergency", "Copied from the grant");

    private static void ShowEnd(CliOutput output, EndCallResponse reply)
    {
        if (reply.Emergency is { } noted)
            output.Line($"EMERGENCY: its end was noted at {Words.Of(noted.AcknowledgeTime)}");
        Show(output, null, reply.Denial, reply.Settlement, reply.Repeated);
        if (reply.Conflict)
            output.Line("CONFLICT: it had been ended differently before; the first end stands");
    }

    private static void Show(CliOutput output, CallGrant? grant, CallDenial? denial, RatedCall? settlement, bool repeated)
    {
        if (grant is not null)
            CallView.Grant(output, grant);
        if (denial is not null)
            CallView.Denial(output, denial);
        if (settlement is not null)
            CallView.Settlement(output, settlement);
        if (repeated)
            output.Line("(decided before; this is how it stands now)");
    }
}
