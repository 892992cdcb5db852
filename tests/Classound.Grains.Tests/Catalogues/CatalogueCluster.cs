using System.Collections.Immutable;
using Classound.Charging.Allowances;
using Classound.Charging.Rating;
using Classound.Grains.Catalogues;
using Classound.Grains.Catalogues.Directory;
using Classound.Grains.Serialization;
using Classound.Grains.Tests.Pbxs;
using Classound.PriceLists;
using Classound.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Core.Internal;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Classound.Grains.Tests.Catalogues;

/// <summary>One in-process silo with breakable grain state; each test makes the copy of the catalogue that it looks at.</summary>
public sealed class CatalogueCluster : IAsyncLifetime
{
    private InProcessTestCluster _cluster = null!;

    public OffsetClock Clock { get; } = new();

    internal ContentStore Content { get; } = new();

    internal BreakableGrainStorage GrainState { get; private set; } = null!;

    public IGrainFactory Grains => _cluster.Client;

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(Clock);
            silo.Services.AddDomainSerialization();
            silo.Services.AddKeyedSingleton<IGrainStorage>(
                GrainStorageNames.Classound,
                (services, _) => GrainState = new BreakableGrainStorage(services.GetRequiredService<IGrainStorageSerializer>()));
        });
        builder.ConfigureClient(client => client.Services.AddDomainSerialization());
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        await Catalogue.GetMetadata(-1);
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    public ICatalogueGrain Catalogue => Grains.GetGrain<ICatalogueGrain>(ICatalogueGrain.Key);

    /// <summary>The next call finds a new activation, which has read the stored state.</summary>
    public static async Task Deactivate(IAddressable grain) => await grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle();

    /// <summary>What a silo has: a cache and all that fills it. Nothing polls; a test refreshes.</summary>
    /// <param name="activationWait">How long its activations wait for other copies, which nobody refreshes meanwhile.</param>
    internal CatalogueCopy NewCopy(TimeSpan activationWait = default) => new(this, activationWait);

    public static PlanVersion Plan(string code, string from, int minutes = 3000, string currency = "EUR") => new(
        code, DateOnly.ParseExact(from, "yyyy-MM-dd"), PlanTerm.Month, minutes, AllowanceSharing.Pooled, currency,
        [new UserBand(5, new Amount(9_900_000_000)), new UserBand(int.MaxValue, new Amount(8_500_000_001))]);

    /// <summary>A small list whose Italian price tells it from others.</summary>
    public static PriceListContent File(string pricePerMinute) => new(
        new Dictionary<CallArea, Tariff> { [CallArea.Area1] = Tariff.Create(Amount.Zero, 0, [new TariffStep(0, Money(pricePerMinute), 60, 60)]) },
        [new PriceListEntry("39", "IT", "Italy", CallArea.Area1, null, false)]);

    public static PlanOffer Offer(string code, int minutes) => new(
        code, PlanTerm.Month, AllowanceSharing.Pooled, minutes, [new UserBand(int.MaxValue, new Amount(9_900_000_000))]);

    private static Amount Money(string text) => Amount.TryParse(text, out var amount) ? amount : throw new FormatException(text);

    public static ListImport Header(string type, DateTimeOffset? effectiveAt = null, string currency = "EUR", string zone = "Europe/Rome") =>
        new(new PriceListHeader(type, currency, zone, 4, AllowOtherIncrements: false), effectiveAt);
}

/// <summary>An import of one part, without its content.</summary>
public sealed record ListImport(PriceListHeader Header, DateTimeOffset? EffectiveAt);

/// <summary>One silo's copy of the catalogue, with the client that changes it.</summary>
internal sealed class CatalogueCopy
{
    public CatalogueCopy(CatalogueCluster cluster, TimeSpan activationWait)
    {
        var options = Options.Create(new CatalogueRefreshOptions { ActivationWait = activationWait });
        Loader = new PriceListLoader(cluster.Content);
        Past = new PastPriceLists(Cache, Loader, NullLogger<PastPriceLists>.Instance);
        Refresh = new CatalogueRefresh(
            cluster.Grains, Loader, Cache, cluster.Clock, options, NullLogger<CatalogueRefresh>.Instance);
        Client = new CatalogueClient(
            cluster.Grains, cluster.Content, Past, Refresh, cluster.Clock, options, NullLogger<CatalogueClient>.Instance);
    }

    public CatalogueCache Cache { get; } = new();

    public PriceListLoader Loader { get; }

    public CatalogueRefresh Refresh { get; }

    public CatalogueClient Client { get; }

    public PastPriceLists Past { get; }

    /// <summary>Imports, and loads what that brings.</summary>
    public Task<PriceListReply> ImportAsync(ListImport import, PriceListContent content) =>
        ImportAsync(import.Header, [new DatedContent(import.EffectiveAt, content)]);

    /// <inheritdoc cref="ImportAsync(ListImport, PriceListContent)"/>
    public async Task<PriceListReply> ImportAsync(PriceListHeader header, IReadOnlyList<DatedContent> parts)
    {
        var reply = await Client.ImportAsync(header, parts, CancellationToken.None);
        await RefreshAsync();
        return reply;
    }

    public async Task<PriceListReply> ActivateAsync(string type, int number, DateTimeOffset at)
    {
        var reply = await Client.ActivateAsync(type, number, at, CancellationToken.None);
        await RefreshAsync();
        return reply;
    }

    public Task RefreshAsync() => Refresh.RefreshAsync(CancellationToken.None);

    /// <summary>Price per minute of the version in force, from the cache.</summary>
    public string PriceAt(string type, DateTimeOffset at) =>
        Cache.Current.InForce(type, at) is { } list ? list.AreaTariffs[CallArea.Area1].HighestPricePerMinute.ToString() : "none";
}
