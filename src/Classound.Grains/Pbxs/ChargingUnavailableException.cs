namespace Classound.Grains.Pbxs;

/// <summary>The store cannot be reached, or whether a change was stored is not known yet. Repeat the same request.</summary>
[GenerateSerializer]
public sealed class ChargingUnavailableException : Exception
{
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
