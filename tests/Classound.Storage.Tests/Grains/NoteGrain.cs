using Orleans;
using Orleans.Runtime;

namespace Classound.Storage.Tests.Grains;

[GenerateSerializer]
public sealed class Note
{
    [Id(0)]
    public string Text { get; set; } = "nothing yet";
}

public interface INoteGrain : IGrainWithStringKey
{
    Task<string> GetAsync();

    Task SetAsync(string text);

    Task ClearAsync();

    Task LeaveAsync();
}

/// <summary>A grain with stored state, as the slow-moving grains of the product are.</summary>
public sealed class NoteGrain([PersistentState("note", NoteGrain.Storage)] IPersistentState<Note> note) : Grain, INoteGrain
{
    public const string Storage = "embedded";

    public Task<string> GetAsync() => Task.FromResult($"{note.State.Text} ({note.RecordExists})");

    public Task SetAsync(string text)
    {
        note.State.Text = text;
        return note.WriteStateAsync();
    }

    public Task ClearAsync() => note.ClearStateAsync();

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
