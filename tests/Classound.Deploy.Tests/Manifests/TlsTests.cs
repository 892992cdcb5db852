using k8s.Models;

namespace Classound.Deploy.Tests.Manifests;

/// <summary>TLS of the gRPC port: what the pods read is what the Secret has, and its names are those that are called.</summary>
public sealed class TlsTests
{
    public static TheoryData<string> Overlays => [.. Overlay.Names];

    [SkippableTheory]
    [MemberData(nameof(Overlays))]
    public async Task Production_SpeaksTls_WithTheFilesOfItsSecret(string name)
    {
        var overlay = await Overlay.Build(name);
        foreach (var workload in overlay.Workloads.Where(workload => workload.IsOurs))
        {
            var options = Configured.Of(overlay, workload);
            Assert.Equal(name.StartsWith("production", StringComparison.Ordinal), options.UsesTls);
            var service = Assert.Single(overlay.All<V1Service>(), service => service.Metadata.Name == workload.Name);
            Assert.Equal(options.UsesTls ? "https" : "kubernetes.io/h2c", Assert.Single(service.Spec.Ports, port => port.Name == "grpc").AppProtocol);
            if (!options.UsesTls) continue;
            var volume = Assert.Single(workload.Pod.Spec.Volumes, volume => volume.Name == "tls");
            var mount = Assert.Single(workload.Container.VolumeMounts, mount => mount.Name == volume.Name);
            Assert.Equal("classound-tls", volume.Secret.SecretName);
            Assert.Equal([$"{mount.MountPath}/tls.crt", $"{mount.MountPath}/tls.key"], [options.TlsCertificate, options.TlsKey]);
            // A file that is mounted by itself is never updated.
            Assert.Null(mount.SubPath);
            // Readable by the group that the pod's volumes belong to, and by nobody else.
            Assert.Equal(Convert.ToInt32("440", 8), volume.Secret.DefaultMode);
            Assert.Equal(workload.Pod.Spec.SecurityContext.RunAsGroup, workload.Pod.Spec.SecurityContext.FsGroup);
        }
    }

    [SkippableFact]
    public async Task ACertificate_IsForTheNamesOfBothServices()
    {
        var overlay = await Overlay.Build("production+certificate+redis-tls");
        var certificate = Assert.Single(overlay.All<Certificate>());
        Assert.Equal("classound-tls", certificate.Spec.SecretName);
        Assert.Equal(
            overlay.Workloads.Where(workload => workload.IsOurs).Select(workload => $"{workload.Name}.{certificate.Metadata.NamespaceProperty}.svc").Order(),
            certificate.Spec.DnsNames.Order());
    }
}
