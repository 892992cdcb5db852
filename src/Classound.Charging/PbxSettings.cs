namespace Classound.Charging;

public enum PbxState : byte
{
    Active = 1,
    Suspended = 2,
}

/// <summary>User licences by type; their sum is the number of users (R4).</summary>
public readonly record struct UserLicences(int Basic, int Essential, int Business, int Premium)
{
    public int Total => Basic + Essential + Business + Premium;
}

/// <summary>What an operator sets for a PBX.</summary>
public sealed record PbxSettings
{
    public required string Id { get; init; }
    public string Name { get; init; } = "";

    /// <summary>ISO 3166-1 alpha-2; decides which short codes are emergency numbers (R11).</summary>
    public required string Country { get; init; }

    /// <summary>IANA name; months and days are this zone's.</summary>
    public required string TimeZoneId { get; init; }

    /// <summary>ISO 4217; one per PBX.</summary>
    public required string Currency { get; init; }
    public required string PriceListType { get; init; }

    /// <summary>Code of its flat plan; "" = none, and then chargeable calls are refused (R1).</summary>
    public string PlanCode { get; init; } = "";

    /// <summary>First day of service in the PBX's zone.</summary>
    public required DateOnly ActiveFrom { get; init; }
    public PbxState State { get; init; } = PbxState.Active;
    public UserLicences Licences { get; init; }
    public PbxLimits Limits { get; init; } = PbxLimits.ForNewPbx;
}
