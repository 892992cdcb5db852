using k8s;
using k8s.Models;

namespace Classound.Deploy.Tests.Manifests;

// The Prometheus Operator's kinds, as far as they are used here: a field that is not theirs does not load.

public sealed class ServiceMonitor : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";
    public string Kind { get; set; } = "";
    public V1ObjectMeta Metadata { get; set; } = new();
    public ServiceMonitorSpec Spec { get; set; } = new();
}

public sealed class ServiceMonitorSpec
{
    public V1LabelSelector Selector { get; set; } = new();
    public IList<ScrapedEndpoint> Endpoints { get; set; } = [];
}

public sealed class ScrapedEndpoint
{
    public string Port { get; set; } = "";
    public string Path { get; set; } = "";
    public string Interval { get; set; } = "";
    public string ScrapeTimeout { get; set; } = "";
}

public sealed class PrometheusRule : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";
    public string Kind { get; set; } = "";
    public V1ObjectMeta Metadata { get; set; } = new();
    public PrometheusRuleSpec Spec { get; set; } = new();
}

public sealed class PrometheusRuleSpec
{
    public IList<RuleGroup> Groups { get; set; } = [];
}

public sealed class RuleGroup
{
    public string Name { get; set; } = "";
    public IList<AlertRule> Rules { get; set; } = [];
}

public sealed class AlertRule
{
    public string Alert { get; set; } = "";
    public string Expr { get; set; } = "";

    /// <summary>Absent = at once.</summary>
    public string? For { get; set; }

    public IDictionary<string, string> Labels { get; set; } = new Dictionary<string, string>();
    public IDictionary<string, string> Annotations { get; set; } = new Dictionary<string, string>();
}
