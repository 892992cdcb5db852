using k8s.Models;

namespace Classound.Deploy.Tests.Manifests;

/// <summary>What a cluster would only tell when it is too late.</summary>
public sealed class ManifestTests
{
    public static TheoryData<string> Overlays => [.. Overlay.Names];

    [SkippableTheory]
    [MemberData(nameof(Overlays))]
    public async Task Selectors_SelectTheirPods(string name)
    {
        var overlay = await Overlay.Build(name);
        Assert.NotEmpty(overlay.Workloads);
        Assert.All(overlay.Workloads, workload => Assert.True(workload.Selector.Selects(workload.Labels), workload.Name));
        foreach (var workload in overlay.Workloads)
            Assert.Single(overlay.Workloads, other => workload.Selector.Selects(other.Labels));
        foreach (var service in overlay.All<V1Service>())
        {
            var selected = Assert.Single(overlay.Workloads, workload => new V1LabelSelector { MatchLabels = service.Spec.Selector }.Selects(workload.Labels));
            Assert.All(service.Spec.Ports, port => Assert.Contains(selected.Container.Ports, open => open.Name == port.TargetPort.ToString() && open.ContainerPort == port.Port));
        }
        foreach (var monitor in overlay.All<ServiceMonitor>())
        {
            var scraped = overlay.All<V1Service>().Where(service => monitor.Spec.Selector.Selects(service.Metadata.Labels)).ToList();
            Assert.Equal(["classound-back-office", "classound-silo"], scraped.Select(service => service.Metadata.Name).Order());
            Assert.All(scraped, service => Assert.Contains(service.Spec.Ports, port => port.Name == Assert.Single(monitor.Spec.Endpoints).Port));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Overlays))]
    public async Task Probes_AskPortsThatAreOpen(string name)
    {
        foreach (var workload in (await Overlay.Build(name)).Workloads)
        {
            var probes = new[] { workload.Container.StartupProbe, workload.Container.ReadinessProbe, workload.Container.LivenessProbe }.Where(probe => probe is not null).ToList();
            Assert.Equal(workload.IsOurs ? 3 : 2, probes.Count);
            Assert.All(probes.Where(probe => probe.Exec is null), probe => Assert.Contains(
                workload.Container.Ports, port => port.Name == (probe.HttpGet?.Port ?? probe.TcpSocket.Port).ToString()));
            // A command may only ask what must be ready; it takes its time, so that it must not restart anything.
            Assert.All(probes.Where(probe => probe.Exec is not null), probe => Assert.Same(workload.Container.ReadinessProbe, probe));
            // A dependency that is out must not restart the pod.
            if (workload.IsOurs) Assert.Equal("/health/live", workload.Container.LivenessProbe.HttpGet.Path);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Overlays))]
    public async Task Grace_OutlastsPreStopDrainAndHost(string name)
    {
        var overlay = await Overlay.Build(name);
        foreach (var workload in overlay.Workloads.Where(workload => workload.IsOurs))
        {
            var options = Configured.Of(overlay, workload);
            var preStop = workload.Container.Lifecycle.PreStop.Sleep.Seconds;
            var host = SiloHost.ShutdownLimit.TotalSeconds + options.DrainSeconds + 5; // after which it ends itself
            Assert.True(workload.Pod.Spec.TerminationGracePeriodSeconds > preStop + host, $"{workload.Name}: {preStop} + {host}");
            Assert.True(options.DrainSeconds > workload.Container.ReadinessProbe.PeriodSeconds * workload.Container.ReadinessProbe.FailureThreshold);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Overlays))]
    public async Task Pods_AreRestricted_AndImagesAreOneVersion(string name)
    {
        foreach (var workload in (await Overlay.Build(name)).Workloads)
        {
            var pod = workload.Pod.Spec;
            Assert.False(pod.AutomountServiceAccountToken);
            Assert.NotEqual("default", pod.ServiceAccountName ?? "default");
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            Assert.True(pod.SecurityContext.RunAsUser > 0);
            Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
            Assert.All(workload.Containers, container =>
            {
                Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
                Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
                Assert.Equal("ALL", Assert.Single(container.SecurityContext.Capabilities.Drop));
                Assert.Equal(["cpu", "memory"], container.Resources.Requests.Keys.Order());
                Assert.Equal(["memory"], container.Resources.Limits.Keys);
                Assert.Matches(@"(:\d+\.\d+\.\d+(-[a-z0-9.]+)?|@sha256:[0-9a-f]{64})$", container.Image);
            });
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Overlays))]
    public async Task Budgets_LetOneGo_AndKeepOne(string name)
    {
        var overlay = await Overlay.Build(name);
        foreach (var budget in overlay.All<V1PodDisruptionBudget>())
        {
            // Of the two pods of Redis, each of another StatefulSet, one may go as well.
            var pods = overlay.Workloads.Where(workload => budget.Spec.Selector.Selects(workload.Labels)).Sum(workload => workload.Replicas);
            Assert.InRange(int.Parse(budget.Spec.MaxUnavailable.ToString(), System.Globalization.CultureInfo.InvariantCulture), 1, pods - 1);
        }
        foreach (var hpa in overlay.All<V2HorizontalPodAutoscaler>())
        {
            var target = Assert.Single(overlay.All<V1Deployment>(), one => one.Metadata.Name == hpa.Spec.ScaleTargetRef.Name);
            Assert.Null(target.Spec.Replicas);
            Assert.True(hpa.Spec.Behavior.ScaleDown.StabilizationWindowSeconds >= 600);
            // While a metric cannot be had, no silo is taken away: one that needs an adapter is there only where somebody asked for it.
            string[] metrics = name.Contains("+scaling-by-calls", StringComparison.Ordinal) ? ["Pods", "Resource"] : ["Resource"];
            Assert.Equal(metrics, hpa.Spec.Metrics.Select(metric => metric.Type).Order());
        }
    }

    [SkippableFact]
    public async Task Single_IsOnePodOnItsDisk()
    {
        var overlay = await Overlay.Build("single");
        var silo = Assert.Single(overlay.Workloads);
        Assert.Equal(1, silo.Replicas);
        Assert.Equal("Recreate", Assert.Single(overlay.All<V1Deployment>()).Spec.Strategy.Type);
        Assert.Empty(overlay.All<V1PodDisruptionBudget>());
        Assert.Empty(overlay.All<V2HorizontalPodAutoscaler>());
        var claim = Assert.Single(overlay.All<V1PersistentVolumeClaim>()).Metadata.Name;
        var volume = Assert.Single(silo.Pod.Spec.Volumes, volume => volume.PersistentVolumeClaim?.ClaimName == claim).Name;
        Assert.Equal(Configured.Of(overlay, silo).DataFolder, Assert.Single(silo.Container.VolumeMounts, mount => mount.Name == volume).MountPath);
    }
}
