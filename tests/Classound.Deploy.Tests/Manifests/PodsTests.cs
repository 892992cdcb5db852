using k8s;
using k8s.Models;

namespace Classound.Deploy.Tests.Manifests;

/// <summary>What podman is given to play is the overlay dev: everything else in it must be what a cluster would get.</summary>
public sealed class PodsTests
{
    [SkippableFact]
    public async Task WhatIsPlayed_IsTheOverlay_ButForWhatPodmanDoesNotKnow()
    {
        var (overlay, played) = (await Overlay.Build("dev"), await Overlay.Build("../pods"));
        Assert.Equal(Others(overlay), Others(played));
        Assert.Equal(overlay.Workloads.Select(workload => workload.Name).Order(), played.Workloads.Select(workload => workload.Name).Order());
        foreach (var workload in overlay.Workloads)
        {
            var pod = played.Workloads.Single(other => other.Name == workload.Name);
            Assert.True(pod.IsDeployment, pod.Name);
            Assert.Equal(1, pod.Replicas);
            Assert.StartsWith("localhost/", pod.Container.Image, StringComparison.Ordinal);
            Assert.Equal(KubernetesYaml.Serialize(workload.Pod), KubernetesYaml.Serialize(Undone(pod, workload)));
        }
    }

    [SkippableFact]
    public async Task TheVolumeOfRedis_BelongsToItsUser()
    {
        var played = await Overlay.Build("../pods");
        var redis = played.Workloads.Single(workload => workload.Name == "redis").Pod.Spec;
        var claim = Assert.Single(played.All<V1PersistentVolumeClaim>());
        Assert.Equal(claim.Metadata.Name, redis.Volumes.Single(volume => volume.Name == "data").PersistentVolumeClaim.ClaimName);
        Assert.Equal($"{redis.SecurityContext.RunAsUser}", claim.Metadata.Annotations["volume.podman.io/uid"]);
        Assert.Equal($"{redis.SecurityContext.RunAsGroup}", claim.Metadata.Annotations["volume.podman.io/gid"]);
    }

    private static IEnumerable<string> Others(Overlay overlay) =>
        overlay.Objects.Where(one => one is not (V1Deployment or V1StatefulSet or V1PersistentVolumeClaim)).Select(one => KubernetesYaml.Serialize(one));

    /// <summary>The pod as played, without the changes that deploy-k8s/pods names.</summary>
    private static V1PodTemplateSpec Undone(Workload pod, Workload original)
    {
        // A copy: other tests read the same objects.
        var undone = KubernetesYaml.Deserialize<V1PodTemplateSpec>(KubernetesYaml.Serialize(pod.Pod));
        var (container, before) = (Assert.Single(undone.Spec.Containers), original.Container);
        (container.Image, container.LivenessProbe, container.Ports) = (before.Image, before.LivenessProbe, before.Ports);
        if (container.Env?.SingleOrDefault(variable => variable.Name == "CLASSOUND__ADVERTISEDADDRESS") is { } address)
        {
            Assert.Equal("ADDRESS", address.Value);
            (address.Value, address.ValueFrom) = (null, new V1EnvVarSource { FieldRef = new V1ObjectFieldSelector { FieldPath = "status.podIP" } });
        }
        undone.Spec.Volumes = [.. undone.Spec.Volumes.Where(volume => volume.PersistentVolumeClaim is null)];
        return undone;
    }
}
