using System.CommandLine;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Reports.V1;

namespace Classound.Cli.Commands;

/// <summary>Which calls a report is about, alike for all commands that report.</summary>
internal sealed class ReportOptions
{
    private readonly Argument<string> _pbx = Declare.PbxId();
    private readonly Argument<string> _month = Declare.Argument("month", "A billing month, such as 2026-11");
    private readonly Option<string> _until = Declare.Text("--until", "The last billing month, up to 12 later; the same if left out", "month");
    private readonly Option<string> _direction = Declare.Word("--direction", "Both if left out", "", "outbound", "inbound");
    private readonly Option<string> _did = Declare.Text("--did", "Only calls from or to this number of the PBX, such as +390612345678", "number");
    private readonly Option<string> _user = Declare.Text("--user", "Only calls of this user", "user-id");
    private readonly Option<string> _from = Declare.Text("--from-day", "Only calls of this day or later, such as 2026-11-15, in the PBX's time zone", "day");
    private readonly Option<string> _to = Declare.Text("--to-day", "Only calls of this day or earlier", "day");

    public const string Notes = """
        A call is billed in the month of its answer, or in the first one still open when it was settled. Days narrow the months and
        do not widen them: a call of the last day that ran into the next month may be found there, so for all calls of such a day
        give the next month as --until. Days and hours are those of the PBX's time zone.
        """;

    public Command AddTo(Command command)
    {
        command.Arguments.Add(_pbx);
        command.Arguments.Add(_month);
        foreach (var option in new[] { _until, _direction, _did, _user, _from, _to }) command.Options.Add(option);
        return command;
    }

    public string PbxId(ParseResult parsed) => parsed.GetValue(_pbx)!;

    public string FirstMonth(ParseResult parsed) => parsed.GetValue(_month)!;

    public string LastMonth(ParseResult parsed) => parsed.GetValue(_until)!;

    /// <summary>Null where no option narrows the months.</summary>
    public CallFilter? Filter(ParseResult parsed)
    {
        var filter = new CallFilter
        {
            Direction = parsed.GetValue(_direction) switch
            {
                "outbound" => CallDirection.Outbound,
                "inbound" => CallDirection.Inbound,
                _ => CallDirection.Unspecified,
            },
            Did = parsed.GetValue(_did), UserId = parsed.GetValue(_user), FirstDay = parsed.GetValue(_from), LastDay = parsed.GetValue(_to),
        };
        return filter.Equals(new CallFilter()) ? null : filter;
    }
}
