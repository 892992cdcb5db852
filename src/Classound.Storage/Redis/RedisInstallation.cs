using StackExchange.Redis;

namespace Classound.Storage.Redis;

/// <summary>Installs an empty store, and checks that this release may use an installed one.</summary>
internal static class RedisInstallation
{
    private const int SchemaVersion = 1;

    /// <exception cref="StoreStartRefusedException">The store is of another release, or has another number of partitions.</exception>
    public static async Task EnsureAsync(RedisLink link, RedisKeys keys, int partitions, CancellationToken ct)
    {
        var reply = await link.WriteAsync(
            db => db.ScriptEvaluateAsync(RedisScripts.Install, [keys.Meta], [SchemaVersion, partitions]), ct).ConfigureAwait(false);
        var installed = (RedisValue[])reply!;
        if (installed[0] != SchemaVersion)
        {
            throw new StoreStartRefusedException(
                $"The store at {keys.Meta} has schema version {installed[0]}; this release reads version {SchemaVersion}. "
                + "Start the release that wrote it, or configure another key prefix.");
        }

        if (installed[1] != partitions)
        {
            throw new StoreStartRefusedException(
                $"The store at {keys.Meta} was installed with {installed[1]} partitions and {partitions} are configured. "
                + $"The number is fixed at installation: configure {installed[1]}.")
            { Setting = "Partitions" };
        }
    }
}
