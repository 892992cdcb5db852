using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Classound.Grains.Dids;

public static class DidServices
{
    /// <summary>
    /// DID ownership and its sweep. Needs a <c>TimeProvider</c> and the grain storage <see cref="GrainStorageNames.Classound"/>.
    /// </summary>
    public static IServiceCollection AddDidOwnership(this IServiceCollection services)
    {
        services.AddDidClients();
        services.AddHostedService<DidSweep>();
        return services;
    }

    /// <summary>DID ownership as a client of the cluster drives it; what is left unfinished a silo's sweep settles.</summary>
    public static IServiceCollection AddDidClients(this IServiceCollection services)
    {
        services.TryAddSingleton<DidOperations>();
        services.TryAddSingleton(provider => new DidOwnership(
            provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<DidOperations>(),
            provider.GetRequiredService<TimeProvider>(), () => Guid.CreateVersion7().ToString("N"),
            provider.GetRequiredService<ILogger<DidOwnership>>()));
        return services;
    }
}
