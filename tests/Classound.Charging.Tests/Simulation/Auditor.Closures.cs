using Classound.Charging.Calls;

namespace Classound.Charging.Tests.Simulation;

internal sealed partial class Auditor
{
    private readonly Dictionary<string, AuditClosure> _closed = [];

    /// <summary>Calls that were closed without an end and wait for it.</summary>
    public IReadOnlyDictionary<string, AuditClosure> Closed => _closed;

    /// <summary>Checks a sweep: everything overdue and nothing else, with what was confirmed.</summary>
    public void Swept(IReadOnlyList<RatedCall> closed, DateTimeOffset now)
    {
        Require(Ids(closed), string.Join(' ', _active.Values.Where(call => call.LeaseEnd <= now).Select(call => call.Id).Order(StringComparer.Ordinal)), "swept");
        foreach (var rated in closed) Close(rated, now);
    }

    /// <summary>Checks what became of an edge's list of calls.</summary>
    public void Synced(
        string edge, IReadOnlyList<(string CallId, int Used)> listed, DateTimeOffset made, DateTimeOffset? closeBefore,
        IReadOnlyList<string> live, IReadOnlyList<RatedCall> closed, DateTimeOffset now)
    {
        Require(string.Join(' ', live), string.Join(' ', listed.Where(call => _active.ContainsKey(call.CallId)).Select(call => call.CallId)), "live");
        foreach (var (id, used) in listed)
        {
            if (!_active.TryGetValue(id, out var call)) continue;
            if (call.Edge != edge && call.Listed is { } newest && made < (newest < now ? newest : now)) continue;
            call = Heard(call, used, now) with { Edge = edge, Listed = call.Edge == edge && call.Listed > made ? call.Listed : made };
            call = call with { Above = call.Above || call.Confirmed > call.Granted };
            var ringing = call is { Reports: true, Answered: null, Confirmed: 0 };
            _active[id] = ringing ? call with { LeaseEnd = now.AddSeconds(180) } : Leased(call, now);
        }
        var names = listed.Select(call => call.CallId).ToHashSet();
        var missing = _active.Values.Where(call => call.Edge == edge && !names.Contains(call.Id) && call.Since < closeBefore && !(call.Listed >= made)).Select(call => call.Id);
        Require(Ids(closed), string.Join(' ', missing.Order(StringComparer.Ordinal)), "closed as missing");
        foreach (var rated in closed) Close(rated, now);
    }

    /// <summary>A report of usage: of all of them, the one that says the earliest answer is right.</summary>
    private static AuditCall Heard(AuditCall call, int used, DateTimeOffset now)
    {
        if (used == 0) return call;
        var begun = now.AddSeconds(-used) < call.Since ? call.Since : now.AddSeconds(-used);
        return call with { Confirmed = Math.Max(call.Confirmed, used), Begun = call.Begun < begun ? call.Begun : begun };
    }

    private static AuditCall Leased(AuditCall call, DateTimeOffset now) => call with
    {
        LeaseEnd = now.AddSeconds(Math.Max(0, call.Granted - call.Confirmed) + 60),
    };

    private void Close(RatedCall rated, DateTimeOffset now)
    {
        _active.Remove(rated.CallId, out var call);
        var begun = call!.Confirmed == 0 ? call.Since : call.Begun!.Value;
        var answered = call.Answered ?? (begun < call.Since ? call.Since : begun);
        var closure = Rating(call, answered, call.Confirmed, own: 0);
        Check(rated, closure, $"closure of {rated.CallId}");
        Require(
            (rated.IsUnconfirmed, rated.Flags.HasFlag(CallFlags.AnswerAssumed), rated.Flags.HasFlag(CallFlags.AboveGrant)),
            (true, call.Answered is null, call.Above), "flags of a closure");
        Book(rated, call.Seat, closure.Seconds, (closure.Rated, closure.Included, closure.Nanos));
        _closed[call.Id] = closure;
        _settled[call.Id] = (closure.Month, call.Called);
    }

    /// <summary>Checks a correction: the call as a whole by its end, and in the books the difference to the closure.</summary>
    private void Corrected(AuditClosure closed, EndRequest end, CallAnswer answer, DateTimeOffset now)
    {
        Require((answer.Repeated, answer.Conflict), (false, false), "first late end");
        var call = closed.Call;
        var answered = AnswerOf(call, end, now);
        var kept = closed.Seconds > 0 && DayOf(answered) != closed.Day && answered != closed.Answered;
        if (kept) answered = closed.Answered;
        Require(answer.Settlement!.Flags.HasFlag(CallFlags.AnswerAssumed), kept, "an assumed answer that was kept");
        var own = MonthOf(DayOf(answered)) == closed.Month ? closed.Included : 0;
        var whole = Rating(call, answered, (int)((end.DurationMs + 999) / 1000), own);
        Check(answer.Settlement!, whole, $"correction of {call.Id}");
        Require(answer.Settlement!.CorrectedFrom?.CallSeconds, closed.Seconds, "what was corrected");
        Book(answer.Settlement!, call.Seat, whole.Seconds - closed.Seconds,
            (whole.Rated - closed.Rated, whole.Included - closed.Included, whole.Nanos - closed.Nanos), calls: 0);
    }

    private AuditClosure Rating(AuditCall call, DateTimeOffset answered, int seconds, int own)
    {
        var (day, month) = (DayOf(answered), MonthOf(DayOf(answered)));
        var rating = call.Price?.Rate(call.List, seconds, own + Free(month, call.Seat)) ?? (Rated: 0, Included: 0, Nanos: 0);
        return new AuditClosure(call, answered, day, month, seconds, rating.Rated, rating.Included, rating.Nanos);
    }

    private void Check(RatedCall rated, AuditClosure expected, string what)
    {
        Require(
            (rated.CallSeconds, rated.RatedSeconds, rated.IncludedSeconds, rated.Amount.Nanos),
            (expected.Seconds, expected.Rated, expected.Included, expected.Nanos), what);
        Require((rated.AnsweredAt, rated.UsageDay, rated.UsageMonth), (expected.Answered, expected.Day, expected.Month), what + ": answer and usage month");
        Require(rated.BillingMonth, Math.Max(expected.Month, _openFrom), what + ": billing month");
    }

    private static string Ids(IReadOnlyList<RatedCall> calls) => string.Join(' ', calls.Select(call => call.CallId));
}

/// <summary>A settlement by the auditor's own reckoning, and the call that it is of.</summary>
internal sealed record AuditClosure(
    AuditCall Call, DateTimeOffset Answered, DateOnly Day, int Month, int Seconds, int Rated, int Included, long Nanos);
