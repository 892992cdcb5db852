using System.Net;
using Classound.Api.Calls.Edges;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Classound.Silo;

/// <summary>Kestrel as edges meet it. The benchmarks' empty server listens by the same settings: it is what calls are compared with.</summary>
internal static class Listening
{
    public static void Configure(KestrelServerOptions kestrel, ClassoundOptions options)
    {
        ConnectionLimits.Set(kestrel.Limits.Http2);
        var address = IPAddress.Parse(options.ListenAddress);
        kestrel.Listen(address, options.GrpcPort, listen => listen.Protocols = HttpProtocols.Http2);
        kestrel.Listen(address, options.HttpPort, listen => listen.Protocols = HttpProtocols.Http1);
    }
}
