using Classound.Charging;
using Classound.Charging.Numbering;
using Classound.Grains.Catalogues;
using Classound.Grains.Dids;
using Classound.Grains.Pbxs;
using Classound.Grains.Serialization;
using Classound.Grains.Tests.Pbxs;
using Classound.Storage;
using Classound.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Classound.Grains.Tests.Dids;

/// <summary>Real PBX grains on a real ledger, number grains on breakable state, and a driver that can be stopped between any two steps.</summary>
public sealed class DidCluster : IAsyncLifetime, IIncomingGrainCallFilter
{
    private readonly string _folder = Directory.CreateTempSubdirectory("classound-dids-").FullName;
    private InProcessTestCluster _cluster = null!;
    private readonly Stack<IAsyncDisposable> _opened = [];
    private int _ids;
    private long _steps;

    public OffsetClock Clock { get; } = new();

    public IGrainFactory Grains => _cluster.Client;

    public DidOwnership Ownership { get; private set; } = null!;

    public DidSweep Sweep { get; private set; } = null!;

    public DidOperations Operations { get; private set; } = null!;

    /// <summary>
    /// The driver "crashes" at this step of the protocol, counted from 1 over all grain calls that change something; 0 = never. Even: the
    /// call was made and its answer is lost; odd: it was never made.
    /// </summary>
    public int CrashAt { get; set; }

    public void ForgetSteps() => Interlocked.Exchange(ref _steps, 0);

    public long Steps => Interlocked.Read(ref _steps);

    public async Task InitializeAsync()
    {
        var database = SqliteDatabase.Open(new SqliteDatabaseOptions { Folder = _folder });
        var store = new SqliteLedgerStore(database, Clock);
        _opened.Push(database);
        _opened.Push(store);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<ILedgerStore>(store);
            silo.Services.AddSingleton<TimeProvider>(Clock);
            silo.Services.AddSingleton<CatalogueCache>();
            silo.Services.AddSingleton<PriceListLoader>();
            silo.Services.AddSingleton<PastPriceLists>();
            silo.Services.AddSingleton<CallLog>();
            silo.Services.AddSingleton<KnownVersions>();
            silo.Services.AddHostedService(provider => provider.GetRequiredService<CallLog>());
            silo.Services.AddDomainSerialization();
            silo.Services.AddSingleton<IIncomingGrainCallFilter>(this);
            silo.Services.AddKeyedSingleton<IGrainStorage>(
                GrainStorageNames.Classound, (services, _) => new BreakableGrainStorage(services.GetRequiredService<IGrainStorageSerializer>()));
        });
        builder.ConfigureClient(client => client.Services.AddDomainSerialization());
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        _cluster.GetSiloServiceProvider().GetRequiredService<CatalogueCache>().Swap(Catalogue.Empty);
        Operations = new DidOperations(Grains);
        Ownership = new DidOwnership(Grains, Operations, Clock, () => $"op-{Interlocked.Increment(ref _ids)}", NullLogger<DidOwnership>.Instance);
        Sweep = new DidSweep(Grains, Operations, Clock, NullLogger<DidSweep>.Instance);
    }

    public async Task DisposeAsync()
    {
        Sweep.Dispose();
        await _cluster.DisposeAsync();
        foreach (var opened in _opened) await opened.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        var changes = context.InterfaceMethod.Name is "Begin" or "End" or "Claim" or "BeginRelease" or "Finish" or "AddDid" or "VerifyDid" or "RemoveDid";
        if (changes && Interlocked.Increment(ref _steps) * 2 - 1 == CrashAt) throw new ChargingUnavailableException("crashed before the step");
        await context.Invoke();
        if (changes && Interlocked.Read(ref _steps) * 2 == CrashAt) throw new ChargingUnavailableException("crashed after the step");
    }

    public async Task NewPbx(string id) => await Grains.GetGrain<IPbxGrain>(id).Provision(new PbxSettings
    {
        Id = id,
        Country = "IT",
        TimeZoneId = "Europe/Rome",
        Currency = "EUR",
        PriceListType = "END_USER",
        ActiveFrom = new DateOnly(2018, 1, 1),
    });

    public async Task<Did?> Of(string pbxId, E164Number number) =>
        (await Grains.GetGrain<IPbxGrain>(pbxId).ListDids()).FirstOrDefault(did => did.Number == number);

    public Task<DidState> State(E164Number number) => Grains.GetGrain<IDidGrain>(DidGrain.KeyOf(number)).Describe();

    public static E164Number Number(int i) => E164Number.FromDigits(390600000000UL + (ulong)i);

    /// <summary>Lets the lease of whatever was left pass, and sweeps.</summary>
    public async Task SweepLater()
    {
        Clock.Advance(DidOwnership.Lease);
        await Sweep.SweepAsync(CancellationToken.None);
    }
}
