using Classound.Grains.Pbxs;
using Orleans.Concurrency;

namespace Classound.Grains.Catalogues.Directory;

/// <summary>
/// One part of the list of all PBXs and their countries (key = shard, 0 to <see cref="PbxDirectory.Shards"/> - 1). It stands apart
/// from the catalogue because it grows with the customers: a change rewrites one shard, not everything.
/// </summary>
[Alias("classound.pbx-directory")]
public interface IPbxDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Notes a PBX. Again with the same country it changes nothing.</summary>
    /// <exception cref="ChargingUnavailableException">It may or may not be stored; repeat it.</exception>
    [Alias("put"), ResponseTimeout("00:00:10")]
    Task Put(string pbxId, string country);

    /// <summary>All of the shard; null when the revision is still <paramref name="knownRevision"/> (-1 = none known).</summary>
    [Alias("get"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<PbxDirectoryShard?> Get(long knownRevision);
}

/// <summary>A shard as of one revision. Immutable.</summary>
/// <param name="Revision">Rises with every change of the shard.</param>
/// <param name="Countries">ISO 3166-1 alpha-2 by PBX id.</param>
public sealed record PbxDirectoryShard(long Revision, IReadOnlyDictionary<string, string> Countries);
