using k8s.Models;

namespace Classound.Deploy.Tests.Manifests;

/// <summary>The policies allow exactly what is used: each open port to somebody, and no port that is not open.</summary>
public sealed class NetworkTests
{
    public static TheoryData<string> Overlays => [.. Overlay.Names];

    [SkippableTheory]
    [MemberData(nameof(Overlays))]
    public async Task EverythingIsDenied_ThatIsNotNamed(string name)
    {
        var denied = Assert.Single((await Overlay.Build(name)).All<V1NetworkPolicy>(), policy => policy.Metadata.Name == "default-deny").Spec;
        Assert.Empty(denied.PodSelector.MatchLabels ?? new Dictionary<string, string>());
        Assert.Equal(["Egress", "Ingress"], denied.PolicyTypes.Order());
        Assert.Null(denied.Ingress);
        Assert.Null(denied.Egress);
    }

    [SkippableTheory]
    [MemberData(nameof(Overlays))]
    public async Task PortsOfPods_AreTheAllowedOnes(string name)
    {
        var overlay = await Overlay.Build(name);
        foreach (var workload in overlay.Workloads)
        {
            var allowed = Ingress(overlay, workload).SelectMany(rule => rule.Ports).Select(port => port.Port.ToString()).Distinct().Order();
            Assert.Equal(workload.Container.Ports.Select(port => port.Name).Order(), allowed);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Overlays))]
    public async Task WhatAPodMayCall_LetsItIn(string name)
    {
        var overlay = await Overlay.Build(name);
        var calls = (from policy in overlay.All<V1NetworkPolicy>()
                     from rule in policy.Spec.Egress ?? []
                     from to in rule.To
                     where to.NamespaceSelector is null
                     from port in rule.Ports
                     from caller in overlay.Workloads.Where(workload => policy.Spec.PodSelector.Selects(workload.Labels))
                     from called in overlay.Workloads.Where(workload => to.PodSelector.Selects(workload.Labels))
                     select (Caller: caller, Called: called, Port: port.Port.ToString())).ToList();
        Assert.All(calls, call => Assert.Contains(
            Ingress(overlay, call.Called),
            rule => rule.Ports.Any(port => port.Port.ToString() == call.Port) && rule.FromProperty.Any(from => from.PodSelector?.Selects(call.Caller.Labels) == true)));
        // And who is let in from inside may call.
        foreach (var called in overlay.Workloads)
            foreach (var rule in Ingress(overlay, called))
                foreach (var caller in overlay.Workloads.Where(workload => rule.FromProperty.Any(from => from.NamespaceSelector is null && from.PodSelector.Selects(workload.Labels))))
                    Assert.Contains(calls, call => call.Caller.Name == caller.Name && call.Called.Name == called.Name && rule.Ports.Any(port => port.Port.ToString() == call.Port));
    }

    private static IEnumerable<V1NetworkPolicyIngressRule> Ingress(Overlay overlay, Workload workload) =>
        overlay.All<V1NetworkPolicy>().Where(policy => policy.Spec.PodSelector.Selects(workload.Labels)).SelectMany(policy => policy.Spec.Ingress ?? []);
}
