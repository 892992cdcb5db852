using System.Collections.Concurrent;
using Classound.EndToEnd.Tests;
using k8s;
using k8s.Models;

namespace Classound.Deploy.Tests.Manifests;

/// <summary>An overlay as the cluster would get it: built, and every object loaded by its own type, in which unknown fields are errors.</summary>
public sealed class Overlay
{
    private static readonly Dictionary<string, Type> OwnKinds = new()
    {
        ["monitoring.coreos.com/v1/ServiceMonitor"] = typeof(ServiceMonitor),
        ["monitoring.coreos.com/v1/PrometheusRule"] = typeof(PrometheusRule),
        ["cert-manager.io/v1/Certificate"] = typeof(Certificate),
    };

    private static readonly ConcurrentDictionary<string, Lazy<Task<Overlay>>> Built = new(StringComparer.Ordinal);

    private Overlay(string name, IReadOnlyList<object> objects) => (Name, Objects) = (name, objects);

    /// <summary>Behind a plus: an optional component, which the overlay names in a comment.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["single", "dev", "production", "production+scaling-by-calls+otlp", "production+certificate+redis-tls", "production+redis-promoted", "production+redis-tls+redis-promoted"];

    public string Name { get; }

    public IReadOnlyList<object> Objects { get; }

    /// <summary>Deployments and StatefulSets.</summary>
    public IReadOnlyList<Workload> Workloads =>
    [
        .. All<V1Deployment>().Select(one => new Workload(one.Metadata.Name, one.Spec.Selector, one.Spec.Template, Replicas(one), IsDeployment: true)),
        .. All<V1StatefulSet>().Select(one => new Workload(one.Metadata.Name, one.Spec.Selector, one.Spec.Template, one.Spec.Replicas ?? 1, IsDeployment: false)),
    ];

    public static Task<Overlay> Build(string name) => Built.GetOrAdd(name, key => new(() => BuildNow(key))).Value;

    public IEnumerable<T> All<T>() => Objects.OfType<T>();

    /// <summary>The least there are: an HPA may go down to its minimum.</summary>
    private int Replicas(V1Deployment deployment) =>
        All<V2HorizontalPodAutoscaler>().FirstOrDefault(hpa => hpa.Spec.ScaleTargetRef.Name == deployment.Metadata.Name)?.Spec.MinReplicas
        ?? deployment.Spec.Replicas ?? 1;

    private static async Task<Overlay> BuildNow(string name)
    {
        var parts = name.Split('+');
        var folder = Path.Combine(Repository.Deploy, "overlays", parts[0]);
        using var copy = new TemporaryFolder();
        if (parts.Length > 1) folder = SwitchOn(parts[1..], folder, copy.Path);
        var yaml = Tool.Find("kustomize") is { } kustomize ? await Tool.Run(kustomize, folder, "build", ".")
            : await Tool.Run(Tool.Require("kubectl"), folder, "kustomize", ".");
        return new Overlay(name, KubernetesYaml.LoadAllFromString(yaml, OwnKinds, strict: true));
    }

    /// <summary>A copy of the overlay without the comment signs before the components, as somebody who wants them makes it.</summary>
    private static string SwitchOn(IEnumerable<string> components, string folder, string copy)
    {
        foreach (var file in Directory.GetFiles(folder)) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        var path = Path.Combine(copy, "kustomization.yaml");
        var text = File.ReadAllText(path);
        foreach (var component in components)
        {
            var line = $"- ../../components/{component}\n";
            Assert.Contains("# " + line, text, StringComparison.Ordinal);
            text = text.Replace("# " + line, line, StringComparison.Ordinal);
        }
        // Relative: kustomize takes no other paths.
        File.WriteAllText(path, text.Replace("../../", Path.GetRelativePath(copy, Repository.Deploy) + "/", StringComparison.Ordinal));
        return copy;
    }
}

/// <summary>What makes pods.</summary>
public sealed record Workload(string Name, V1LabelSelector Selector, V1PodTemplateSpec Pod, int Replicas, bool IsDeployment)
{
    public V1Container Container => Assert.Single(Pod.Spec.Containers);

    /// <summary>Those that run before it included.</summary>
    public IEnumerable<V1Container> Containers => [.. Pod.Spec.InitContainers ?? [], .. Pod.Spec.Containers];

    public IDictionary<string, string> Labels => Pod.Metadata.Labels;

    public bool IsOurs => Container.Image.StartsWith("classound:", StringComparison.Ordinal);
}

internal static class Selectors
{
    public static bool Selects(this V1LabelSelector selector, IDictionary<string, string> labels) =>
        (selector.MatchLabels ?? new Dictionary<string, string>()).All(pair => labels.TryGetValue(pair.Key, out var value) && value == pair.Value)
        && (selector.MatchExpressions ?? []).All(expression =>
            expression.OperatorProperty == "In" && labels.TryGetValue(expression.Key, out var value) && expression.Values.Contains(value));
}
