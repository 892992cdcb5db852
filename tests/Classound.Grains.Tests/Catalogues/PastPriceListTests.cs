using Classound.Grains.Catalogues;
using Classound.Grains.Pbxs;
using Classound.Storage;

namespace Classound.Grains.Tests.Catalogues;

/// <summary>What leaves memory, and how it comes back for questions about the past.</summary>
public sealed class PastPriceListTests(CatalogueCluster cluster) : IClassFixture<CatalogueCluster>, IDisposable
{
    private DateTimeOffset Now => cluster.Clock.GetUtcNow();

    public void Dispose() => cluster.Content.OnRead = (_, bytes) => bytes;

    [Fact]
    public async Task SupersededVersion_StaysForLateCalls_ThenLeaves_AndComesBackWhenAskedFor()
    {
        var copy = cluster.NewCopy();
        var at = await Superseded(copy, "LEAVES");
        cluster.Clock.Advance(TimeSpan.FromDays(36));
        await copy.RefreshAsync();
        Assert.Equal("0.01", copy.PriceAt("LEAVES", at));

        cluster.Clock.Advance(TimeSpan.FromDays(5));
        await copy.RefreshAsync();

        Assert.Equal((false, true, true), (copy.Cache.Covers("LEAVES", at), copy.Cache.Covers("LEAVES", Now), copy.Cache.IsCompleteAt(Now)));
        await copy.Past.BringAsync("LEAVES", at, CancellationToken.None);
        Assert.Equal(("0.01", "0.02"), (copy.PriceAt("LEAVES", at), copy.PriceAt("LEAVES", Now)));
    }

    [Fact]
    public async Task VersionsBroughtBack_AreFourAtMost()
    {
        var copy = cluster.NewCopy();
        var times = new List<DateTimeOffset>();
        for (var i = 0; i < 5; i++) times.Add(await Superseded(copy, $"FOUR_{i}"));
        cluster.Clock.Advance(TimeSpan.FromDays(41));
        await copy.RefreshAsync();

        for (var i = 0; i < 5; i++) await copy.Past.BringAsync($"FOUR_{i}", times[i], CancellationToken.None);

        Assert.Equal([false, true, true, true, true], Enumerable.Range(0, 5).Select(i => copy.Cache.Covers($"FOUR_{i}", times[i])));
        // A later publication keeps them.
        await copy.Client.CreatePlanAsync(CatalogueCluster.Plan("FOUR", "2026-01-01"), CancellationToken.None);
        Assert.True(copy.Cache.Covers("FOUR_4", times[4]));
    }

    [Fact]
    public async Task StoreThatDoesNotAnswer_IsUnavailable_AndDamageIsNeverAnOlderPrice()
    {
        var copy = cluster.NewCopy();
        var at = await Superseded(copy, "NO_ANSWER");
        cluster.Clock.Advance(TimeSpan.FromDays(41));
        await copy.RefreshAsync();

        cluster.Content.OnRead = (_, _) => throw new StoreUnavailableException("broken by the test");
        await Assert.ThrowsAsync<ChargingUnavailableException>(() => copy.Past.BringAsync("NO_ANSWER", at, CancellationToken.None));
        cluster.Content.OnRead = (_, _) => "damaged"u8.ToArray();
        await copy.Past.BringAsync("NO_ANSWER", at, CancellationToken.None);
        Assert.False(copy.Cache.Covers("NO_ANSWER", at));
    }

    [Fact]
    public async Task TwoWhoAskForTheSameContent_WaitForOneLoading()
    {
        var copy = cluster.NewCopy();
        var draft = (await copy.Client.ImportAsync(
            CatalogueCluster.Header("TWICE").Header, [new DatedContent(null, CatalogueCluster.File("0.0711"))], CancellationToken.None)).PriceList!;
        var reads = cluster.Content.Reads;
        using var both = new ManualResetEventSlim();
        cluster.Content.OnRead = (_, bytes) =>
        {
            both.Wait();
            return bytes;
        };

        var (first, second) = (copy.Loader.LoadAsync(draft, CancellationToken.None), copy.Loader.LoadAsync(draft, CancellationToken.None));
        both.Set();

        Assert.Same((await first).Prefixes, (await second).Prefixes);
        Assert.Equal(reads + 1, cluster.Content.Reads);
    }

    [Fact]
    public async Task WhatCallsNeed_DoesNotWaitBehindAQuestionAboutThePast()
    {
        var copy = cluster.NewCopy();
        var draft = (await copy.Client.ImportAsync(
            CatalogueCluster.Header("ASKED").Header, [new DatedContent(null, CatalogueCluster.File("0.0712"))], CancellationToken.None)).PriceList!;
        using var answer = new ManualResetEventSlim();
        cluster.Content.OnRead = (content, bytes) =>
        {
            if (content == draft.ContentSha256) answer.Wait();
            return bytes;
        };
        var asked = copy.Loader.LoadAsync(draft, CancellationToken.None);
        var needed = (await copy.Client.ImportAsync(
            CatalogueCluster.Header("NEEDED").Header, [new DatedContent(Now.AddDays(1), CatalogueCluster.File("0.0713"))], CancellationToken.None)).PriceList!;

        await copy.Loader.KeepAsync(needed.ContentSha256, CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.False(asked.IsCompleted);
        answer.Set();
        await asked;
    }

    /// <summary>A list whose first version, at 0.01, is superseded now, by one at 0.02.</summary>
    /// <returns>A time at which the first was in force.</returns>
    private async Task<DateTimeOffset> Superseded(CatalogueCopy copy, string type)
    {
        var at = Now;
        await copy.ImportAsync(CatalogueCluster.Header(type, at), CatalogueCluster.File("0.01"));
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await copy.ImportAsync(CatalogueCluster.Header(type, Now), CatalogueCluster.File("0.02"));
        return at;
    }
}
