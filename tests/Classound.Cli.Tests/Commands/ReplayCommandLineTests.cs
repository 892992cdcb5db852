using Classound.Cli.Connection;
using Classound.Cli.Tests.Fakes;
using Classound.Cli.Tests.Replay;
using Classound.Contracts.Calls.V1;
using Classound.Contracts.Provisioning.V1;
using Grpc.Core;

namespace Classound.Cli.Tests.Commands;

public sealed class ReplayCommandLineTests
{
    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "Data", "long-call.csv");

    [Fact]
    public async Task Json_IsOneDocumentOfCounts()
    {
        var (code, output, errors) = await RunAsync(Replaying.Operator(), "--country", "US", "--provision", "--plan", "FLAT",
            "--price-list", "END_USER", "--json");

        Assert.Equal(ExitCodes.Ok, code);
        using var json = System.Text.Json.JsonDocument.Parse(output);
        Assert.Equal(1, json.RootElement.GetProperty("rowsRead").GetInt32());
        Assert.Equal(1, json.RootElement.GetProperty("buckets").GetProperty("settled").GetInt32());
        Assert.Equal(0, json.RootElement.GetProperty("buckets").GetProperty("alreadySettled").GetInt32());
        Assert.Equal("1500", json.RootElement.GetProperty("chargeNanos").GetString());
        Assert.Contains("created PBX acme", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OptionsForReading_AreObeyed()
    {
        var (code, output, _) = await RunAsync(Existing(), "--country", "US", "--dialect", "freeswitch");

        // Read as FreeSWITCH's, both lines of the Asterisk file have no date where one should be.
        Assert.Equal(ExitCodes.Ok, code);
        Assert.Contains("refused: line 1, column start_stamp", output, StringComparison.Ordinal);
        Assert.Contains("refused: line 2, column start_stamp", output, StringComparison.Ordinal);
        var semicolons = await RunAsync(Existing(), "--country", "US", "--delimiter", "semicolon");
        Assert.Equal(ExitCodes.Failed, semicolons.Code);
        Assert.Contains("Give --dialect", semicolons.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--provision")]
    [InlineData("--country", "XX")]
    [InlineData("--time-zone", "Mars/Olympus")]
    [InlineData("--main-number", "201")]
    [InlineData("--parallel", "0")]
    [InlineData("--dialect", "avaya")]
    public async Task WrongOption_IsAUsageErrorAndSendsNoCall(params string[] options)
    {
        var service = Existing();

        Assert.Equal(ExitCodes.Usage, (await RunAsync(service, options)).Code);
        Assert.Empty(service.Sent<AuthorizeCallRequest>());
    }

    [Fact]
    public async Task PbxThatDoesNotExist_FailsWithWhatToDo()
    {
        var (code, _, errors) = await RunAsync(Replaying.Operator(), "--country", "US");

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains("give --provision", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryCallDenied_FailsAndNamesTheReason()
    {
        var (code, _, errors) = await RunAsync(Existing(), "--country", "US");

        Assert.Equal(ExitCodes.Failed, code);
        Assert.Contains("Every call that was sent was denied; most often: CALLER_ID_NOT_OWNED", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServiceThatStaysAway_IsUnreachable()
    {
        var service = Existing();
        service.Before = static (_, request) =>
        {
            if (request is AuthorizeCallRequest)
                throw new RpcException(new Status(StatusCode.Unavailable, "store"));
        };

        Assert.Equal(ExitCodes.Unreachable, (await RunAsync(service, "--country", "US")).Code);
        Assert.Equal(18, service.Sent<AuthorizeCallRequest>().Count());
    }

    private static FakeOperator Existing() => new() { Pbxs = { ["acme"] = new Pbx { PbxId = "acme", Country = "US", TimeZone = "UTC" } } };

    private static async Task<(int Code, string Out, string Errors)> RunAsync(FakeOperator service, params string[] options)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var host = new CliHost(output, errors, (_, _) => service.Channel, static _ => null, new ImpatientClock());
        var code = await Classound.Cli.Commands.CommandLine.RunAsync(
            ["replay", File, "--pbx", "acme", .. options], host, CancellationToken.None);
        return (code, output.ToString(), errors.ToString());
    }
}
