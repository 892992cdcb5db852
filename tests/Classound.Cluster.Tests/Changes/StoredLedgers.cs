using System.Globalization;
using Classound.Storage;
using StackExchange.Redis;

namespace Classound.Cluster.Tests.Changes;

/// <summary>Looks at the stored fields of PBXs, past all that reads them.</summary>
internal sealed class StoredLedgers : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _redis;

    private StoredLedgers(ConnectionMultiplexer redis) => _redis = redis;

    public static async Task<StoredLedgers> Open(int port) =>
        new(await ConnectionMultiplexer.ConnectAsync(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port},protocol=resp2")));

    /// <summary>The live ledger of a PBX: names and values.</summary>
    public async Task<Dictionary<string, byte[]>> Read(string pbxId)
    {
        var partition = PbxPartition.Of(pbxId, PbxPartition.DefaultCount);
        var key = string.Create(CultureInfo.InvariantCulture, $"classound:{{p{partition:D3}}}:pbx:{pbxId}");
        return (await _redis.GetDatabase().HashGetAllAsync(key)).ToDictionary(entry => entry.Name.ToString(), entry => (byte[])entry.Value!);
    }

    public ValueTask DisposeAsync() => _redis.DisposeAsync();
}
