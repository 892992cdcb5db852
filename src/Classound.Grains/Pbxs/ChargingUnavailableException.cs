namespace Classound.Grains.Pbxs;

/// <summary>The store cannot be reached, or whether a change was stored is not known yet. Repeat the same request.</summary>
[GenerateSerializer]
public sealed class ChargingUnavailableException : Exception
{
    /// <summary>The PBX was lost to another activation: repeating the request at once reaches that one.</summary>
    [Id(0)]
    public bool OwnerChanged { get; init; }

    public ChargingUnavailableException()
    {
    }

    public ChargingUnavailableException(string message)
        : base(message)
    {
    }

    public ChargingUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
