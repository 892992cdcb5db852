namespace Classound.Storage;

/// <summary>
/// Everything that one commit changes of one PBX: applied whole and durably, or not at all.
/// Do not change it after it was handed over: after an unknown outcome the same object is sent again.
/// </summary>
public sealed class LedgerCommit
{
    /// <summary>The PBX, 1 to 64 characters of [A-Za-z0-9._-].</summary>
    public required string PbxId { get; init; }

    /// <summary>The version that the writer last saw stored; null for a PBX that was never written.</summary>
    public LedgerVersion? Expected { get; init; }

    /// <summary>The version that this commit stores. Never equal to <see cref="Expected"/>; the same on every re-send.</summary>
    public required LedgerVersion Next { get; init; }

    /// <summary>Changed fields, in order.</summary>
    public List<FieldChange> Changes { get; init; } = [];

    /// <summary>
    /// Rated calls to append, in order. A call that must not be settled yet is guarded by <see cref="NotSettled"/>:
    /// without it a second entry for the same call is a correction, and the settled index then points at the newer one.
    /// </summary>
    public List<RatedCallEntry> RatedCalls { get; init; } = [];

    /// <summary>Calls that must not be settled; if one is, nothing of the commit is applied.</summary>
    public List<SettledCheck> NotSettled { get; init; } = [];

    /// <summary>Changed leases, in order.</summary>
    public List<LeaseChange> Leases { get; init; } = [];
}
