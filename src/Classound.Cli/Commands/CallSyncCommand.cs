using System.Globalization;
using Classound.Cli.Output;
using Classound.Contracts.Calls.V1;
using Google.Protobuf.WellKnownTypes;

namespace Classound.Cli.Commands;

/// <summary><c>classound call sync</c>: which calls an edge has.</summary>
internal static class CallSyncCommand
{
    public static CliCommand Create(CommandRunner runner)
    {
        var edge = Declare.Argument("edge-id", "Name of the edge, as in its authorisations");
        var live = Declare.Many("--live", "A call that the edge has, and the seconds since its answer; may be repeated", "pbx-id/call-id=seconds");
        var close = Declare.Flag("--close-missing", "Close this edge's calls that are not listed; without it nothing is closed");
        var command = new CliCommand("sync", "Says which calls an edge has, after a restart",
            "classound call sync sbc-1 --live acme-milan/call-1=61 --live acme-milan/call-2=0",
            "classound call sync sbc-1 --close-missing") { edge, live, close };
        runner.Let(command, async (parsed, session) =>
        {
            var request = new SyncCallsRequest
            {
                EdgeId = parsed.GetValue(edge), SnapshotTime = session.Clock.GetUtcNow().ToTimestamp(), CloseMissing = parsed.GetValue(close),
                Calls = { parsed.GetValue(live)!.Select(Read) },
            };
            var reply = await new CallService.CallServiceClient(session.Channel).SyncCallsAsync(request, session.Options);
            session.Output.Show(reply, () =>
            {
                session.Output.Table(["pbx", "call", "state", "#granted s"], reply.Calls.Select(static call => new[]
                {
                    call.PbxId, call.CallId, Words.Of(call.State), call.Grant is { } grant ? Words.Of(grant.GrantedSeconds) : "",
                }));
                session.Output.Line($"{Words.Of(reply.ClosedCalls)} calls that are not listed were closed");
            });
        });
        return command;
    }

    // A PBX id holds no slash; a call id may hold anything.
    private static LiveCall Read(string text)
    {
        var (slash, equals) = (text.IndexOf('/', StringComparison.Ordinal), text.LastIndexOf('='));
        if (slash > 0 && equals > slash + 1 && int.TryParse(text.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var used))
            return new LiveCall { PbxId = text[..slash], CallId = text[(slash + 1)..equals], UsedSeconds = used };
        throw new UsageException($"--live '{text}': expected pbx-id/call-id=seconds, such as acme-milan/call-1=61.");
    }
}
