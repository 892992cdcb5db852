using StackExchange.Redis;

namespace Classound.Storage.Redis;

/// <summary>Whether writes are accepted now: it writes, as a replica or a server whose memory is full still answers reads.</summary>
/// <remarks>
/// On a cluster it asks every primary that keeps partitions, and one that takes writes is enough: the PBXs of the others are refused
/// call by call, and to call the whole service out for them would refuse everybody.
/// </remarks>
internal static class RedisProbe
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    public static async Task<bool> RunAsync(RedisLink link, RedisKeys keys, int partitions, CancellationToken ct)
    {
        var answers = await Task
            .WhenAll(ProbesOf(link.Connection, keys, partitions).Select(key => IsWritableAsync(link, key, ct))).ConfigureAwait(false);
        return answers.Contains(true);
    }

    private static async Task<bool> IsWritableAsync(RedisLink link, RedisKey key, CancellationToken ct)
    {
        try
        {
            return await link.WriteAsync(db => db.StringSetAsync(key, 1, KeptFor), ct).ConfigureAwait(false);
        }
        catch (Exception error) when (error is StoreUnavailableException or StoreOutcomeUnknownException)
        {
            return false;
        }
    }

    // One key for each primary, of the first of its partitions; a single server has one key.
    private static IEnumerable<RedisKey> ProbesOf(IConnectionMultiplexer connection, RedisKeys keys, int partitions)
    {
        var cluster = connection.GetServers().Where(s => s.IsConnected).Select(s => s.ClusterConfiguration).FirstOrDefault(c => c is not null);
        if (cluster is null)
            return [keys.Probe];

        return Enumerable.Range(0, partitions)
            .Select(keys.PartitionProbe)
            .GroupBy(key => cluster.GetBySlot(connection.HashSlot(key))?.NodeId ?? "")
            .Select(node => node.First());
    }
}
