using Classound.Grains.Catalogues.Directory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Classound.Grains.Catalogues;

public static class CatalogueServices
{
    /// <summary>
    /// The silo's catalogue and PBX directory, and what keeps them current. Needs an <c>ILedgerStore</c>, a <c>TimeProvider</c>
    /// and the grain storage <see cref="GrainStorageNames.Classound"/>.
    /// </summary>
    public static IServiceCollection AddCatalogue(this IServiceCollection services)
    {
        services.TryAddSingleton<CatalogueCache>();
        services.TryAddSingleton<PriceListLoader>();
        services.TryAddSingleton<PastPriceLists>();
        services.TryAddSingleton<CatalogueRefresh>();
        services.TryAddSingleton<CatalogueClient>();
        services.TryAddSingleton<PbxDirectory>();
        services.AddHostedService<CatalogueFollower>();
        return services;
    }
}
