using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Classound.Silo.Tls;

/// <summary>What the files of a certificate and its key hold, both in PEM.</summary>
/// <param name="Certificate">The service's own first, then those between it and its authority, as cert-manager writes tls.crt.</param>
/// <param name="Key">Without a passphrase.</param>
internal sealed record CertificateFiles(string Certificate, string Key)
{
    /// <summary>Null where one cannot be read; what is wrong begins with the option's name.</summary>
    public static CertificateFiles? Read(ClassoundOptions options, out string problem)
    {
        var certificate = ReadFile(nameof(options.TlsCertificate), options.TlsCertificate, out problem);
        var key = certificate is null ? null : ReadFile(nameof(options.TlsKey), options.TlsKey, out problem);
        return certificate is null || key is null ? null : new CertificateFiles(certificate, key);
    }

    /// <summary>Null where they are no certificate and its key; what is wrong begins with the option's name.</summary>
    public X509Certificate2? Load(out X509Certificate2Collection others, out string problem)
    {
        (others, problem) = ([], "");
        try
        {
            others.ImportFromPem(Certificate);
            if (others.Count == 0)
            {
                problem = $"{nameof(ClassoundOptions.TlsCertificate)}: there is no certificate in the file; expected PEM, the service's own first";
                return null;
            }
            others[0].Dispose();
            others.RemoveAt(0);
        }
        catch (CryptographicException e)
        {
            problem = $"{nameof(ClassoundOptions.TlsCertificate)}: {e.Message}; expected certificates in PEM";
            return null;
        }
        try
        {
            return X509Certificate2.CreateFromPem(Certificate, Key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            problem = $"{nameof(ClassoundOptions.TlsKey)}: {e.Message} Expected the key of {nameof(ClassoundOptions.TlsCertificate)}, in PEM without a passphrase";
            return null;
        }
    }

    private static string? ReadFile(string option, string path, out string problem)
    {
        problem = "";
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"{option}: {e.Message}";
            return null;
        }
    }
}
