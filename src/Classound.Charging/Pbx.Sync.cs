using Classound.Charging.Calls;

namespace Classound.Charging;

public sealed partial class Pbx
{
    /// <summary>
    /// The edge has this call. Its usage counts as confirmed, its lease begins anew, and nothing more is granted; the call is that
    /// edge's from now on, also where another one authorised it.
    /// </summary>
    /// <param name="usedSeconds">Cumulative, as in <see cref="Extend"/>: an older report takes nothing back.</param>
    /// <returns>Null when it is not active.</returns>
    public ActiveCall? Confirm(string callId, string edgeId, int usedSeconds, DateTimeOffset now)
    {
        if (!_calls.TryGetValue(callId, out var call) || call.Imported) return call;
        Stamp(now);
        var used = Math.Max(call.ConfirmedSeconds, usedSeconds);
        var ringing = call.ReportsAnswer && call.AnsweredAt is null && used == 0;
        Put(call with
        {
            EdgeId = edgeId,
            ConfirmedSeconds = used,
            LeaseEndsAt = now.AddSeconds(ringing ? RingSeconds : Math.Max(0, call.GrantedSeconds - used) + LeaseGraceSeconds),
            Flags = used > call.GrantedSeconds ? call.Flags | CallFlags.AboveGrant : call.Flags,
        });
        return _calls[callId];
    }

    /// <summary>Active calls of an edge that it does not list, although they were authorised before it made the list.</summary>
    public IReadOnlyList<ActiveCall> MissingOf(string edgeId, IReadOnlySet<string> listed, DateTimeOffset authorisedBefore) =>
        [.. _calls.Values.Where(call =>
            !call.Imported && call.EdgeId == edgeId && call.AuthorisedAt < authorisedBefore && !listed.Contains(call.CallId))];
}
