using System.Net;
using System.Net.Sockets;

namespace Classound.Storage.Tests.Redis;

/// <summary>Ports of this machine for servers that tests start.</summary>
internal static class Ports
{
    // What was given out once is not given out again: whoever asked for it may not listen yet.
    private static readonly HashSet<int> Given = [];

    public static int Free()
    {
        lock (Given)
        {
            while (true)
            {
                using var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                var port = ((IPEndPoint)listener.LocalEndpoint).Port;
                if (Given.Add(port)) return port;
            }
        }
    }
}
