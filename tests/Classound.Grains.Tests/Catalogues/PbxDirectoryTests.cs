using Classound.Grains.Catalogues.Directory;
using Classound.Grains.Pbxs;

namespace Classound.Grains.Tests.Catalogues;

public sealed class PbxDirectoryTests(CatalogueCluster cluster) : IClassFixture<CatalogueCluster>, IDisposable
{
    private readonly PbxDirectory _here = new(cluster.Grains);
    private readonly PbxDirectory _there = new(cluster.Grains);

    public void Dispose() => cluster.GrainState.BeforeWrite = _ => { };

    [Fact]
    public async Task RegisteredPbx_IsKnownHereAtOnceAndElsewhereAfterARefresh()
    {
        await _here.RegisterAsync("acme-milan", "IT");

        Assert.Equal(("IT", null), (_here.CountryOf("acme-milan"), _there.CountryOf("acme-milan")));
        await _there.RefreshAsync();
        Assert.Equal("IT", _there.CountryOf("acme-milan"));
    }

    [Fact]
    public async Task ManyPbxs_AreAllReplicated()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => _here.RegisterAsync($"many-{i}", i % 2 == 0 ? "IT" : "US")));

        await _there.RefreshAsync();

        Assert.All(Enumerable.Range(0, 200), i => Assert.Equal(i % 2 == 0 ? "IT" : "US", _there.CountryOf($"many-{i}")));
    }

    [Fact]
    public async Task MovedPbx_HasItsNewCountryEverywhere()
    {
        await _here.RegisterAsync("mover", "IT");
        await _there.RefreshAsync();

        await _here.RegisterAsync("mover", "FR");
        await _there.RefreshAsync();

        Assert.Equal(("FR", "FR"), (_here.CountryOf("mover"), _there.CountryOf("mover")));
    }

    [Fact]
    public async Task SameRegistrationAgain_WritesNothing()
    {
        await _here.RegisterAsync("twice", "IT");
        var writes = cluster.GrainState.Writes;

        await _here.RegisterAsync("twice", "IT");
        await new PbxDirectory(cluster.Grains).RegisterAsync("twice", "IT");

        Assert.Equal(writes, cluster.GrainState.Writes);
    }

    [Fact]
    public async Task FailedWrite_IsUnavailableAndNotKnownHere()
    {
        cluster.GrainState.BeforeWrite = _ => throw new InvalidOperationException("broken by the test");

        await Assert.ThrowsAsync<ChargingUnavailableException>(() => _here.RegisterAsync("unlucky", "IT"));

        Assert.Null(_here.CountryOf("unlucky"));
        cluster.GrainState.BeforeWrite = _ => { };
        await _here.RegisterAsync("unlucky", "IT");
        Assert.Equal("IT", _here.CountryOf("unlucky"));
    }
}
