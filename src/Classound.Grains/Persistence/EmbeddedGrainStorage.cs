using System.Globalization;
using Classound.Storage;
using Classound.Storage.Sqlite;
using Orleans.Runtime;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Classound.Grains.Persistence;

/// <summary>
/// Grain state on the embedded database, by the same writer and as durable as the ledger. The tag is compared and set in one
/// write; a writer that is behind gets an <see cref="InconsistentStateException"/>, and Orleans then ends its activation.
/// </summary>
/// <remarks>
/// After a <see cref="StoreOutcomeUnknownException"/> the state may be stored although the caller's tag is the old one. The next
/// write of that activation is then refused as inconsistent, which is right: the next activation reads what is true.
/// </remarks>
public sealed class EmbeddedGrainStorage(SqliteGrainStateTable table, IGrainStorageSerializer serializer, IActivatorProvider activators)
    : IGrainStorage
{
    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var stored = await table.ReadAsync(Key(stateName, grainId), cancellationToken).ConfigureAwait(false);
        grainState.State = stored?.Data is { } data ? serializer.Deserialize<T>(BinaryData.FromBytes(data)) : New<T>();
        grainState.RecordExists = stored?.Data is not null;
        grainState.ETag = Tag(stored?.Etag);
    }

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var data = serializer.Serialize(grainState.State).ToArray();
        grainState.ETag = await StoreAsync(Key(stateName, grainId), grainState.ETag, data, cancellationToken).ConfigureAwait(false);
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(
        string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        grainState.ETag = await StoreAsync(Key(stateName, grainId), grainState.ETag, null, cancellationToken).ConfigureAwait(false);
        grainState.State = New<T>();
        grainState.RecordExists = false;
    }

    // State names are constants of ours without a slash, so the first slash ends the name whatever the grain's key is.
    private static string Key(string stateName, GrainId grainId) => stateName + "/" + grainId;

    private static string? Tag(long? etag) => etag?.ToString(CultureInfo.InvariantCulture);

    private async Task<string?> StoreAsync(string key, string? tag, byte[]? data, CancellationToken ct)
    {
        var expected = tag is null ? (long?)null : long.Parse(tag, NumberStyles.None, CultureInfo.InvariantCulture);
        var write = await table.WriteAsync(key, expected, data, ct).ConfigureAwait(false);
        if (write.Applied)
            return Tag(write.Etag);

        throw new InconsistentStateException($"Another activation wrote the state {key}.", Tag(write.Etag) ?? "none", tag ?? "none");
    }

    private T New<T>() => activators.GetActivator<T>().Create();
}
