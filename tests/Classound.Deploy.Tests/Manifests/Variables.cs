using System.Text.RegularExpressions;
using k8s.Models;

namespace Classound.Deploy.Tests.Manifests;

/// <summary>
/// A container's environment as the kubelet makes it: from the first to the last, and $(NAME) is replaced only where NAME came earlier.
/// Otherwise it stays what it is, which nobody means: here that is an error.
/// </summary>
internal static partial class Variables
{
    public static IReadOnlyDictionary<string, string> Of(V1Container container)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in container.Env ?? [])
            known[variable.Name] = variable.Value is { } value ? Expand(value, known, variable.Name) : FromTheCluster(variable);
        return known;
    }

    /// <summary>With the values of those that are known.</summary>
    public static string Expand(string text, IReadOnlyDictionary<string, string> known, string where) => Reference().Replace(text, match =>
    {
        Assert.True(known.TryGetValue(match.Groups[1].Value, out var value), $"{where}: {match.Value} is not defined before it");
        return value!;
    });

    private static string FromTheCluster(V1EnvVar variable) => variable.ValueFrom switch
    {
        { FieldRef.FieldPath: "status.podIP" } => "10.1.2.3",
        { FieldRef.FieldPath: "metadata.name" } => "classound-silo-0",
        // With TLS or without is what the operator writes there.
        { SecretKeyRef.Key: "configuration" } => "redis:6379,ssl=true,password=secret",
        { SecretKeyRef.Key: "password" } => "secret",
        _ => throw new InvalidOperationException($"where {variable.Name} comes from is not known here"),
    };

    [GeneratedRegex(@"\$\(([A-Za-z_][A-Za-z0-9_]*)\)")]
    private static partial Regex Reference();
}
