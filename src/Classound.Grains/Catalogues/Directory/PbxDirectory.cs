using System.Collections.Concurrent;
using Classound.Grains.Pbxs;
using Classound.Storage;

namespace Classound.Grains.Catalogues.Directory;

/// <summary>
/// Every PBX and its country, replicated to every silo: an emergency call must be recognised without asking a grain or the
/// store (R11). PBXs are never removed, so the map only grows.
/// </summary>
public sealed class PbxDirectory(IGrainFactory grains)
{
    /// <summary>Fixed for ever: it decides where a PBX is stored.</summary>
    public const int Shards = 32;

    private readonly ConcurrentDictionary<string, string> _countries = new(StringComparer.Ordinal);
    private readonly long[] _revisions = [.. Enumerable.Repeat(-1L, Shards)];

    /// <summary>ISO 3166-1 alpha-2 of a PBX; null when this silo has not heard of it.</summary>
    public string? CountryOf(string pbxId) => _countries.GetValueOrDefault(pbxId);

    /// <summary>Every PBX that this silo has heard of.</summary>
    public IEnumerable<string> Ids => _countries.Keys;

    /// <summary>How many PBXs this silo has heard of.</summary>
    public int Count => _countries.Count;

    /// <summary>
    /// Notes a PBX that was provisioned, before its creation is answered. A crash in between leaves a PBX that is missing here until its
    /// creation is repeated; until then its emergency calls are recognised by the numbers of all countries.
    /// </summary>
    /// <exception cref="ChargingUnavailableException">It may or may not be stored; repeat the creation.</exception>
    public async Task RegisterAsync(string pbxId, string country)
    {
        if (CountryOf(pbxId) == country) return;
        await grains.GetGrain<IPbxDirectoryGrain>((long)(PbxPartition.Hash(pbxId) % Shards)).Put(pbxId, country);
        _countries[pbxId] = country;
    }

    /// <summary>Takes over what other silos have registered.</summary>
    public Task RefreshAsync() => Task.WhenAll(Enumerable.Range(0, Shards).Select(RefreshAsync));

    private async Task RefreshAsync(int shard)
    {
        var changed = await grains.GetGrain<IPbxDirectoryGrain>(shard).Get(Interlocked.Read(ref _revisions[shard]));
        if (changed is null) return;
        foreach (var (pbxId, country) in changed.Countries) _countries[pbxId] = country;
        Interlocked.Exchange(ref _revisions[shard], changed.Revision);
    }
}
