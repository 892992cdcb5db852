using Classound.Grains.Serialization;
using Classound.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Classound.Grains.Pbxs;

public static class PbxServices
{
    /// <summary>What a client of the cluster needs to ask PBX grains and read their ledgers: what it needs besides is as below.</summary>
    public static IServiceCollection AddPbxClients(this IServiceCollection services)
    {
        services.AddDomainSerialization();
        services.TryAddSingleton<CallLog>();
        services.TryAddSingleton<KnownVersions>();
        services.AddHostedService(provider => provider.GetRequiredService<CallLog>());
        services.TryAddSingleton<LedgerReader>();
        services.TryAddSingleton<PbxGrains>();
        return services;
    }

    /// <summary>What PBX grains and the readers of their ledgers need besides an <c>ILedgerStore</c>, a <c>TimeProvider</c> and a catalogue.</summary>
    public static IServiceCollection AddPbxGrains(this IServiceCollection services)
    {
        services.AddPbxClients();
        services.AddOptions<LeaseSweepOptions>();
        services.TryAddSingleton<PartitionShare>();
        services.AddHostedService(provider => new LeaseSweep(
            provider.GetRequiredService<ILedgerStore>(), provider.GetRequiredService<IGrainFactory>(),
            provider.GetRequiredService<PartitionShare>().Of, provider.GetRequiredService<IHostApplicationLifetime>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IOptions<LeaseSweepOptions>>(),
            provider.GetRequiredService<ILogger<LeaseSweep>>()));
        return services;
    }
}
