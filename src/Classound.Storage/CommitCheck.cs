namespace Classound.Storage;

/// <summary>Checks what is to be written against the contract's ranges before it is handed on.</summary>
internal static class CommitCheck
{
    /// <exception cref="ArgumentException">Names the part that is out of range.</exception>
    public static void Check(LedgerCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        StoreLimits.CheckPbxId(commit.PbxId);
        CheckVersions(commit);
        foreach (var change in commit.Changes)
        {
            StoreLimits.CheckFieldName(change.Name);
            if (change.Section != 0)
                StoreLimits.CheckMonth(change.Section);
        }

        foreach (var rated in commit.RatedCalls)
        {
            StoreLimits.CheckCallId(rated.CallId);
            StoreLimits.CheckMonth(rated.UsageMonth);
            StoreLimits.CheckMonth(rated.BillingMonth);
            ArgumentNullException.ThrowIfNull(rated.Data);
        }

        foreach (var check in commit.NotSettled)
        {
            StoreLimits.CheckCallId(check.CallId);
            StoreLimits.CheckMonth(check.Month1);
            StoreLimits.CheckMonth(check.Month2);
        }

        foreach (var lease in commit.Leases)
            StoreLimits.CheckCallId(lease.CallId);
    }

    /// <exception cref="ArgumentException">Names the part of an entry that is out of range.</exception>
    public static void Check(IReadOnlyList<CallLogEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var entry in entries)
        {
            StoreLimits.CheckPbxId(entry.PbxId);
            StoreLimits.CheckCallId(entry.CallId);
            ArgumentNullException.ThrowIfNull(entry.Data);
        }
    }

    private static void CheckVersions(LedgerCommit commit)
    {
        if (!commit.Next.IsValid)
            throw new ArgumentException($"'{commit.Next}' is not a ledger version.", nameof(commit));
        if (commit.Expected is { IsValid: false })
            throw new ArgumentException($"'{commit.Expected}' is not a ledger version.", nameof(commit));
        if (commit.Expected == commit.Next)
            throw new ArgumentException($"Next must differ from Expected; both are '{commit.Next}'.", nameof(commit));
    }
}
