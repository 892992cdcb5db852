using Classound.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Runtime.Hosting;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Classound.Grains.Persistence;

/// <summary>Registers grain state on the embedded database.</summary>
public static class EmbeddedGrainStorageRegistration
{
    /// <summary>The form that grain state has in whatever store; for the provider <see cref="GrainStorageNames.Classound"/>.</summary>
    public static ISiloBuilder AddGrainStateSerializer(this ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.Services.AddKeyedSingleton<IGrainStorageSerializer>(
            GrainStorageNames.Classound, (services, _) => new GrainStateSerializer(services.GetRequiredService<IGrainStorageSerializer>()));
        return silo;
    }

    /// <summary>
    /// Adds a storage provider of this name. It uses the registered <see cref="SqliteDatabase"/>, and the serializer that is
    /// registered under the name, else Orleans' default one.
    /// </summary>
    public static ISiloBuilder AddEmbeddedGrainStorage(this ISiloBuilder silo, string name)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.Services.AddGrainStorage(name, (services, provider) => new EmbeddedGrainStorage(
            new SqliteGrainStateTable(services.GetRequiredService<SqliteDatabase>()),
            services.GetKeyedService<IGrainStorageSerializer>(provider) ?? services.GetRequiredService<IGrainStorageSerializer>(),
            services.GetRequiredService<IActivatorProvider>()));
        return silo;
    }
}
