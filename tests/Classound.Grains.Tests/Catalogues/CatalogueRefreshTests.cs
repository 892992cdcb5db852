using Classound.Grains.Catalogues;

namespace Classound.Grains.Tests.Catalogues;

/// <summary>How a silo's copy follows the catalogue, and what it does when a version cannot be loaded.</summary>
public sealed class CatalogueRefreshTests(CatalogueCluster cluster) : IClassFixture<CatalogueCluster>, IDisposable
{
    private DateTimeOffset Now => cluster.Clock.GetUtcNow();

    public void Dispose() => cluster.Content.OnRead = (_, bytes) => bytes;

    [Fact]
    public async Task NewCopy_IsNotReadyBeforeItsFirstRefresh()
    {
        var copy = cluster.NewCopy();
        Assert.Equal((false, false, false), (copy.Cache.IsCompleteAt(Now), copy.Cache.WasComplete, copy.Cache.Covers("ANY", Now)));

        await copy.RefreshAsync();

        Assert.Equal((true, true, true), (copy.Cache.IsCompleteAt(Now), copy.Cache.WasComplete, copy.Cache.Covers("ANY", Now)));
    }

    [Fact]
    public async Task OtherSilosChange_ComesWithTheNextRefresh()
    {
        var (here, there) = (cluster.NewCopy(), cluster.NewCopy());
        await there.RefreshAsync();

        await here.ImportAsync(CatalogueCluster.Header("SEEN", Now), CatalogueCluster.File("0.01"));

        Assert.Equal(("0.01", "none"), (here.PriceAt("SEEN", Now), there.PriceAt("SEEN", Now)));
        await there.RefreshAsync();
        Assert.Equal("0.01", there.PriceAt("SEEN", Now));
    }

    [Fact]
    public async Task UnchangedRevision_LoadsNothingAndKeepsTheSnapshot()
    {
        var copy = cluster.NewCopy();
        await copy.ImportAsync(CatalogueCluster.Header("IDLE", Now), CatalogueCluster.File("0.01"));
        var (before, reads) = (copy.Cache.Current, cluster.Content.Reads);

        await copy.RefreshAsync();

        Assert.Same(before, copy.Cache.Current);
        Assert.Equal(reads, cluster.Content.Reads);
    }

    [Fact]
    public async Task LaterRevision_ParsesOnlyWhatIsNew()
    {
        var copy = cluster.NewCopy();
        await copy.ImportAsync(CatalogueCluster.Header("ONCE", Now), CatalogueCluster.File("0.01"));
        var first = copy.Cache.Current.InForce("ONCE", Now)!;
        var reads = cluster.Content.Reads;

        await copy.ImportAsync(CatalogueCluster.Header("ONCE", Now.AddDays(1)), CatalogueCluster.File("0.0123"));

        Assert.Equal(reads + 1, cluster.Content.Reads);
        Assert.Same(first.Prefixes, copy.Cache.Current.InForce("ONCE", Now)!.Prefixes);
    }

    [Fact]
    public async Task NewVersionInForce_IsPublishedBeforeItIsLoaded_SoThatNoneIsRatedByTheOlderOne()
    {
        var (here, there) = (cluster.NewCopy(), cluster.NewCopy());
        var before = Now;
        await here.ImportAsync(CatalogueCluster.Header("FIRST_THEN_LOAD", before), CatalogueCluster.File("0.01"));
        await there.RefreshAsync();
        await here.ImportAsync(CatalogueCluster.Header("FIRST_THEN_LOAD", Now), CatalogueCluster.File("0.0222"));

        await there.Refresh.PollAsync(CancellationToken.None);

        Assert.Equal((false, true, false), (there.Cache.Covers("FIRST_THEN_LOAD", Now), there.Cache.Covers("FIRST_THEN_LOAD", before), there.Cache.IsCompleteAt(Now)));
        await there.Refresh.LoadAsync(CancellationToken.None);
        Assert.Equal("0.0222", there.PriceAt("FIRST_THEN_LOAD", Now));
    }

