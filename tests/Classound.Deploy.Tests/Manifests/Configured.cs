using k8s.Models;
using Microsoft.Extensions.Configuration;

namespace Classound.Deploy.Tests.Manifests;

/// <summary>The configuration that a pod would start with, read by the product's own options: a key that is none is an error.</summary>
internal static class Configured
{
    private const string Prefix = "CLASSOUND__";

    public static ClassoundOptions Of(Overlay overlay, Workload workload)
    {
        var given = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var source in workload.Container.EnvFrom)
        {
            var map = Assert.Single(overlay.All<V1ConfigMap>(), map => map.Metadata.Name == source.ConfigMapRef.Name);
            foreach (var (key, value) in map.Data) given[key] = value;
        }
        foreach (var (name, value) in Variables.Of(workload.Container)) given[name] = value;
        var settings = given.Where(pair => pair.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[Prefix.Length..], string? (pair) => pair.Value);
        var options = new ClassoundOptions();
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build().Bind(options, binder => binder.ErrorOnUnknownConfiguration = false);
        var known = typeof(ClassoundOptions).GetProperties().Where(property => property.CanWrite).Select(property => property.Name);
        Assert.Empty(settings.Keys.Except(known, StringComparer.OrdinalIgnoreCase));
        return options;
    }
}
