using Classound.Charging.Calls;

namespace Classound.Charging;

public sealed partial class Pbx
{
    /// <summary>Release cause of a call that was closed at the end of its lease.</summary>
    public static readonly ReleaseCause LeaseEnded = new(0, 0, "closed: no end was reported within its lease");

    /// <summary>Release cause of a call that its edge no longer has.</summary>
    public static readonly ReleaseCause Missing = new(0, 0, "closed: its edge no longer has it");

    /// <summary>Whether a call's lease has ended. An import has none: nobody forgets to end an old CDR.</summary>
    public static bool IsOverdue(ActiveCall call, DateTimeOffset now) => !call.Imported && call.LeaseEndsAt <= now;

    /// <summary>
    /// When a call was answered as far as is known without its end: as reported; else as its reports of usage come to; else when it
    /// was authorised. Never before that.
    /// </summary>
    public static DateTimeOffset AssumedAnswer(ActiveCall call)
    {
        if (call.AnsweredAt is { } reported) return reported;
        if (call.ConfirmedSeconds == 0) return call.BusinessTime;
        if (call.ReckonedAnswer is { } reckoned) return reckoned;
        // Stored before the reckoning was kept: such a report set the lease by what was left of the grant.
        var reportedAt = call.LeaseEndsAt.AddSeconds(-LeaseGraceSeconds - Math.Max(0, call.GrantedSeconds - call.ConfirmedSeconds));
        return Later(reportedAt.AddSeconds(-call.ConfirmedSeconds), call.BusinessTime);
    }

    /// <summary>The reckoned answer after one more report, whose own usage counts: what was known before it was known earlier.</summary>
    private static DateTimeOffset? Reckon(ActiveCall call, int usedSeconds, DateTimeOffset now)
    {
        var before = call.ConfirmedSeconds > 0 && call.AnsweredAt is null ? AssumedAnswer(call) : call.ReckonedAnswer;
        if (usedSeconds == 0) return before;
        var reckoned = Later(now.AddSeconds(-usedSeconds), call.BusinessTime);
        return before < reckoned ? before : reckoned;
    }

    /// <summary>
    /// Settles a call whose end nobody reports with the usage that was last confirmed, or 0 s (product.md, ends). Decided here, not
    /// by whoever asks: a list of overdue calls may be older than a call's last extension.
    /// </summary>
    /// <returns>Null when the call is not active or its lease has not ended.</returns>
    public RatedCall? CloseOverdue(string callId, Catalogue catalogue, DateTimeOffset now) =>
        _calls.TryGetValue(callId, out var call) && IsOverdue(call, now) ? Close(call, LeaseEnded, catalogue, now) : null;

    /// <summary>Settles an active call without its end: UNCONFIRMED, until a later one corrects it.</summary>
    public RatedCall Close(ActiveCall call, ReleaseCause cause, Catalogue catalogue, DateTimeOffset now)
    {
        var end = new EndRequest { CallId = call.CallId, DurationMs = 1000L * call.ConfirmedSeconds, Cause = cause };
        var answered = AssumedAnswer(call);
        var flags = FlagsOf(call, end, answered, skewed: false, now) | CallFlags.Unconfirmed
            | (call.AnsweredAt is null ? CallFlags.AnswerAssumed : 0);
        return Settle(call, end, answered, flags, catalogue, now);
    }

    /// <summary>
    /// The end of a call that was closed without one, exactly once: a further rated call that holds the difference to what a
    /// settlement by this end comes to. It uses the minutes that the closure used plus what is free now, and touches no other call.
    /// </summary>
    /// <param name="closed">The call as it was closed; its usage month and that of <see cref="AnswerOf(EndRequest, RatedCall, DateTimeOffset)"/> must be at hand.</param>
    public RatedCall Correct(RatedCall closed, EndRequest end, Catalogue catalogue, DateTimeOffset now)
    {
        if (!closed.IsUnconfirmed) throw new ArgumentException($"call {closed.CallId} was settled by its end", nameof(closed));
        var call = Reopened(closed);
        var (said, skewed) = AnswerOf(end, call, now);
        var answered = Kept(said, closed);
        var ledger = Open(MonthOf(answered), catalogue);
        // Another month than the closure's is possible only where that used nothing.
        var available = call.Pricing is null || call.Pricing.AllowanceTicks.IsDefaultOrEmpty
            ? 0 : Available(ledger, closed.Seat, ledger.Month == closed.UsageMonth ? closed.IncludedSeconds : 0);
        // What only our reckoning is off by says nothing of the edge's clock.
        var flags = FlagsOf(call, end, said, skewed, now) | (answered == said ? 0 : CallFlags.AnswerAssumed);
        var whole = Rated(call, end, answered, flags, available, now);
        var difference = whole.Correcting(closed);
        Book(difference);
        return difference;
    }

    /// <summary>
    /// The answer of a closed call as its end corrects it. A reported answer stays. A reckoned one gives way, as long as what the
    /// closure booked stays where it was booked: with seconds, on its day; without, anywhere.
    /// </summary>
    public DateTimeOffset AnswerOf(EndRequest end, RatedCall closed, DateTimeOffset now) =>
        Kept(AnswerOf(end, Reopened(closed), now).At, closed);

    private DateTimeOffset Kept(DateTimeOffset said, RatedCall closed) =>
        closed.CallSeconds == 0 || DayOf(said) == closed.UsageDay ? said : closed.AnsweredAt;

    /// <summary>Has a call's entry and lease written again as they are here: for a lease that nothing else would remove.</summary>
    public void Rewrite(string callId) => Changes.Call(callId);

    /// <summary>The closed call as it was before, without what it held: only to settle it again.</summary>
    private static ActiveCall Reopened(RatedCall closed) => new()
    {
        CallId = closed.CallId, Direction = closed.Direction, Caller = closed.Caller, Called = closed.Called,
        CallerText = closed.CallerText, CalledText = closed.CalledText, UserId = closed.UserId, Internal = closed.Internal,
        HideCallerId = closed.HideCallerId, EdgeId = closed.EdgeId, AuthorisedAt = closed.AuthorisedAt, OccurredAt = closed.OccurredAt,
        AnsweredAt = closed.Flags.HasFlag(CallFlags.AnswerAssumed) ? null : closed.AnsweredAt, Pricing = closed.Pricing,
        HoldMonth = closed.UsageMonth, HoldDay = closed.UsageDay, Seat = closed.Seat, GrantedSeconds = closed.GrantedSeconds,
        MaximumSeconds = closed.GrantedSeconds, LeaseEndsAt = closed.SettledAt,
        Flags = closed.Flags & ~(CallFlags.Unconfirmed | CallFlags.AnswerAssumed | CallFlags.Unanswered),
    };
}
