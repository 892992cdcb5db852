using System.CommandLine;
using Classound.Cli.Cdr;
using Classound.Cli.Connection;
using Classound.Cli.Output;
using Classound.Cli.Replay;

namespace Classound.Cli.Commands;

/// <summary><c>classound replay</c></summary>
internal static class ReplayCommandLine
{
    private const string Rules = """
        Every row of the file ends in exactly one bucket: settled, unanswered, denied (by reason), emergency, inbound,
        internal, already settled, refused as input. Call ids are the file's hash and the line, so replaying again
        settles nothing twice and goes on where an interrupted replay stopped.

        Direction
          asterisk*   A peer that is dialled with a number is a trunk (PJSIP/5551234@NAME, SIP/NAME/5551234,
                      DAHDI/g0/5551234), and so is one whose calls arrive in a context from-trunk*, from-pstn* or
                      from-did*; --trunk names more. A row whose dialled channel is a trunk's is outgoing, also when
                      the call came in by a trunk and was forwarded; else a row whose channel is a trunk's is inbound;
                      all others are internal. Failover attempts are calls of their own. A leg that a later row of
                      the same call shows in a conference goes on as outgoing.
          freeswitch  Context "public" is inbound. From other contexts a public or emergency number is outgoing; an
                      extension or an application is internal.
          epoch       Every row is an outgoing call of its account.
        Called number
          What the caller dialled if the trunk was given the same number, else what the trunk was given. It is sent
          in E.164 if it is a full number of --country; otherwise as dialled, and the service denies it. An outgoing
          row that does not say which number was dialled is refused as input.
        Answered
          By the disposition (or the answer stamp) alone; an answered call of 0 s is settled as 0 s.
        Own numbers
          --provision registers the E.164 callers of calls placed at the PBX, and --main-number, as numbers kept at
          another operator. Callers of forwarded calls are not registered: they are as a rule somebody else's.
        """;

    public static Command Create(CommandRunner runner)
    {
        var file = new Argument<FileInfo>("file") { Description = "CDR file of Asterisk, FreePBX, FreeSWITCH, or an epoch CSV" }
            .AcceptExistingOnly();
        var pbx = Declare.Required("--pbx", "The PBX whose calls they were", "pbx-id");
        var country = Declare.Text("--country", "Where the numbers were dialled, two letters; the PBX's own if left out", "country");
        var zone = Declare.Text("--time-zone", "IANA zone of the file's dates; the PBX's own if left out, else UTC", "zone");
        var main = Declare.Text("--main-number", "E.164; stands for callers that are extensions or otherwise not E.164", "number");
        var dialect = Declare.Word("--dialect", "Detected if left out", "", [.. DialectNames.Each]);
        var delimiter = Declare.Word("--delimiter", "Detected if left out", "", [.. Delimiters.Keys]);
        var trunks = Declare.Many("--trunk", "Peer that is a trunk, with * and ?; may be repeated", "name");
        var parallel = Declare.Number("--parallel",
            "Calls in flight; with more than 1 which call gets the last included minutes depends on timing", 1);
        parallel.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 64)
                result.AddError("--parallel: expected 1 to 64.");
        });
        var report = Declare.Text("--report", "Write what became of every row to this CSV file", "file");
        var provision = Declare.Flag("--provision",
            "Create the PBX if it does not exist, active from the month of the first call, and register the callers seen");
        var plan = Declare.Text("--plan", "With --provision: its plan", "code");
        var list = Declare.Text("--price-list", "With --provision: its price-list type", "type");
        var users = Declare.Number("--users", "With --provision: user licences; 0 takes the extensions seen");
        var command = new CliCommand("replay", "Replays the outgoing calls of a CDR file at their original time, acting as the edge",
            "classound replay cdr.csv --pbx acme-milan",
            "classound replay master.csv --pbx acme-us --country US --time-zone America/Detroit --main-number +12125550100 \\",
            "    --provision --plan CLASSOUND-FLAT-1m --price-list END_USER --report outcome.csv")
        { file, pbx, country, zone, main, dialect, delimiter, trunks, parallel, report, provision, plan, list, users };
        command.Notes = Rules;
        runner.Let(command, (parsed, session) => Run(session, new ReplayOptions
        {
            File = parsed.GetValue(file)!.FullName, PbxId = parsed.GetValue(pbx)!, Country = Given(parsed.GetValue(country)),
            TimeZone = Given(parsed.GetValue(zone)),
            MainNumber = Given(parsed.GetValue(main)), Dialect = DialectNames.Find(parsed.GetValue(dialect)!),
            Delimiter = DelimiterOf(parsed.GetValue(delimiter)!),
            TrunkPatterns = parsed.GetValue(trunks)!, Parallel = parsed.GetValue(parallel), ReportFile = Given(parsed.GetValue(report)),
            Provision = parsed.GetValue(provision)
                ? Provisioning(parsed.GetValue(list)!, parsed.GetValue(plan)!, parsed.GetValue(users))
                : null,
        }));
        return command;
    }

    private static Dictionary<string, char> Delimiters { get; } = new(StringComparer.Ordinal)
    {
        ["comma"] = ',', ["semicolon"] = ';', ["tab"] = '\t', ["bar"] = '|',
    };

    private static async Task<int> Run(Session session, ReplayOptions options)
    {
        try
        {
            // With --json the text goes to standard error, so that standard output is one JSON document.
            var console = session.Output.AsJson ? CliOutput.ConsoleOn(session.Output.Errors) : session.Output.Console;
            var summary = await ReplayCommand.RunAsync(options, session.Channel, console, session.Clock, session.Cancellation);
            if (session.Output.AsJson)
                session.Output.Line(ReplayReport.ToJson(summary));
            if (!summary.EveryCallWasDenied)
                return ExitCodes.Ok;
            await session.Output.Errors.WriteLineAsync(
                $"Every call that was sent was denied; most often: {summary.DeniedByReason[0].Key}");
            return ExitCodes.Failed;
        }
        catch (ArgumentException error)
        {
            throw new UsageException(error.Message);
        }
    }

    private static ReplayProvisioning Provisioning(string list, string plan, int users) => list.Length > 0 && plan.Length > 0
        ? new ReplayProvisioning(list, plan, users == 0 ? null : users)
        : throw new UsageException("--provision needs --plan and --price-list.");

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static char? DelimiterOf(string name) => Delimiters.TryGetValue(name, out var delimiter) ? delimiter : null;
}
