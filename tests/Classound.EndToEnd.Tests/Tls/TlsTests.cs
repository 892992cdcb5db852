using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Classound.Cli.Connection;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Storage.Tests.Redis;
using Grpc.Core;
using Grpc.Health.V1;

namespace Classound.EndToEnd.Tests.Tls;

/// <summary>The gRPC port with a certificate: who trusts its authority is answered, and a new certificate needs no restart.</summary>
public sealed class TlsTests : IDisposable
{
    private const string Did = "+39061234567";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority;

    public TlsTests() => _authority = new TestAuthority(_folder.Path);

    [Fact]
    public async Task ACall_IsAnswered_AndOnlyOverTls()
    {
        await using var silo = await Start();
        using var channel = TrustedChannel.Open(silo.Address, _authority.File);
        var edge = new SampleOperator(channel);
        await edge.ProvisionPrices();
        await edge.ProvisionPbx("rome", Did);
        var answer = await edge.Calls.AuthorizeCallAsync(new AuthorizeCallRequest
        {
            PbxId = "rome", CallId = "c1", Direction = CallDirection.Outbound, Caller = Did, Called = "+33123456789",
        });
        Assert.NotNull(answer.Grant);
        Assert.Contains($"https://127.0.0.1:{new Uri(silo.Address).Port}", silo.Output, StringComparison.Ordinal);

        using var plain = TrustedChannel.Open(silo.Address.Replace("https", "http", StringComparison.Ordinal), null);
        await Assert.ThrowsAsync<RpcException>(async () => await new Health.HealthClient(plain).CheckAsync(new HealthCheckRequest()));
    }

    [Fact]
    public async Task TheCommandLine_TrustsTheAuthorityThatItIsGiven_AndSaysWhenItTrustsNone()
    {
        await using var silo = await Start();
        Assert.Equal((ExitCodes.Ok, ""), await Run("price-list", "list", "--server", silo.Address, "--ca", _authority.File));
        var (code, said) = await Run("price-list", "list", "--server", silo.Address);
        Assert.Equal(ExitCodes.Unreachable, code);
        Assert.StartsWith($"The certificate of {silo.Address} is not trusted: ", said, StringComparison.Ordinal);
        Assert.Contains("--ca FILE", said, StringComparison.Ordinal);

        // Only the certificate's own name, whoever issued it.
        var elsewhere = silo.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        Assert.Equal(
            (ExitCodes.Unreachable, $"The certificate of {elsewhere} is not trusted: it is for another name."),
            await Run("price-list", "list", "--server", elsewhere, "--ca", _authority.File));
    }

    [Fact]
    public async Task ANewCertificate_IsForNewConnections_AndOpenOnesStay()
    {
        await using var silo = await Start();
        using var channel = TrustedChannel.Open(silo.Address, _authority.File);
        using var watch = new Health.HealthClient(channel).Watch(new HealthCheckRequest());
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        var before = await Shown(silo);

        // A certificate whose key has not come yet is not used.
        var (certificate, key) = (Path.Combine(_folder.Path, "edge.crt"), Path.Combine(_folder.Path, "edge.key"));
        var oldKey = await File.ReadAllTextAsync(key);
        _authority.Issue("edge");
        var newKey = await File.ReadAllTextAsync(key);
        await File.WriteAllTextAsync(key, oldKey);
        await Until(async () =>
        {
            Assert.Equal(before, await Shown(silo));
            return silo.Output.Contains("The new certificate is not used", StringComparison.Ordinal);
        });

        await File.WriteAllTextAsync(key, newKey);
        using var expected = X509Certificate2.CreateFromPemFile(certificate, key);
        await Until(async () => await Shown(silo) == expected.SerialNumber);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest())).Status);
        Assert.False(watch.ResponseStream.MoveNext(CancellationToken.None).IsCompleted);
    }

    [Theory]
    [InlineData("edge.crt", "missing.key", "Classound:TlsKey: Could not find file")]
    [InlineData("missing.crt", "edge.key", "Classound:TlsCertificate: Could not find file")]
    [InlineData("edge.key", "edge.key", "Classound:TlsCertificate: there is no certificate")]
    [InlineData("edge.crt", "other.key", "Classound:TlsKey: ")]
    [InlineData("edge.crt", "edge.crt", "Classound:TlsKey: ")]
    [InlineData("edge.crt", "", "Classound:TlsKey is missing")]
    public async Task AWrongFile_StopsTheStart_WithOneLineThatNamesTheKey(string certificate, string key, string expected)
    {
        _authority.Issue("edge");
        _authority.Issue("other");
        string Of(string name) => name.Length == 0 ? "" : Path.Combine(_folder.Path, name);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => SiloProcess.Start(
            Path.Combine(_folder.Path, "data"), new Dictionary<string, string> { ["TlsCertificate"] = Of(certificate), ["TlsKey"] = Of(key) }));
        var lines = refused.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("the host stopped with 2", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("classound: " + expected, Assert.Single(lines[1..]), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private Task<SiloProcess> Start()
    {
        var (certificate, key) = _authority.Issue("edge");
        return SiloProcess.Start(
            Path.Combine(_folder.Path, "data"), new Dictionary<string, string> { ["TlsCertificate"] = certificate, ["TlsKey"] = key });
    }

    private static async Task<(int Code, string Errors)> Run(params string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await Cli.Commands.CommandLine.RunAsync(arguments, CliHost.OfProcess() with { Out = output, Errors = errors }, CancellationToken.None);
        return (code, errors.ToString().Trim());
    }

    /// <summary>Serial number of what a new connection is shown.</summary>
    private static async Task<string> Shown(SiloProcess silo)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", new Uri(silo.Address).Port);
        await using var tls = new SslStream(tcp.GetStream(), false, static (_, certificate, _, _) => certificate is not null);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", ApplicationProtocols = [SslApplicationProtocol.Http2] });
        Assert.Equal(SslApplicationProtocol.Http2, tls.NegotiatedApplicationProtocol);
        return tls.RemoteCertificate!.GetSerialNumberString();
    }

    // A process of another program has no event to wait for.
    private static async Task Until(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition()) await Task.Delay(100, limit.Token);
    }
}
