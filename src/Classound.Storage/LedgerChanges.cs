namespace Classound.Storage;

/// <summary>One changed field of a PBX's ledger. Of two changes of the same field in a commit the later one counts.</summary>
/// <param name="Section">0 = the live ledger, loaded at activation; YYYYMM = a closed month, which has its own key.</param>
/// <param name="Name">Field name, 1 to 512 bytes of UTF-8, any characters.</param>
/// <param name="Value">The new value; null deletes the field.</param>
public readonly record struct FieldChange(int Section, string Name, byte[]? Value);

/// <summary>A rated call to append to the feed of the PBX's partition. The settled index then points at it.</summary>
/// <param name="CallId">The edge's id, 1 to 128 bytes of UTF-8, opaque.</param>
/// <param name="UsageMonth">Month of the answer, YYYYMM in the PBX's zone: where the settled index keeps the id.</param>
/// <param name="BillingMonth">First open month at settlement, YYYYMM: where the call is listed and totalled.</param>
/// <param name="Data">The stored form of the rated call; opaque here.</param>
public readonly record struct RatedCallEntry(string CallId, int UsageMonth, int BillingMonth, byte[] Data);

/// <summary>Refuses the commit when the call is settled in either usage month.</summary>
/// <param name="CallId">The edge's id.</param>
/// <param name="Month1">Usage month, YYYYMM.</param>
/// <param name="Month2">Another usage month, YYYYMM; may equal <paramref name="Month1"/>.</param>
public readonly record struct SettledCheck(string CallId, int Month1, int Month2);

/// <summary>Sets, moves or removes the end of a call's lease, by which a sweep finds calls whose end was never reported.</summary>
/// <param name="CallId">The edge's id.</param>
/// <param name="EndsAt">End of the lease, kept in whole milliseconds, rounded up so that no sweep is early; null removes it.</param>
public readonly record struct LeaseChange(string CallId, DateTimeOffset? EndsAt);

/// <summary>A call whose lease ended at or before the time asked for.</summary>
/// <param name="PbxId">The call's PBX.</param>
/// <param name="CallId">The edge's id.</param>
/// <param name="EndsAt">End of the lease, in whole milliseconds.</param>
public readonly record struct DueLease(string PbxId, string CallId, DateTimeOffset EndsAt);
