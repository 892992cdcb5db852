namespace Classound.Client;

/// <summary>An address that silos are reached at: one silo, or a load balancer before several.</summary>
internal sealed class Silo(Uri address)
{
    public Uri Address { get; } = address;

    /// <summary>Timestamp until which it is not tried: it could not be reached, or is about to stop.</summary>
    public long AvoidedUntil { get; set; } = long.MinValue;
}
