using Classound.Grains.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Classound.Grains.Pbxs;

public static class PbxServices
{
    /// <summary>What PBX grains and the readers of their ledgers need besides an <c>ILedgerStore</c>, a <c>TimeProvider</c> and a catalogue.</summary>
    public static IServiceCollection AddPbxGrains(this IServiceCollection services)
    {
        services.AddDomainSerialization();
        services.TryAddSingleton<CallLog>();
        services.AddHostedService(provider => provider.GetRequiredService<CallLog>());
        services.TryAddSingleton<LedgerReader>();
        return services;
    }
}
