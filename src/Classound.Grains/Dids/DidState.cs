namespace Classound.Grains.Dids;

/// <summary>Where a number is in the claim protocol.</summary>
public enum DidPhase : byte
{
    /// <summary>Nobody's.</summary>
    Free = 0,

    /// <summary>Being given to a PBX: its ledger may or may not have the number yet.</summary>
    Claiming = 1,

    /// <summary>A PBX's; its ledger has it.</summary>
    Owned = 2,

    /// <summary>Being taken from a PBX: its ledger may or may not have the number still.</summary>
    Releasing = 3,
}

/// <summary>What a number's grain stores.</summary>
public sealed record DidState
{
    public DidPhase Phase { get; init; }

    /// <summary>The PBX that has it, or that the operation is about; empty while free.</summary>
    public string PbxId { get; init; } = "";

    /// <summary>The unfinished operation; empty when there is none.</summary>
    public string OperationId { get; init; } = "";

    /// <summary>When the operation was begun, or the sweep took it up.</summary>
    public DateTimeOffset OperationAt { get; init; }

    public bool IsPending => Phase is DidPhase.Claiming or DidPhase.Releasing;

    public bool IsOwnedBy(string pbxId) => Phase is DidPhase.Owned && PbxId == pbxId;
}
