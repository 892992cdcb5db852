namespace Classound.Storage;

/// <summary>What became of a commit. Every value is definite.</summary>
public enum CommitOutcome
{
    /// <summary>Applied now, whole and durably.</summary>
    Committed = 1,

    /// <summary>An earlier attempt of the same commit had been applied; nothing changed now.</summary>
    AlreadyCommitted = 2,

    /// <summary>
    /// Another activation wrote the PBX; nothing was applied now. On a first send that is definite. On a re-send the earlier
    /// attempt may have been applied and then written over, so the waiters' outcome stays unknown.
    /// </summary>
    Fenced = 3,

    /// <summary>A call of <see cref="LedgerCommit.NotSettled"/> is settled; nothing was applied.</summary>
    AlreadySettled = 4,
}

/// <summary>The answer to a commit.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Stored">The version that is stored now; null when the PBX was never written.</param>
/// <param name="SettledCallIds">
/// With <see cref="CommitOutcome.AlreadySettled"/> all the ids that are settled, in the order asked; else empty.
/// </param>
public readonly record struct CommitResult(CommitOutcome Outcome, LedgerVersion? Stored, IReadOnlyList<string> SettledCallIds);
