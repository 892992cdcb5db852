using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Classound.Silo;

/// <summary>Kestrel as edges meet it. The benchmarks' empty server listens by the same settings: it is what calls are compared with.</summary>
internal static class Listening
{
    // All calls of an edge share a connection. Beyond these it waits; beyond twice as many, which an edge reaches that gives up and
    // asks again while the silo is frozen, Kestrel refuses what comes (ENHANCE_YOUR_CALM, to the edge RESOURCE_EXHAUSTED).
    private const int StreamsPerConnection = 1_024;

    public static void Configure(KestrelServerOptions kestrel, ClassoundOptions options)
    {
        kestrel.Limits.Http2.MaxStreamsPerConnection = StreamsPerConnection;
        var address = IPAddress.Parse(options.ListenAddress);
        kestrel.Listen(address, options.GrpcPort, listen => listen.Protocols = HttpProtocols.Http2);
        kestrel.Listen(address, options.HttpPort, listen => listen.Protocols = HttpProtocols.Http1);
    }
}
