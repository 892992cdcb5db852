using Classound.Grains.Pbxs;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Classound.Grains.Catalogues.Directory;

/// <summary>What a shard of the directory stores. The map is replaced, never changed in place.</summary>
public sealed class PbxDirectoryState
{
    public long Revision { get; set; }
    public Dictionary<string, string> Countries { get; set; } = new(StringComparer.Ordinal);
}

/// <inheritdoc cref="IPbxDirectoryGrain"/>
[GrainType("pbx-directory")]
public sealed class PbxDirectoryGrain(
    [PersistentState("pbxs", GrainStorageNames.Classound)] IPersistentState<PbxDirectoryState> stored,
    ILogger<PbxDirectoryGrain> log) : Grain, IPbxDirectoryGrain
{
    private PbxDirectoryShard _published = new(0, new Dictionary<string, string>());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Publish();
        return Task.CompletedTask;
    }

    public Task<PbxDirectoryShard?> Get(long knownRevision) =>
        Task.FromResult(knownRevision == _published.Revision ? null : _published);

    public async Task Put(string pbxId, string country)
    {
        var before = stored.State;
        if (before.Countries.TryGetValue(pbxId, out var known) && known == country) return;
        stored.State = new PbxDirectoryState
        {
            Revision = before.Revision + 1,
            Countries = new Dictionary<string, string>(before.Countries, StringComparer.Ordinal) { [pbxId] = country },
        };
        try
        {
            await stored.WriteStateAsync();
        }
        catch (Exception e)
        {
            // As in the catalogue: it may be stored nevertheless, and the next activation reads what is true.
            stored.State = before;
            DeactivateOnIdle();
            CatalogueLog.WriteFailed(log, e);
            throw new ChargingUnavailableException("the PBX directory cannot be stored now; repeat the request");
        }

        Publish();
    }

    private void Publish() => _published = new PbxDirectoryShard(stored.State.Revision, stored.State.Countries);
}
