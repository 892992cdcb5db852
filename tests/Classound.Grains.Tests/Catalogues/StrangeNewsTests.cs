using System.Collections.Concurrent;
using Classound.Grains.Catalogues;
using Classound.Grains.Catalogues.Directory;
using Classound.Grains.Tests.Pbxs;
using Classound.PriceLists;
using Classound.PriceLists.Stored;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Classound.Grains.Tests.Catalogues;

/// <summary>A silo's copy of the catalogue when the grain says what it should not, or nothing.</summary>
public sealed class StrangeNewsTests
{
    private readonly OffsetClock _clock = new();
    private ContentStore Store { get; } = new();
    private readonly CatalogueCache _cache = new();
    private readonly CatalogueRefreshOptions _options = new() { PollInterval = TimeSpan.FromMilliseconds(1), RetryPause = TimeSpan.Zero };

    private DateTimeOffset Now => _clock.GetUtcNow();

    [Fact]
    public async Task OlderRevision_IsIgnored_AndProvesNothing()
    {
        await Put("a");
        var revision = 5;
        var refresh = Refresh(() => News(revision, List("a", revision)));
        await refresh.RefreshAsync(default);
        Assert.NotNull(_cache.ForPrice("END_USER", "", Now, _clock));

        revision = 4;
        _clock.Advance(FollowerTimes.MaxAge);
        await refresh.RefreshAsync(default);

        Assert.Equal((5, 5), ((int)_cache.Metadata.Revision, _cache.Current.InForce("END_USER", Now)!.Number));
        Assert.Null(_cache.ForPrice("END_USER", "", Now, _clock));
        revision = 6;
        await refresh.RefreshAsync(default);
        Assert.Equal(6, _cache.ForPrice("END_USER", "", Now, _clock)!.InForce("END_USER", Now)!.Number);
    }

    [Fact]
    public async Task VersionThatThisHostCannotMake_IsMissing_AndNothingElse()
    {
        await Put("a");
        var lists = new List<PriceListRecord> { List("a", 1), List("a", 1) with { Type = "OTHER" } };
        var refresh = Refresh(() => News(lists.Count, [.. lists]));
        await refresh.RefreshAsync(default);
        _clock.Advance(TimeSpan.FromSeconds(1));

        lists.Add(List("a", 2) with { TimeZoneId = "Nowhere/At_All" });
        await refresh.RefreshAsync(default);

        Assert.Equal(("END_USER", 2), Assert.Single(_cache.Missing) is var missing ? (missing.Type, missing.Number) : default);
        Assert.Null(_cache.ForPrice("END_USER", "", Now, _clock));
        Assert.NotNull(_cache.ForPrice("OTHER", "", Now, _clock));
    }

    [Fact]
    public async Task Contents_AreLoadedInTheOrderOfTheirNeed()
    {
        var read = new ConcurrentQueue<string>();
        Store.OnRead = (content, _) =>
        {
            read.Enqueue(content);
            return null;
        };
        var refresh = Refresh(() => News(
            1, List("in-force", 1), List("in-an-hour", 2) with { EffectiveAt = Now.AddMinutes(59) }, List("draft", 3) with { EffectiveAt = null, ImportedAt = Now })
            with
        { Announced = ["announced"] });
        _options.RetryPause = TimeSpan.FromHours(1);

        await refresh.RefreshAsync(default);

        Assert.Equal(["in-force", "announced", "in-an-hour", "draft"], read);
    }

    [Fact]
    public async Task LoadingGoesOn_WhilePollsFail()
    {
        await Put("a");
        // Longer than a loading, which ends meanwhile: it must be begun again.
        _options.RetryPause = TimeSpan.FromMilliseconds(50);
        var polls = 0;
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Store.OnRead = (_, bytes) =>
        {
            // The store comes back when the catalogue is gone.
            if (Volatile.Read(ref polls) < 3) throw new Storage.StoreUnavailableException("broken by the test");
            loaded.TrySetResult();
            return bytes;
        };
        var grains = StubCatalogue.Saying(() => Interlocked.Increment(ref polls) == 1 ? News(1, List("a", 1)) : throw new TimeoutException("broken by the test"));
        var host = new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance);
        host.NotifyStarted();
        using var refresh = Refresh(grains);
        using var follower = new CatalogueFollower(
            refresh, new PbxDirectory(grains), host, _clock, Options.Create(_options), NullLogger<CatalogueFollower>.Instance);

        await follower.StartAsync(default);

        await loaded.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await follower.StopAsync(default);
    }

    private static CatalogueNews News(long revision, params PriceListRecord[] lists) => new(new CatalogueMetadata(revision, lists, []), []);

    private PriceListRecord List(string content, int number) => new()
    {
        Type = "END_USER", Number = number, Currency = "EUR", TimeZoneId = "Europe/Rome", Decimals = 4, ContentSha256 = content,
        EffectiveAt = Now, ImportedAt = Now,
    };

    private Task Put(string content) => Store.PutContentAsync(content, PriceListStore.Write(CatalogueCluster.File("0.01")), default);

    private CatalogueRefresh Refresh(Func<CatalogueNews> news) => Refresh(StubCatalogue.Saying(news));

    private CatalogueRefresh Refresh(IGrainFactory grains) => new(
        grains, new PriceListLoader(Store), _cache, _clock, Options.Create(_options), NullLogger<CatalogueRefresh>.Instance);
}
