using Microsoft.Extensions.Logging;

namespace Classound.Storage.Redis;

/// <summary>Whether the servers' settings keep what is acknowledged: said loudly at start, or a refusal of it.</summary>
internal static class RedisStartCheck
{
    /// <exception cref="StoreStartRefusedException">They do not, and <see cref="RedisStoreOptions.RequireDurableStore"/> is set.</exception>
    /// <exception cref="StoreUnavailableException">No server answers.</exception>
    public static async Task<IReadOnlyList<DurabilityFinding>> RunAsync(
        RedisLink link, RedisStoreOptions options, ILogger log, CancellationToken ct)
    {
        var (servers, findings) = await link
            .ReadAsync(_ => RedisSettings.FindAsync(link.Connection), ct).ConfigureAwait(false);
        RedisWatch.Report(log, servers, findings);
        if (options.RequireDurableStore && findings.Count > 0)
        {
            throw new StoreStartRefusedException(
                "RequireDurableStore is set, and acknowledged data could vanish. " + string.Join(' ', findings)
                + " Set what is expected (CONFIG SET, and in redis.conf), or do without RequireDurableStore.");
        }

        return findings;
    }
}
