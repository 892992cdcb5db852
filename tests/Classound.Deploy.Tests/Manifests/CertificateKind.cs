using k8s;
using k8s.Models;

namespace Classound.Deploy.Tests.Manifests;

// cert-manager's kind, as far as it is used here: a field that is not its own does not load.

public sealed class Certificate : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";
    public string Kind { get; set; } = "";
    public V1ObjectMeta Metadata { get; set; } = new();
    public CertificateSpec Spec { get; set; } = new();
}

public sealed class CertificateSpec
{
    public string SecretName { get; set; } = "";
    public IssuerReference IssuerRef { get; set; } = new();
    public IList<string> DnsNames { get; set; } = [];
    public string Duration { get; set; } = "";
    public string RenewBefore { get; set; } = "";
    public CertificateKey PrivateKey { get; set; } = new();
    public IList<string> Usages { get; set; } = [];
}

public sealed class IssuerReference
{
    public string Kind { get; set; } = "";
    public string Name { get; set; } = "";
}

public sealed class CertificateKey
{
    public string Algorithm { get; set; } = "";
    public int Size { get; set; }
    public string RotationPolicy { get; set; } = "";
}
