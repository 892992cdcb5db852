using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;

namespace Classound.Storage.Redis;

/// <summary>TLS to Redis, where its configuration says <c>ssl=true</c>.</summary>
public static class RedisTls
{
    /// <param name="redis">Is changed. Without <c>ssl=true</c> it stays as it is.</param>
    /// <param name="authority">
    /// File of the certificates (PEM, one or several) that are trusted instead of the machine's; empty = the machine's. It is read for each
    /// connection: it may change while we run.
    /// </param>
    /// <param name="refused">Told why a server's certificate is not trusted: the client itself only says that it has no connection.</param>
    public static void Configure(ConfigurationOptions redis, string authority, Action<string>? refused = null)
    {
        if (!redis.Ssl) return;
        redis.SslClientAuthenticationOptions = host => new SslClientAuthenticationOptions
        {
            TargetHost = host,
            EnabledSslProtocols = redis.SslProtocols ?? SslProtocols.None,
            // What the client does by itself; an authority of one's own seldom has a list of what it revoked.
            CertificateRevocationCheckMode = redis.CheckCertificateRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck,
            CertificateChainPolicy = authority.Length > 0 ? PolicyOf(authority) : null,
            RemoteCertificateValidationCallback = (_, _, chain, errors) =>
            {
                if (errors != SslPolicyErrors.None) refused?.Invoke(WhyNot(errors, chain, host));
                return errors == SslPolicyErrors.None;
            },
        };
    }

    /// <summary>Why this is no file of certificates; null = it is one.</summary>
    public static string? WhatIsWrongWith(string authority)
    {
        try
        {
            return PolicyOf(authority).CustomTrustStore.Count == 0 ? "There is no certificate in the file." : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return e.Message;
        }
    }

    private static X509ChainPolicy PolicyOf(string authority)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(authority);
        return policy;
    }

    private static string WhyNot(SslPolicyErrors errors, X509Chain? chain, string host) =>
        errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? $"it is not for {host} (sslHost=... names another)"
        : string.Join(", ", (chain?.ChainStatus ?? []).Select(status => status.StatusInformation.Trim()).Distinct());
}
