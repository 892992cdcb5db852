using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;

namespace Classound.Cli.Connection;

/// <summary>A channel to the service: without TLS, or to a certificate that somebody vouches for.</summary>
public static class TrustedChannel
{
    /// <param name="address">http:// or https://</param>
    /// <param name="authority">File of the certificates (PEM) to trust instead of the machine's; null = the machine's.</param>
    public static GrpcChannel Open(string address, string? authority)
    {
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true };
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, certificate, chain, errors) => errors == SslPolicyErrors.None
            ? true
            : throw new UntrustedServerException(WhyNot(errors, chain));
        if (authority is not null)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck,
            };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(authority);
        }
        return GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }

    /// <summary>Why this is no file of certificates; null = it is one.</summary>
    public static string? WhatIsWrongWith(string authority)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(authority);
            return certificates.Count == 0 ? "there is no certificate in it" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return e.Message;
        }
    }

    private static string WhyNot(SslPolicyErrors errors, X509Chain? chain) => errors switch
    {
        SslPolicyErrors.RemoteCertificateNotAvailable => "it shows none",
        _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) => "it is for another name",
        _ => $"{string.Join(", ", (chain?.ChainStatus ?? []).Select(status => status.StatusInformation.Trim()).Distinct())} (--ca FILE says whom to trust)",
    };
}

/// <summary>The service's certificate is not trusted.</summary>
/// <param name="reason">Completes "is not trusted: ".</param>
public sealed class UntrustedServerException(string reason) : AuthenticationException(reason);
