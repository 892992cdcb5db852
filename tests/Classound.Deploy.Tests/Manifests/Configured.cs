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
        foreach (var variable in workload.Container.Env) given[variable.Name] = variable.Value ?? FromTheCluster(variable);
        var settings = given.Where(pair => pair.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[Prefix.Length..], string? (pair) => pair.Value.Replace("$(POD_IP)", "10.1.2.3", StringComparison.Ordinal));
        var options = new ClassoundOptions();
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build().Bind(options, binder => binder.ErrorOnUnknownConfiguration = false);
        var known = typeof(ClassoundOptions).GetProperties().Where(property => property.CanWrite).Select(property => property.Name);
        Assert.Empty(settings.Keys.Except(known, StringComparer.OrdinalIgnoreCase));
        return options;
    }

    private static string FromTheCluster(V1EnvVar variable) => variable.ValueFrom switch
    {
        { FieldRef.FieldPath: "status.podIP" } => "10.1.2.3",
        { FieldRef.FieldPath: "metadata.name" } => "classound-silo-0",
        { SecretKeyRef.Key: "configuration" } => "redis:6379,password=secret",
        _ => throw new InvalidOperationException($"where {variable.Name} comes from is not known here"),
    };
}
