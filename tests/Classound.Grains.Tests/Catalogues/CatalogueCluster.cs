using System.Collections.Immutable;
using System.Text;
using Classound.Charging.Allowances;
using Classound.Charging.Rating;
using Classound.Grains.Catalogues;
using Classound.Grains.Catalogues.Directory;
using Classound.Grains.Serialization;
using Classound.Grains.Tests.Pbxs;
using Classound.PriceLists.Tests;
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
    internal CatalogueCopy NewCopy() => new(this);

    public static PlanVersion Plan(string code, string from, int minutes = 3000, string currency = "EUR") => new(
        code, DateOnly.ParseExact(from, "yyyy-MM-dd"), PlanTerm.Month, minutes, AllowanceSharing.Pooled, currency,
        [new UserBand(5, new Amount(9_900_000_000)), new UserBand(int.MaxValue, new Amount(8_500_000_001))]);

    /// <summary>A small file whose Italian price tells it from others.</summary>
    public static byte[] File(string pricePerMinute) =>
        Encoding.UTF8.GetBytes($"{PriceListText.Header}area,,,,1,,,{pricePerMinute}/60+60,\n{PriceListText.Italy}");

    public static PriceListHeader Header(string type, DateTimeOffset? effectiveAt = null, string currency = "EUR", string zone = "Europe/Rome") =>
        new(type, currency, zone, 4, effectiveAt, AllowOtherIncrements: false);
}

/// <summary>One silo's copy of the catalogue, with the client that changes it.</summary>
internal sealed class CatalogueCopy
{
    public CatalogueCopy(CatalogueCluster cluster)
    {
        Loader = new PriceListLoader(cluster.Content);
        Refresh = new CatalogueRefresh(
            cluster.Grains, Loader, Cache, cluster.Clock, Options.Create(new CatalogueRefreshOptions()), NullLogger<CatalogueRefresh>.Instance);
        Client = new CatalogueClient(cluster.Grains, cluster.Content, Loader, Refresh, NullLogger<CatalogueClient>.Instance);
    }

    public CatalogueCache Cache { get; } = new();

    public PriceListLoader Loader { get; }

    public CatalogueRefresh Refresh { get; }

    public CatalogueClient Client { get; }

    public async Task<PriceListReply> ImportAsync(PriceListHeader header, byte[] file)
    {
        var result = await Client.ImportAsync(header, file, validateOnly: false, CancellationToken.None);
        Assert.Empty(result.File.Errors);
        return result.Reply!;
    }

    public Task RefreshAsync() => Refresh.RefreshAsync(CancellationToken.None);

    /// <summary>Price per minute of the version in force, from the cache.</summary>
    public string PriceAt(string type, DateTimeOffset at) =>
        Cache.Current.InForce(type, at) is { } list ? list.AreaTariffs[CallArea.Area1].HighestPricePerMinute.ToString() : "none";
}
