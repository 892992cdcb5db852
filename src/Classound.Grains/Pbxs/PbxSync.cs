using Classound.Charging.Calls;

namespace Classound.Grains.Pbxs;

/// <summary>A call that its edge has.</summary>
/// <param name="UsedSeconds">Cumulative from the answer; 0 while it rings.</param>
public sealed record LiveCall(string CallId, int UsedSeconds);

/// <summary>What an edge says of its calls of one PBX.</summary>
/// <param name="ListedAt">When it made its list, by its own clock; whole milliseconds, as it is stored.</param>
/// <param name="CloseBefore">Its calls that are not listed and were authorised before this are closed, unless a later list named them; null closes none.</param>
public sealed record PbxSync(string EdgeId, IReadOnlyList<LiveCall> Calls, DateTimeOffset ListedAt, DateTimeOffset? CloseBefore);

/// <summary>How the listed calls stand, in their order.</summary>
public sealed record PbxSyncReply(IReadOnlyList<SyncedCall> Calls, int Closed);

/// <param name="Answer">The grant of a live call or the settlement of an ended one; null = never heard of.</param>
public sealed record SyncedCall(string CallId, CallAnswer? Answer);
