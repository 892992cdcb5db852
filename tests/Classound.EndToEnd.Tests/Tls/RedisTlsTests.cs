using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Storage.Tests.Redis;

namespace Classound.EndToEnd.Tests.Tls;

/// <summary>A silo on a Redis that speaks TLS only, with a certificate from an authority of the operator's own.</summary>
public sealed class RedisTlsTests : IDisposable
{
    private const string Did = "+39061234567";

    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority;

    public RedisTlsTests() => _authority = new TestAuthority(_folder.Path);

    [SkippableFact]
    public async Task ASilo_HasEverythingOnIt()
    {
        var port = Ports.Free();
        await using var redis = await Start(port);
        // Ledger, membership and grain state alike: nothing else listens there.
        await using var silo = await SiloProcess.Start("unused", Settings(port, _authority.File));
        using var channel = silo.Connect();
        var edge = new SampleOperator(channel);
        await edge.ProvisionPrices();
        await edge.ProvisionPbx("rome", Did);
        await edge.Calls.AuthorizeCallAsync(new AuthorizeCallRequest
        {
            PbxId = "rome", CallId = "c1", Direction = CallDirection.Outbound, Caller = Did, Called = "+33123456789",
        });
        var settled = await edge.Calls.EndCallAsync(new EndCallRequest { PbxId = "rome", CallId = "c1", DurationMs = 61_000 });
        Assert.Equal(61_000_000, Assert.Single(settled.Settlement.Charges).AmountNanos);
    }

    [SkippableFact]
    public async Task AnotherAuthoritysCertificate_IsNotTrusted_AndSaidSo()
    {
        var port = Ports.Free();
        await using var redis = await Start(port);
        using var other = new TestAuthority(_folder.Path, "other");
        await IsRefused(Settings(port, other.File), "Classound:Redis: Redis cannot be used: there is no connection; its certificate is not trusted: ");
    }

    [SkippableFact]
    public async Task ACertificateForAnotherName_IsNotTrusted_AndSaidSo()
    {
        var port = Ports.Free();
        await using var redis = await Start(port);
        var settings = Settings(port, _authority.File);
        settings["Redis"] += ",sslHost=redis.example.com";
        await IsRefused(settings, "its certificate is not trusted: it is not for redis.example.com");
    }

    [Theory]
    [InlineData("missing.pem", ",ssl=true", "Classound:RedisCaCertificate: Could not find file")]
    [InlineData("edge.key", ",ssl=true", "Classound:RedisCaCertificate: There is no certificate in the file.")]
    [InlineData("authority.pem", "", "Classound:RedisCaCertificate is given, but Redis is used without TLS: expected ssl=true")]
    public async Task AWrongSetting_StopsTheStart_NamingTheKey(string file, string further, string expected)
    {
        _authority.Issue("edge");
        var settings = Settings(1, Path.Combine(_folder.Path, file));
        settings["Redis"] = "127.0.0.1:1" + further;
        await IsRefused(settings, expected);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    private Task<RedisServer> Start(int port)
    {
        var (certificate, key) = _authority.Issue("redis");
        return RedisServer.StartAsync(
            "always", "--port", "0", "--tls-port", $"{port}", "--tls-cert-file", certificate, "--tls-key-file", key, "--tls-ca-cert-file", _authority.File,
            "--tls-auth-clients", "no");
    }

    private static Dictionary<string, string> Settings(int port, string authority) => new()
    {
        ["Store"] = "redis", ["Redis"] = $"127.0.0.1:{port},ssl=true", ["RedisCaCertificate"] = authority, ["RedisWaitSeconds"] = "0",
    };

    private static async Task IsRefused(Dictionary<string, string> settings, string expected)
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => SiloProcess.Start("unused", settings));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }
}
