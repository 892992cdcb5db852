using Classound.Charging.Calls;

namespace Classound.Charging;

public sealed partial class Pbx
{
    /// <summary>
    /// The edge has this call. Its usage counts as confirmed, its lease begins anew, and nothing more is granted; the call is that
    /// edge's from now on, also where another one authorised it. Not by a list older than the one that named it last: its edge may
    /// have lost the call meanwhile to the edge that has it now.
    /// </summary>
    /// <param name="usedSeconds">Cumulative, as in <see cref="Extend"/>: an older report takes nothing back.</param>
    /// <param name="listedAt">When the edge made its list, by its own clock.</param>
    /// <returns>Null when it is not active.</returns>
    public ActiveCall? Confirm(string callId, string edgeId, int usedSeconds, DateTimeOffset listedAt, DateTimeOffset now)
    {
        if (!_calls.TryGetValue(callId, out var call) || call.Imported) return call;
        // The same edge's own older list does no harm: usage and lease only grow. An edge whose clock is ahead keeps no call longer.
        var same = call.EdgeId == edgeId;
        if (!same && listedAt < now && listedAt < call.ListedAt) return call;
        Stamp(now);
        var used = Math.Max(call.ConfirmedSeconds, usedSeconds);
        var ringing = call.ReportsAnswer && call.AnsweredAt is null && used == 0;
        Put(call with
        {
            EdgeId = edgeId,
            ListedAt = same && call.ListedAt > listedAt ? call.ListedAt : listedAt,
            ConfirmedSeconds = used,
            ReckonedAnswer = Reckon(call, usedSeconds, now),
            LeaseEndsAt = now.AddSeconds(ringing ? RingSeconds : Math.Max(0, call.GrantedSeconds - used) + LeaseGraceSeconds),
            Flags = used > call.GrantedSeconds ? call.Flags | CallFlags.AboveGrant : call.Flags,
        });
        return _calls[callId];
    }

    /// <summary>
    /// Active calls of an edge that it does not list, although it had them before it made the list: authorised before
    /// <paramref name="authorisedBefore"/> by our clock, and in no later list of its own.
    /// </summary>
    public IReadOnlyList<ActiveCall> MissingOf(
        string edgeId, IReadOnlySet<string> listed, DateTimeOffset listedAt, DateTimeOffset authorisedBefore) =>
        [.. _calls.Values.Where(call => !call.Imported && call.EdgeId == edgeId && !listed.Contains(call.CallId)
            && call.AuthorisedAt < authorisedBefore && !(call.ListedAt >= listedAt))];
}
