using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Configuration;
using Orleans.Serialization.Serializers;

namespace Classound.Grains.Serialization;

public static class DomainSerialization
{
    /// <summary>Lets Orleans carry domain values; every silo and client of a cluster needs it.</summary>
    public static IServiceCollection AddDomainSerialization(this IServiceCollection services)
    {
        services.AddSingleton<DomainCodec>();
        services.AddSingleton<IGeneralizedCodec>(provider => provider.GetRequiredService<DomainCodec>());
        services.AddSingleton<IGeneralizedCopier>(provider => provider.GetRequiredService<DomainCodec>());
        services.AddSingleton<ITypeFilter>(provider => provider.GetRequiredService<DomainCodec>());
        services.Configure<TypeManifestOptions>(options =>
            options.WellKnownTypeAliases[DomainCodec.WellKnownAlias] = typeof(DomainCodec));
        // A fault of ours keeps its type on the way to another silo, where the API turns it into what an edge may repeat.
        services.Configure<ExceptionSerializationOptions>(options => options.SupportedNamespacePrefixes.Add("Classound"));
        return services;
    }
}
