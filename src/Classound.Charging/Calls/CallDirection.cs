namespace Classound.Charging.Calls;

/// <summary>Seen from the PBX: outbound leaves it through the operator, inbound reaches one of its DIDs.</summary>
public enum CallDirection : byte
{
    Outbound = 1,
    Inbound = 2,
}
