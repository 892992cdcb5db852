using Classound.Grains.Persistence;
using Classound.Grains.Serialization;
using Classound.Storage.Tests.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Classound.Storage.Tests.Grains;

/// <summary>A silo whose grain state lies in an embedded database of its own.</summary>
internal sealed class NoteCluster : IAsyncDisposable
{
    private readonly SqliteHarness _harness = new();
    private InProcessTestCluster? _cluster;

    private IGrainStorage Provider =>
        _cluster!.Silos[0].ServiceProvider.GetRequiredKeyedService<IGrainStorage>(NoteGrain.Storage);

    public static async Task<NoteCluster> StartAsync()
    {
        var cluster = new NoteCluster();
        await cluster.RestartAsync();
        return cluster;
    }

    public INoteGrain Grain(string key) => _cluster!.Client.GetGrain<INoteGrain>(key);

    /// <summary>Reads past the grain, as another activation would.</summary>
    public async Task<GrainState<Note>> ReadAsync(string key)
    {
        var state = new GrainState<Note>();
        await Provider.ReadStateAsync("note", Grain(key).GetGrainId(), state);
        return state;
    }

    public Task WriteAsync(string key, GrainState<Note> state, string text)
    {
        state.State = new Note { Text = text };
        return Provider.WriteStateAsync("note", Grain(key).GetGrainId(), state);
    }

    public Task ClearAsync(string key, GrainState<Note> state) => Provider.ClearStateAsync("note", Grain(key).GetGrainId(), state);

    /// <summary>A new silo and a newly opened database on the same folder.</summary>
    public async Task RestartAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();

        await _harness.OpenAsync();
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(_harness.Database);
            silo.Services.AddDomainSerialization();
            silo.AddEmbeddedGrainStorage(NoteGrain.Storage);
        });
        builder.ConfigureClient(client => client.Services.AddDomainSerialization());
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();

        await _harness.DisposeAsync();
    }
}
