using System.Collections.Concurrent;
using System.Reflection;
using Classound.Charging;
using Classound.Grains.Catalogues;
using Classound.Grains.Dids;
using Classound.Grains.Pbxs;
using Classound.Grains.Serialization;
using Classound.Grains.Tests.Pbxs;
using Classound.Storage;
using Classound.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Classound.Grains.Tests.Silos;

/// <summary>Two silos of one cluster: all questions come from the first, all grains are on the second.</summary>
public sealed class TwoSilos : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("classound-silos-").FullName;
    private readonly ConcurrentDictionary<string, SiloAddress> _seen = new();
    private InProcessTestCluster _cluster = null!;

    internal HookedStore Store { get; private set; } = null!;

    public SiloAddress Second { get; private set; } = null!;

    /// <summary>Whoever asks through this is on the first silo.</summary>
    public IGrainFactory First { get; private set; } = null!;

    /// <summary>The first silo's.</summary>
    public IServiceProvider Services { get; private set; } = null!;

    /// <summary>Methods that ran on the second silo, as Interface.Method.</summary>
    public IEnumerable<string> Crossed => _seen.Where(call => call.Value.Equals(Second)).Select(call => call.Key);

    public static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    public async Task InitializeAsync()
    {
        Store = new HookedStore(new SqliteLedgerStore(SqliteDatabase.Open(new SqliteDatabaseOptions { Folder = _folder }), TimeProvider.System));
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<ILedgerStore>(Store);
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.AddSingleton<CatalogueCache>();
            silo.Services.AddSingleton<PriceListLoader>();
            silo.Services.AddSingleton<PastPriceLists>();
            silo.Services.AddPbxGrains();
            silo.Services.AddSingleton<IIncomingGrainCallFilter>(services => new Watch(_seen, services.GetRequiredService<ILocalSiloDetails>()));
            silo.Services.AddKeyedSingleton<IGrainStorage>(
                GrainStorageNames.Classound, (services, _) => new BreakableGrainStorage(services.GetRequiredService<IGrainStorageSerializer>()));
        });
        builder.ConfigureClient(client => client.Services.AddDomainSerialization());
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        var silos = _cluster.GetActiveSilos().Select(silo => silo.SiloAddress).ToArray();
        foreach (var silo in silos) _cluster.GetSiloServiceProvider(silo).GetRequiredService<CatalogueCache>().Swap(PbxCluster.Catalogue);
        Second = silos[1];
        Services = _cluster.GetSiloServiceProvider(silos[0]);
        First = Services.GetRequiredService<IGrainFactory>();
    }

    /// <summary>Grains that are activated by what follows in this flow are activated on the second silo.</summary>
    public void PlaceOnSecond() => RequestContext.Set(IPlacementDirector.PlacementHintKey, Second);

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await Store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class Watch(ConcurrentDictionary<string, SiloAddress> seen, ILocalSiloDetails silo) : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.InterfaceMethod is { DeclaringType: { } type } method && type.Assembly == typeof(IPbxGrain).Assembly)
                seen[Name(method)] = silo.SiloAddress;
            return context.Invoke();
        }
    }
}
