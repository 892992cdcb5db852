using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace Classound.Storage.Redis;

/// <summary>Reads the settings of the servers that take writes.</summary>
internal static class RedisSettings
{
    /// <summary>The findings of every primary that is connected, and how many those are.</summary>
    /// <exception cref="RedisException">A server cannot be asked now.</exception>
    public static async Task<(int Servers, IReadOnlyList<DurabilityFinding> Findings)> FindAsync(IConnectionMultiplexer connection)
    {
        var findings = new List<DurabilityFinding>();
        var servers = 0;
        foreach (var server in connection.GetServers().Where(s => s.IsConnected))
        {
            if (await ReplicasAsync(server).ConfigureAwait(false) is not { } replicas)
                continue;

            servers++;
            var settings = await ReadAsync(server).ConfigureAwait(false);
            findings.AddRange(RedisDurability.Judge(Name(server.EndPoint), settings, replicas));
        }

        return (servers, findings);
    }

    // Number of replicas; null when it is one itself. Asked, not taken from the client, which learns of a change of roles late.
    private static async Task<int?> ReplicasAsync(IServer server)
    {
        try
        {
            return await server.RoleAsync().ConfigureAwait(false) is Role.Master primary ? primary.Replicas?.Count ?? 0 : null;
        }
        catch (RedisServerException)
        {
            return server.IsReplica ? null : 0; // forbidden
        }
    }

    private static async Task<Dictionary<string, string>> ReadAsync(IServer server)
    {
        try
        {
            // Names and values by turns, of those that the server has; several at once since Redis 7.
            var reply = (RedisResult[]?)await server.ExecuteAsync("CONFIG", ["GET", .. RedisDurability.Settings]).ConfigureAwait(false);
            return (reply ?? []).Chunk(2).ToDictionary(pair => ((string?)pair[0])!, pair => ((string?)pair[1])!, StringComparer.Ordinal);
        }
        catch (RedisServerException)
        {
            return []; // renamed or forbidden, as at managed services: the settings stay unread, and so unproven
        }
    }

    /// <summary>host:port.</summary>
    public static string Name(EndPoint? endpoint) => endpoint switch
    {
        IPEndPoint ip => ip.ToString(),
        DnsEndPoint dns => string.Create(CultureInfo.InvariantCulture, $"{dns.Host}:{dns.Port}"),
        _ => endpoint?.ToString() ?? "",
    };
}
