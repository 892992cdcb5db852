using Classound.Grains;
using Classound.Grains.Dids;
using Classound.Grains.Pbxs;
using Classound.Grains.Persistence;
using Orleans.Configuration;

namespace Classound.Silo;

/// <summary>A process that has PBXs: one of several on Redis, or alone on the embedded store.</summary>
internal static class SiloRole
{
    public const string Name = "silo";

    public static void Add(WebApplicationBuilder builder, ClassoundOptions options)
    {
        // Its first check measures from the machine's start and always warns.
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        if (options.UsesRedis) builder.Services.AddHostedService<MembershipWatch>();
        builder.Services.AddPbxGrains();
        builder.Services.AddDidOwnership();
        builder.Host.UseOrleans(silo =>
        {
            Configure(silo, options);
            // Two filters on every call between grains: only where somebody looks at what they tell.
            if (Telemetry.Traces(builder.Configuration, options)) silo.AddActivityPropagation();
            if (Dashboard.IsOn(options)) Dashboard.Add(silo);
        });
    }

    private static void Configure(ISiloBuilder silo, ClassoundOptions options)
    {
        Clustering.Add(silo, options);
        silo.AddGrainStateSerializer();
        if (options.UsesRedis)
        {
            silo.AddRedisGrainStorage(GrainStorageNames.Classound, storage => storage.ConfigurationOptions = Clustering.RedisFor("classound-grains", options));
        }
        else
        {
            silo.AddEmbeddedGrainStorage(GrainStorageNames.Classound);
        }
        // A hot PBX pushes back instead of letting its queue grow; an idle one leaves memory.
        silo.Configure<SiloMessagingOptions>(messaging =>
        {
            messaging.MaxEnqueuedRequestsHardLimit = 10_000;
            messaging.ResponseTimeout = TimeSpan.FromSeconds(10);
        });
        silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = TimeSpan.FromMinutes(30));
    }
}