    [Fact]
    public async Task VersionThatCannotBeLoaded_IsNeverReplacedByAnOlderPrice()
    {
        var copy = cluster.NewCopy();
        var (now, soon) = (Now, Now.AddMinutes(59));
        await copy.ImportAsync(CatalogueCluster.Header("LOST", now), CatalogueCluster.File("0.01"));
        cluster.Content.OnRead = (_, _) => null;

        await copy.ImportAsync(CatalogueCluster.Header("LOST", soon), CatalogueCluster.File("0.0456"));

        Assert.Equal((true, false, true), (copy.Cache.IsCompleteAt(Now), copy.Cache.IsCompleteAt(soon), copy.Cache.WasComplete));
        Assert.Equal(2, Assert.Single(copy.Cache.Missing).Number);
        Assert.Equal((true, false, true), (
            copy.Cache.Covers("LOST", soon.AddTicks(-1)), copy.Cache.Covers("LOST", soon), copy.Cache.Covers("OTHER", soon)));
        Assert.Equal("0.01", copy.PriceAt("LOST", now));
    }

    [Fact]
    public async Task SiloIsReady_WithoutWhatIsDueInMoreThanAnHour()
    {
        var (here, there) = (cluster.NewCopy(), cluster.NewCopy());
        await here.RefreshAsync();
        await there.RefreshAsync();
        var at = Now.AddMinutes(65);
        await here.ImportAsync(CatalogueCluster.Header("IN_AN_HOUR", at), CatalogueCluster.File("0.0333"));
        cluster.Content.OnRead = (_, _) => null;
        await there.RefreshAsync();
        Assert.DoesNotContain(there.Cache.Missing, list => list.Type == "IN_AN_HOUR");

        cluster.Clock.Advance(TimeSpan.FromMinutes(6));
        await there.RefreshAsync();

        Assert.Contains(there.Cache.Missing, list => list.Type == "IN_AN_HOUR");
    }

    [Fact]
    public async Task VersionThatCouldNotBeLoaded_IsTriedAgainAfterAPause()
    {
        var copy = cluster.NewCopy();
        cluster.Content.OnRead = (_, _) => throw new Storage.StoreUnavailableException("broken by the test");
        await copy.ImportAsync(CatalogueCluster.Header("AGAIN", Now), CatalogueCluster.File("0.0789"));
        Assert.False(copy.Cache.Covers("AGAIN", Now));
        cluster.Content.OnRead = (_, bytes) => bytes;

        await copy.RefreshAsync();
        Assert.False(copy.Cache.IsCompleteAt(Now));
        cluster.Clock.Advance(new CatalogueRefreshOptions().RetryPause);
        await copy.RefreshAsync();

        Assert.True(copy.Cache.IsCompleteAt(Now));
        Assert.Equal("0.0789", copy.PriceAt("AGAIN", Now));
    }

    [Fact]
    public async Task DamagedContent_IsNotLoaded()
    {
        var copy = cluster.NewCopy();
        cluster.Content.OnRead = (_, _) => "kind,prefix\n"u8.ToArray();

        await copy.ImportAsync(CatalogueCluster.Header("DAMAGED", Now), CatalogueCluster.File("0.0999"));

        Assert.Contains(copy.Cache.Missing, list => list.Type == "DAMAGED");
        Assert.False(copy.Cache.Covers("DAMAGED", Now));
        Assert.Throws<InvalidOperationException>(() => copy.Cache.Current.InForce("DAMAGED", Now));
    }

    [Fact]
    public async Task ConcurrentImportsAndRefreshes_EndWithEverything()
    {
        var copies = Enumerable.Range(0, 4).Select(_ => cluster.NewCopy()).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => copies[i % 4].ImportAsync(
            CatalogueCluster.Header("BUSY", Now.AddMinutes(i)), CatalogueCluster.File($"0.{100 + i}"))));

        foreach (var copy in copies)
        {
            await copy.RefreshAsync();
            Assert.Equal(Enumerable.Range(1, 20), copy.Cache.Metadata.PriceLists.Where(list => list.Type == "BUSY").Select(list => list.Number));
            Assert.Equal(20, copy.Cache.Current.Lists.Count(list => list.Type == "BUSY"));
        }
    }
}
