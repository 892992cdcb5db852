using System.Globalization;

namespace Classound.Cluster.Tests.Parts;

/// <summary>Which process holds the far end of a loopback connection (Linux: /proc).</summary>
internal static class ConnectionOwner
{
    /// <returns>The position in <paramref name="processes"/>, or -1.</returns>
    public static int Find(int port, IReadOnlyList<int> processes)
    {
        if (Inode(port) is not { } inode) return -1;
        var socket = $"socket:[{inode}]";
        for (var i = 0; i < processes.Count; i++)
        {
            if (Holds(processes[i], socket)) return i;
        }
        return -1;
    }

    private static string? Inode(int port)
    {
        var wanted = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        foreach (var table in new[] { "/proc/net/tcp", "/proc/net/tcp6" })
        {
            foreach (var line in File.ReadLines(table).Skip(1))
            {
                var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (columns[1].EndsWith(wanted, StringComparison.Ordinal)) return columns[9];
            }
        }
        return null;
    }

    private static bool Holds(int process, string socket)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{process}/fd").Any(file => new FileInfo(file).LinkTarget == socket);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // it has just died
        }
    }
}
