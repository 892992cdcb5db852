namespace Classound.Storage;

/// <summary>A rated call as it lies in the feed.</summary>
/// <param name="Partition">The partition of the PBX.</param>
/// <param name="Sequence">Number in the partition's feed: dense, from 1, in commit order.</param>
/// <param name="CallId">The edge's id.</param>
/// <param name="UsageMonth">Month of the answer, YYYYMM.</param>
/// <param name="BillingMonth">Month it is billed in, YYYYMM.</param>
/// <param name="Data">The stored form of the rated call.</param>
public sealed record StoredRatedCall(int Partition, long Sequence, string CallId, int UsageMonth, int BillingMonth, byte[] Data);
