namespace Classound.Grains;

/// <summary>Names of the storage providers that a host must register.</summary>
public static class GrainStorageNames
{
    /// <summary>Slow-moving grain state: catalogue, PBX directory, DID ownership.</summary>
    public const string Classound = "classound";
}
