using System.CommandLine;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;

namespace Classound.Cli.Commands;

/// <summary>What an edge tells of a call at its end when nobody authorised it.</summary>
internal sealed class EndDetailOptions
{
    private readonly Option<string> _caller = Declare.Text("--caller", "If the call was never authorised: its caller, E.164", "number");
    private readonly Option<string> _called = Declare.Text("--called", "If the call was never authorised: whom it called", "number");
    private readonly Option<string> _user = Declare.Text("--user", "If the call was never authorised: the user who called", "user-id");
    private readonly Option<string> _direction = Declare.Word(
        "--direction", "If the call was never authorised: as seen from the PBX", "outbound", "outbound", "inbound");

    public void AddTo(Command command)
    {
        foreach (var option in new[] { _caller, _called, _user, _direction })
            command.Add(option);
    }

    /// <summary>Null when no number is given: then the service must know the call.</summary>
    public AuthorizeCallRequest? Read(ParseResult parsed, string pbxId, string callId)
    {
        var (caller, called) = (parsed.GetValue(_caller)!, parsed.GetValue(_called)!);
        if (caller.Length == 0 && called.Length == 0)
            return null;
        return new AuthorizeCallRequest
        {
            PbxId = pbxId, CallId = callId, Caller = caller, Called = called, UserId = parsed.GetValue(_user),
            Direction = parsed.GetValue(_direction) == "inbound" ? CallDirection.Inbound : CallDirection.Outbound,
        };
    }
}
