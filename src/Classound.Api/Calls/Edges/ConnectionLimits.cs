using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Classound.Api.Calls.Edges;

/// <summary>What one connection of an edge may have open and on its way here (HTTP/2, RFC 9113, sections 5.1.2 and 5.2).</summary>
public static class ConnectionLimits
{
    // All calls of an edge share a connection. Beyond these it waits; beyond twice as many, which an edge reaches that gives up and
    // asks again while the silo is frozen, Kestrel refuses what comes (ENHANCE_YOUR_CALM, to the edge RESOURCE_EXHAUSTED).
    private const int Streams = 1_024;

    // What an edge may send of one stream that is not read because it does not read its answers itself.
    private const int StreamWindowBytes = 512 * 1024;

    // Kestrel returns the connection's window only when half of it was consumed, so that what streams may take of it without being read
    // has to fit into the other half: so eight of them hold up no other stream of their connection. By Kestrel's defaults, 768 KB of
    // 1 MB, a single one could.
    private const int ConnectionWindowBytes = 2 * 8 * StreamWindowBytes;

    public static void Set(Http2Limits limits)
    {
        limits.MaxStreamsPerConnection = Streams;
        limits.InitialStreamWindowSize = StreamWindowBytes;
        limits.InitialConnectionWindowSize = ConnectionWindowBytes;
    }
}
