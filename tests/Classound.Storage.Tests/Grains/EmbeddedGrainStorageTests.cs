using Orleans.Storage;

namespace Classound.Storage.Tests.Grains;

public sealed class EmbeddedGrainStorageTests
{
    [Fact]
    public async Task Written_state_IsReadByTheNextActivationAndTheNextProcess()
    {
        await using var cluster = await NoteCluster.StartAsync();
        Assert.Equal("nothing yet (False)", await cluster.Grain("a/b").GetAsync());
        await cluster.Grain("a/b").SetAsync("first");
        await cluster.Grain("a/b").LeaveAsync();
        Assert.Equal("first (True)", await cluster.Grain("a/b").GetAsync());
        await cluster.Grain("a/b").SetAsync("second");

        await cluster.RestartAsync();

        Assert.Equal("second (True)", await cluster.Grain("a/b").GetAsync());
        Assert.Equal("nothing yet (False)", await cluster.Grain("a").GetAsync());
    }

    [Fact]
    public async Task Cleared_state_IsAbsentAndCanBeWrittenAgain()
    {
        await using var cluster = await NoteCluster.StartAsync();
        var grain = cluster.Grain("x");
        await grain.SetAsync("first");

        await grain.ClearAsync();
        Assert.Equal("nothing yet (False)", await grain.GetAsync());
        await grain.LeaveAsync();
        Assert.Equal("nothing yet (False)", await grain.GetAsync());
        await grain.SetAsync("again");
        await grain.LeaveAsync();

        Assert.Equal("again (True)", await grain.GetAsync());
    }

    [Fact]
    public async Task Writer_that_is_behind_IsRefusedAndChangesNothing()
    {
        await using var cluster = await NoteCluster.StartAsync();
        var (one, two) = (await cluster.ReadAsync("x"), await cluster.ReadAsync("x"));
        await cluster.WriteAsync("x", one, "one");

        var refusal = await Assert.ThrowsAsync<InconsistentStateException>(() => cluster.WriteAsync("x", two, "two"));

        Assert.Equal(("1", "none"), (refusal.StoredEtag, refusal.CurrentEtag));
        await Assert.ThrowsAsync<InconsistentStateException>(() => cluster.ClearAsync("x", two));
        Assert.Equal("one", (await cluster.ReadAsync("x")).State!.Text);
    }

    [Fact]
    public async Task Writer_of_an_earlier_life_IsRefusedAfterTheStateWasCleared()
    {
        await using var cluster = await NoteCluster.StartAsync();
        var old = await cluster.ReadAsync("x");
        await cluster.WriteAsync("x", old, "first life");
        var young = await cluster.ReadAsync("x");
        await cluster.ClearAsync("x", young);
        await cluster.WriteAsync("x", young, "second life");

        // If the tag began at 1 again, the old writer's tag would soon fit.
        await Assert.ThrowsAsync<InconsistentStateException>(() => cluster.WriteAsync("x", old, "late"));

        Assert.Equal(("second life", "3"), ((await cluster.ReadAsync("x")).State!.Text, young.ETag));
    }

    [Fact]
    public async Task Activation_that_is_refused_EndsAndTheNextReadsWhatIsTrue()
    {
        await using var cluster = await NoteCluster.StartAsync();
        await cluster.Grain("x").SetAsync("mine");
        await cluster.WriteAsync("x", await cluster.ReadAsync("x"), "theirs");

        await Assert.ThrowsAsync<InconsistentStateException>(() => cluster.Grain("x").SetAsync("mine again"));

        Assert.Equal("theirs (True)", await cluster.Grain("x").GetAsync());
    }
}
