using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Classound.Cli.Commands;
using Classound.Cli.Connection;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Grpc.Core.Status;

namespace Classound.Cli.Tests.Commands;

public sealed class CommandLineTests
{
    public static TheoryData<string> Paths => new(Leaves(CommandLine.Create(CliHost.OfProcess()), ""));

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Help_TeachesByExamples(string path)
    {
        var cli = Cli.Answering(new Empty());

        Assert.Equal(ExitCodes.Ok, await cli.RunAsync($"{path} --help"));
        Assert.Contains($"Examples:{System.Environment.NewLine}  classound {path}", cli.Out, StringComparison.Ordinal);
        Assert.Empty(cli.Requests);
    }

    [Theory]
    [InlineData("pbx get")]
    [InlineData("nonsense")]
    [InlineData("pbx nonsense")]
    [InlineData("pbx create acme --country IT")]
    [InlineData("plan create P --effective 2026-01-01 --term monthly --minutes-per-user 3000 --band 5=1 --currency EUR")]
    [InlineData("pbx get acme --server nowhere")]
    [InlineData(
        "pbx create acme --name A --country IT --time-zone Europe/Rome --currency EUR --price-list L "
        + "--active-from 2026-11-01 --day-cap 1,50")]
    [InlineData("price-list activate L 1 --at yesterday")]
    [InlineData("did add acme +390612345678 --kind rented")]
    public async Task WrongCommandLine_IsAUsageErrorAndSendsNothing(string arguments)
    {
        var cli = Cli.Answering(new Empty());

        Assert.Equal(ExitCodes.Usage, await cli.RunAsync(arguments));
        Assert.Contains("--help", cli.Errors, StringComparison.Ordinal);
        Assert.Empty(cli.Requests);
    }

    [Theory]
    [InlineData("", "replay <file>")]
    [InlineData("pbx", "set-licences <pbx-id>")]
    public async Task GroupWithoutACommand_ShowsItsCommands(string arguments, string shown)
    {
        var cli = Cli.Answering(new Empty());

        Assert.Equal(ExitCodes.Usage, await cli.RunAsync(arguments));
        Assert.Contains(shown, cli.Out, StringComparison.Ordinal);
        Assert.Empty(cli.Errors);
    }

    [Fact]
    public async Task MalformedField_IsNamedWithWhatIsExpected()
    {
        var violation = new BadRequest.Types.FieldViolation { Field = "pbx.time_zone", Description = "expected an IANA zone" };
        var status = new Google.Rpc.Status
        {
            Code = (int)StatusCode.InvalidArgument, Message = "malformed request",
            Details = { Any.Pack(new BadRequest { FieldViolations = { violation } }) },
        };
        var cli = Cli.Failing(status.ToRpcException());

        Assert.Equal(ExitCodes.Failed, await cli.RunAsync("pbx get acme"));
        Assert.Contains("pbx.time_zone: expected an IANA zone", cli.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StatusCode.NotFound, ExitCodes.Failed, "NotFound: no PBX acme")]
    [InlineData(StatusCode.Unavailable, ExitCodes.Unreachable, "cannot answer now: no PBX acme")]
    [InlineData(StatusCode.Unimplemented, ExitCodes.Failed, "is it a Classound service of this version?")]
    [InlineData(StatusCode.DeadlineExceeded, ExitCodes.Unreachable, "cannot answer now")]
    public async Task ErrorOfTheService_DecidesTheExitCode(StatusCode status, int expected, string message)
    {
        var cli = Cli.Failing(new RpcException(new Status(status, "no PBX acme")));

        Assert.Equal(expected, await cli.RunAsync("pbx get acme"));
        Assert.Contains(message, cli.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServiceThatDoesNotListen_IsOneClearLine()
    {
        var errors = new StringWriter();
        // Port 1 of the loopback address: nothing listens there, and the refusal is immediate.
        var host = CliHost.OfProcess() with { Out = TextWriter.Null, Errors = errors };

        Assert.Equal(ExitCodes.Unreachable,
            await CommandLine.RunAsync(["pbx", "get", "acme", "--server", "http://127.0.0.1:1"], host, CancellationToken.None));
        Assert.Equal("Cannot reach the service at http://127.0.0.1:1. Is it running, and is --server right?" + System.Environment.NewLine,
            errors.ToString());
    }

    [Theory]
    [InlineData(null, "", "http://127.0.0.1:5080")]
    [InlineData("http://edge:5080", "", "http://edge:5080")]
    [InlineData("http://edge:5080", " --server http://other:1", "http://other:1")]
    public async Task Server_IsTheOptionElseTheVariableElseTheDefault(string? variable, string option, string expected)
    {
        var cli = Cli.Answering(new GetPbxResponse { Pbx = new Pbx { PbxId = "acme" } });
        if (variable is not null)
            cli.Environment["CLASSOUND_SERVER"] = variable;

        await cli.RunAsync("pbx get acme" + option);

        Assert.Equal(expected, cli.Server);
    }

    [Fact]
    public async Task TheAuthorityToTrust_IsTheOptionElseTheVariable_AndIsLookedAtFirst()
    {
        var folder = Directory.CreateTempSubdirectory("classound-");
        var file = Path.Combine(folder.FullName, "ca.pem");
        var cli = Cli.Answering(new GetPbxResponse { Pbx = new Pbx { PbxId = "acme" } });
        cli.Environment["CLASSOUND_CA"] = file;
        Assert.Equal(ExitCodes.Usage, await cli.RunAsync("pbx get acme"));
        Assert.StartsWith($"--ca '{file}': Could not find file", cli.Errors, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, "no certificate");
        Assert.Equal(ExitCodes.Usage, await cli.RunAsync("pbx get acme --ca " + file));
        Assert.StartsWith($"--ca '{file}': there is no certificate in it; expected", cli.Errors, StringComparison.Ordinal);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        await File.WriteAllTextAsync(file, authority.ExportCertificatePem());
        Assert.Equal(ExitCodes.Ok, await cli.RunAsync("pbx get acme"));
        Assert.Equal(file, cli.Authority);
        folder.Delete(recursive: true);
    }

    private static IEnumerable<string> Leaves(Command command, string path) => command.Subcommands.Count == 0
        ? [path]
        : command.Subcommands.SelectMany(child => Leaves(child, path.Length == 0 ? child.Name : $"{path} {child.Name}"));
}
