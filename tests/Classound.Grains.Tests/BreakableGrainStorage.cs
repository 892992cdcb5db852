using System.Collections.Concurrent;
using Orleans.Runtime;
using Orleans.Storage;

namespace Classound.Grains.Tests;

/// <summary>
/// Grain state in memory, kept as the bytes that Orleans' own serializer makes of it, with compare-and-set by ETag, and with a
/// place to break: before a write is applied, or after it (a lost reply).
/// </summary>
internal sealed class BreakableGrainStorage(IGrainStorageSerializer serializer) : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (string ETag, BinaryData Data)> _states = new(StringComparer.Ordinal);
    private int _etag;
    private int _writes;

    /// <summary>Writes that were tried.</summary>
    public int Writes => Volatile.Read(ref _writes);

    /// <summary>Given the grain; throws to break the write before it is applied.</summary>
    public Action<GrainId> BeforeWrite { get; set; } = _ => { };

    /// <summary>Given the grain; throws to lose the reply of an applied write.</summary>
    public Action<GrainId> AfterWrite { get; set; } = _ => { };

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (!_states.TryGetValue($"{grainId}/{stateName}", out var stored)) return Task.CompletedTask;
        grainState.State = serializer.Deserialize<T>(stored.Data);
        grainState.ETag = stored.ETag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Interlocked.Increment(ref _writes);
        BeforeWrite(grainId);
        var key = $"{grainId}/{stateName}";
        var current = _states.TryGetValue(key, out var stored) ? stored.ETag : null;
        if (current != grainState.ETag) throw new InconsistentStateException("another activation wrote", current, grainState.ETag);
        var etag = Interlocked.Increment(ref _etag).ToString(System.Globalization.CultureInfo.InvariantCulture);
        _states[key] = (etag, serializer.Serialize(grainState.State));
        AfterWrite(grainId);
        (grainState.ETag, grainState.RecordExists) = (etag, true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _states.TryRemove($"{grainId}/{stateName}", out _);
        (grainState.ETag, grainState.RecordExists) = (null, false);
        return Task.CompletedTask;
    }
}
