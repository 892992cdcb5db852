using System.CommandLine;
using Classound.Cli.Connection;
using Classound.Cli.Output;
using Classound.Contracts.Provisioning.V1;

namespace Classound.Cli.Commands;

/// <summary><c>classound did ...</c></summary>
internal static class DidCommands
{
    public static Command Create(CommandRunner runner) => new CliCommand("did", "The numbers that a PBX may show as caller ID",
        "classound did list acme-milan",
        "classound did add acme-milan +390612345678",
        "classound did add acme-milan +390698765432 --kind external",
        "classound did verify acme-milan +390698765432")
    {
        Add(runner), Verify(runner), Remove(runner), List(runner),
    };

    private static CliCommand Add(CommandRunner runner)
    {
        var id = Declare.PbxId();
        var number = Number();
        var kind = Declare.Word(
            "--kind", "Whose number it is: ours, ported to us, or kept at another operator", "hosted", "hosted", "ported", "external");
        var command = new CliCommand("add", "Gives a number to a PBX; an external one must then be verified",
            "classound did add acme-milan +390612345678", "classound did add acme-milan +390698765432 --kind external")
        { id, number, kind };
        runner.Let(command, async (parsed, session) =>
        {
            var request = new AddDidRequest
            {
                PbxId = parsed.GetValue(id), Number = parsed.GetValue(number), Kind = KindOf(parsed.GetValue(kind)!),
            };
            var reply = await new DidService.DidServiceClient(session.Channel).AddDidAsync(request, session.Options);
            session.Output.Show(reply, () => Show(session.Output, reply.Did));
        });
        return command;
    }

    private static CliCommand Verify(CommandRunner runner)
    {
        var id = Declare.PbxId();
        var number = Number();
        var command = new CliCommand("verify", "Says that the PBX was verified to hold an external number",
            "classound did verify acme-milan +390698765432") { id, number };
        runner.Let(command, async (parsed, session) =>
        {
            var request = new VerifyDidRequest { PbxId = parsed.GetValue(id), Number = parsed.GetValue(number) };
            var reply = await new DidService.DidServiceClient(session.Channel).VerifyDidAsync(request, session.Options);
            session.Output.Show(reply, () => Show(session.Output, reply.Did));
        });
        return command;
    }

    private static CliCommand Remove(CommandRunner runner)
    {
        var id = Declare.PbxId();
        var number = Number();
        var command = new CliCommand("remove", "Takes a number from a PBX", "classound did remove acme-milan +390612345678") { id, number };
        runner.Let(command, async (parsed, session) =>
        {
            var request = new RemoveDidRequest { PbxId = parsed.GetValue(id), Number = parsed.GetValue(number) };
            var reply = await new DidService.DidServiceClient(session.Channel).RemoveDidAsync(request, session.Options);
            session.Output.Show(reply, () => session.Output.Line($"{request.PbxId} does not have {request.Number} any more"));
        });
        return command;
    }

    private static CliCommand List(CommandRunner runner)
    {
        var id = Declare.PbxId();
        var command = new CliCommand("list", "Lists the numbers of a PBX", "classound did list acme-milan") { id };
        runner.Let(command, async (parsed, session) =>
        {
            var all = await AllPages.ListDidsAsync(session.Channel, parsed.GetValue(id)!, session.Options);
            session.Output.Show(all, () => session.Output.Table(
                ["number", "kind", "state"], all.Dids.Select(static did => new[] { did.Number, Words.Of(did.Kind), Words.Of(did.State) })));
        });
        return command;
    }

    private static Argument<string> Number() => Declare.Argument("number", "E.164 with its plus");

    private static DidKind KindOf(string word) => word switch
    {
        "ported" => DidKind.Ported,
        "external" => DidKind.External,
        _ => DidKind.Hosted,
    };

    private static void Show(CliOutput output, Did did) => output.Facts(
        ("number", did.Number), ("PBX", did.PbxId), ("kind", Words.Of(did.Kind)), ("state", Words.Of(did.State)));
}
