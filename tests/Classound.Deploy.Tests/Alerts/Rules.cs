using System.Text.RegularExpressions;
using Classound.Deploy.Tests.Manifests;
using k8s;

namespace Classound.Deploy.Tests.Alerts;

/// <summary>The alert rules, and what rules and dashboard ask Prometheus for.</summary>
internal static partial class Rules
{
    public static PrometheusRuleSpec Read()
    {
        var yaml = File.ReadAllText(Path.Combine(Repository.Monitoring, "alerts.yaml"));
        var kinds = new Dictionary<string, Type> { ["monitoring.coreos.com/v1/PrometheusRule"] = typeof(PrometheusRule) };
        return ((PrometheusRule)Assert.Single(KubernetesYaml.LoadAllFromString(yaml, kinds, strict: true))).Spec;
    }

    /// <summary>As a file of Prometheus' own form; JSON is YAML.</summary>
    public static string AsFile(PrometheusRuleSpec rules) => KubernetesJson.Serialize(rules);

    /// <summary>Names of our own and of the runtime's metrics in a query; functions and labels are none.</summary>
    public static IEnumerable<string> MetricsOf(string query) => MetricName().Matches(query).Select(match => match.Value).Distinct();

    [GeneratedRegex("""(?<![\w"])(classound|orleans|dotnet|kestrel|http)_[a-z0-9_]+(?!")""")]
    private static partial Regex MetricName();
}
