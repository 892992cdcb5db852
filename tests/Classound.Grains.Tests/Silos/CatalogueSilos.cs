using System.Collections.Concurrent;
using Classound.Charging;
using Classound.Charging.Calls;
using Classound.Grains.Catalogues;
using Classound.Grains.Pbxs;
using Classound.Grains.Serialization;
using Classound.Grains.Tests.Catalogues;
using Classound.Grains.Tests.Pbxs;
using Classound.PriceLists;
using Classound.Storage;
using Classound.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Classound.Grains.Tests.Silos;

/// <summary>Two silos on one store and one clock, each with its own copy of the catalogue. Nothing polls; a test does.</summary>
public sealed class CatalogueSilos : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("classound-catalogue-").FullName;
    // Both silos are set up at the same time, each on a thread of its own.
    private readonly ConcurrentDictionary<string, HookedStore> _stores = new();
    private readonly Lock _stateLock = new();
    private InProcessTestCluster _cluster = null!;
    private BreakableGrainStorage? _state;

    public OffsetClock Clock { get; } = new();

    public CatalogueRefreshOptions Options { get; } = new() { ActivationWait = TimeSpan.FromMinutes(5) };

    private HookedStore Store { get; set; } = null!;

    public DateTimeOffset Now => Clock.GetUtcNow();

    internal Silo First { get; private set; } = null!;

    internal Silo Second { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Store = new HookedStore(new SqliteLedgerStore(SqliteDatabase.Open(new SqliteDatabaseOptions { Folder = _folder }), Clock));
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((options, silo) =>
        {
            var store = _stores[options.SiloName] = new HookedStore(Store);
            silo.Services.AddSingleton<ILedgerStore>(store);
            silo.Services.AddSingleton<TimeProvider>(Clock);
            silo.Services.AddSingleton<CatalogueCache>();
            silo.Services.AddSingleton<PriceListLoader>();
            silo.Services.AddSingleton<PastPriceLists>();
            silo.Services.AddSingleton<CatalogueRefresh>();
            silo.Services.AddSingleton<CatalogueClient>();
            silo.Services.AddSingleton(Microsoft.Extensions.Options.Options.Create(Options));
            silo.Services.AddPbxGrains();
            silo.Services.AddKeyedSingleton<IGrainStorage>(
                GrainStorageNames.Classound, (services, _) => State(services.GetRequiredService<IGrainStorageSerializer>()));
        });
        builder.ConfigureClient(client => client.Services.AddDomainSerialization());
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        var silos = _cluster.GetActiveSilos().Select(handle => new Silo(
            handle.SiloAddress, _cluster.GetSiloServiceProvider(handle.SiloAddress), _stores[handle.Name])).ToArray();
        (First, Second) = (silos[0], silos[1]);
        await First.Client.CreatePlanAsync(CatalogueCluster.Plan("FLAT", "2015-01-01"), CancellationToken.None);
        // Who follows is known from here on.
        Clock.Advance(TimeSpan.FromSeconds(2));
        await RefreshAsync();
    }

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await Store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The state of grains, one for both silos, made by whichever asks first.</summary>
    private BreakableGrainStorage State(IGrainStorageSerializer serializer)
    {
        lock (_stateLock) return _state ??= new BreakableGrainStorage(serializer);
    }

    public async Task RefreshAsync()
    {
        await First.RefreshAsync();
        await Second.RefreshAsync();
    }

    /// <summary>An import on the first silo, while both do what they do twice a second.</summary>
    public async Task<PriceListRecord> ImportAsync(string type, DateTimeOffset? at, string price)
    {
        var import = First.Client.ImportAsync(
            CatalogueCluster.Header(type).Header, [new DatedContent(at, CatalogueCluster.File(price))], CancellationToken.None);
        while (!import.IsCompleted) await RefreshAsync();
        // Once more: the second silo may not have asked since.
        await RefreshAsync();
        return Assert.Single((await import).PriceLists);
    }

    /// <summary>A PBX of a list type, with its DID, whose grain is on a silo.</summary>
    internal static async Task<string> NewPbx(Silo home, string id, string listType)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, home.Address);
        var pbx = home.Grains.GetGrain<IPbxGrain>(id);
        var settings = new PbxSettings
        {
            Id = id, Country = "IT", TimeZoneId = "Europe/Rome", Currency = "EUR", PriceListType = listType, PlanCode = "FLAT",
            ActiveFrom = new DateOnly(2018, 1, 1), Licences = new UserLicences(4, 0, 0, 0),
        };
        Assert.Equal(ProvisioningRefusal.None, (await pbx.Provision(settings)).Refusal);
        await pbx.AddDid(new Did(PbxCluster.Number("+39061234567"), DidKind.Hosted, true));
        return id;
    }
}

/// <summary>One of the silos, and what is on it.</summary>
internal sealed class Silo(SiloAddress address, IServiceProvider services, HookedStore store)
{
    public SiloAddress Address { get; } = address;

    public IGrainFactory Grains { get; } = services.GetRequiredService<IGrainFactory>();

    public CatalogueCache Cache { get; } = services.GetRequiredService<CatalogueCache>();

    public CatalogueRefresh Refresh { get; } = services.GetRequiredService<CatalogueRefresh>();

    public CatalogueClient Client { get; } = services.GetRequiredService<CatalogueClient>();

    public HookedStore Store { get; } = store;

    public Task RefreshAsync() => Refresh.RefreshAsync(CancellationToken.None);

    public Task PollAsync() => Refresh.PollAsync(CancellationToken.None);

    /// <summary>An import for now on this silo, while no other does anything.</summary>
    public async Task ImportAloneAsync(string type, string price)
    {
        var at = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await Client.ImportAsync(CatalogueCluster.Header(type).Header, [new DatedContent(at, CatalogueCluster.File(price))], CancellationToken.None);
        await RefreshAsync();
    }

    public Task<CallAnswer> Authorize(string pbx, string callId, DateTimeOffset? occurredAt = null) =>
        Grains.GetGrain<IPbxGrain>(pbx).Authorize(PbxCluster.Call(callId) with { OccurredAt = occurredAt });

    /// <summary>Number of the version by which a new call is priced.</summary>
    public async Task<(string Type, int Number)> PricedBy(string pbx, string callId, DateTimeOffset? occurredAt = null)
    {
        var pricing = (await Authorize(pbx, callId, occurredAt)).Grant!.Pricing!;
        return (pricing.ListType, pricing.ListNumber);
    }
}
