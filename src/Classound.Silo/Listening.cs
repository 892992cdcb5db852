using System.Net;
using Classound.Api.Calls.Edges;
using Classound.Silo.Tls;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Classound.Silo;

/// <summary>Kestrel as edges meet it. The benchmarks' empty server listens by the same settings: it is what calls are compared with.</summary>
internal static class Listening
{
    public static void Configure(KestrelServerOptions kestrel, ClassoundOptions options)
    {
        ConnectionLimits.Set(kestrel.Limits.Http2);
        var address = IPAddress.Parse(options.ListenAddress);
        kestrel.Listen(address, options.GrpcPort, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (options.UsesTls) UseTls(listen, kestrel.ApplicationServices.GetRequiredService<GrpcCertificate>());
        });
        kestrel.Listen(address, options.HttpPort, listen => listen.Protocols = HttpProtocols.Http1);
    }

    private static void UseTls(ListenOptions listen, GrpcCertificate certificate) => listen.UseHttps(new TlsHandshakeCallbackOptions
    {
        OnConnection = _ => ValueTask.FromResult(certificate.ForNewConnection()),
    });
}
