using Classound.Charging.Calls;
using Classound.Charging.Rating;

namespace Classound.Charging;

public sealed partial class Pbx
{
    /// <summary>
    /// When the call was answered, as far as the reports tell, and whether the edge's clock is off: it had to be clamped, or
    /// an end names another answer than the start did (the start's counts).
    /// </summary>
    public static (DateTimeOffset At, bool Skewed) AnswerOf(EndRequest end, ActiveCall call, DateTimeOffset now)
    {
        if (end.CallSeconds == 0) return (call.AnsweredAt ?? call.BusinessTime, false);
        if (call.AnsweredAt is { } started) return (started, end.AnsweredAt is { } said && (said - started).Duration() > ClockTolerance);
        if (end.AnsweredAt is { } answered) return ClampAnswer(answered, call, now);
        // The day on which an old CDR is replayed says nothing about the call.
        if (call.Imported && end.EndedAt is null) return (call.BusinessTime, false);
        var ended = EndOf(end) ?? now;
        // Without an answer time the duration says it; never before the call was allowed. A duration longer than the call
        // can have been up by our clock is recorded all the same (it is the edge's), and flagged.
        var derived = ended - TimeSpan.FromMilliseconds(end.DurationMs);
        var (clamped, skewed) = ClampAnswer(Later(derived, call.BusinessTime), call, now);
        return (clamped, skewed || derived < call.BusinessTime - ClockTolerance);
    }

    /// <summary>
    /// Settles an active call: its own hold first, then what no other call holds (product.md, allowance). Records what
    /// happened, also above the grant or after the lease.
    /// </summary>
    public RatedCall Settle(ActiveCall call, EndRequest end, Catalogue catalogue, DateTimeOffset now)
    {
        var (answered, skewed) = AnswerOf(end, call, now);
        var flags = FlagsOf(call, end, answered, skewed, now)
            | (!call.Imported && (EndOf(end) is { } ended && ended < now ? ended : now) > call.LeaseEndsAt ? CallFlags.AfterExpiry : 0);
        return Settle(call, end, answered, flags, catalogue, now);
    }

    // An end without its time was reported as it happened, at the first attempt: repeats must not move the call to another month.
    private static DateTimeOffset? EndOf(EndRequest end) => end.EndedAt ?? end.AttemptedAt;

    private static CallFlags FlagsOf(ActiveCall call, EndRequest end, DateTimeOffset answered, bool skewed, DateTimeOffset now) =>
        call.Flags
        | (skewed || (!call.Imported && answered.AddMilliseconds(end.DurationMs) > now + ClockTolerance) ? CallFlags.ClockSkew : 0)
        | (end.CallSeconds == 0 && call.AnsweredAt is null ? CallFlags.Unanswered : 0)
        | (end.CallSeconds > call.GrantedSeconds ? CallFlags.AboveGrant : 0);

    private RatedCall Settle(
        ActiveCall call, EndRequest end, DateTimeOffset answered, CallFlags flags, Catalogue catalogue, DateTimeOffset now)
    {
        var month = MonthOf(answered);
        var ledger = Open(month, catalogue);
        // Minutes granted stay the call's own within their month; in another one it has what is free there.
        var available = call.Pricing is null || call.Pricing.AllowanceTicks.IsDefaultOrEmpty
            ? 0 : Available(ledger, call.Seat, month == call.HoldMonth ? call.HeldIncludedSeconds : 0);
        // Whatever can fail comes before the first change: a call that cannot be rated stays active.
        var rated = Rated(call, end, answered, flags, available, now);
        Remove(call.CallId);
        Book(rated);
        return rated;
    }

    /// <summary>Rates a call that happened without an authorisation here, from the details its end carries.</summary>
    /// <returns>Null with the reason where it cannot be priced: never free (product.md, destination).</returns>
    public RatedCall? SettleUnauthorised(EndRequest end, Catalogue catalogue, DateTimeOffset now, out DenialReason reason, out string subject)
    {
        var details = end.Details!;
        (reason, subject) = Settings is null ? (DenialReason.PbxUnknown, Id) : (DenialReason.None, "");
        if (Settings is null) return null;
        var at = details.OccurredAt ?? LikelyAnswer(end, now);
        CallPricing? pricing = null;
        if (details is { Direction: CallDirection.Outbound, Internal: false })
        {
            var list = catalogue.InForce(Settings.PriceListType, at);
            if (!details.Called.IsPresent) (reason, subject) = (DenialReason.CalledNotE164, "details.called");
            else if (list is null || list.Currency != Settings.Currency || !list.TryPrice(details.Called, out var entry, out var tariff))
                (reason, subject) = (DenialReason.NoPrice, Settings.PriceListType);
            else pricing = CallPricing.Of(list, entry, tariff);
        }
        if (reason != DenialReason.None) return null;
        var ledger = Open(MonthOf(at), catalogue);
        var call = Unauthorised(end, details, at, pricing, ledger.IsPerUser ? SeatOf(details.UserId) : -1, now);
        var (answered, skewed) = AnswerOf(end, call, now);
        ledger = Open(MonthOf(answered), catalogue);
        var available = pricing is null || pricing.AllowanceTicks.IsDefaultOrEmpty ? 0 : ledger.FreeSeconds(call.Seat);
        var flags = call.Flags | (skewed ? CallFlags.ClockSkew : 0) | (end.CallSeconds == 0 ? CallFlags.Unanswered : 0);
        var rated = Rated(call, end, answered, flags, available, now);
        Book(rated);
        return rated;
    }

    /// <summary>
    /// The instants whose months <see cref="SettleUnauthorised"/> opens: an archived one must be given back before. By the first one the call
    /// is priced.
    /// </summary>
    public IEnumerable<DateTimeOffset> UnauthorisedTimes(EndRequest end, DateTimeOffset now)
    {
        var at = end.Details!.OccurredAt ?? LikelyAnswer(end, now);
        return [at, AnswerOf(end, Unauthorised(end, end.Details, at, null, -1, now), now).At];
    }

    /// <summary>
    /// By the edge's word, within what is possible: a clock that is years off must not open months of its own. The
    /// difference shows again when the answer is clamped to this time, and is flagged.
    /// </summary>
    private static DateTimeOffset LikelyAnswer(EndRequest end, DateTimeOffset now)
    {
        var answered = end.AnsweredAt ?? (EndOf(end) ?? now) - TimeSpan.FromMilliseconds(end.DurationMs);
        var oldest = now - TimeSpan.FromDays(OldestAttemptDays);
        return answered > now ? now : answered < oldest ? oldest : answered;
    }

    private ActiveCall Unauthorised(
        EndRequest end, AuthorizeRequest details, DateTimeOffset at, CallPricing? pricing, int seat, DateTimeOffset now) => new()
        {
            CallId = end.CallId, Direction = details.Direction, Caller = details.Caller, Called = details.Called,
            CallerText = details.CallerText, CalledText = details.CalledText, UserId = details.UserId, Internal = details.Internal,
            HideCallerId = details.HideCallerId, EdgeId = details.EdgeId, AuthorisedAt = at < now ? at : now, OccurredAt = details.OccurredAt,
            AnsweredAt = null, Pricing = pricing, HoldMonth = MonthOf(at), HoldDay = DayOf(at), Seat = seat,
            GrantedSeconds = 0, MaximumSeconds = 0, LeaseEndsAt = now,
            Flags = CallFlags.Unauthorised | (details.OccurredAt is null ? CallFlags.None : CallFlags.Imported),
        };

    private RatedCall Rated(
        ActiveCall call, EndRequest end, DateTimeOffset answered, CallFlags flags, int available, DateTimeOffset now)
    {
        var usageMonth = MonthOf(answered);
        var rating = call.Pricing?.Rate(answered, end.CallSeconds, available)
            ?? new CallRating(end.CallSeconds, 0, 0, Amount.Zero); // unpriced: inbound and internal calls
        return new RatedCall
        {
            PbxId = Id, CallId = call.CallId, Direction = call.Direction, Caller = call.Caller, Called = call.Called,
            CallerText = call.CallerText, CalledText = call.CalledText, UserId = call.UserId, Internal = call.Internal,
            HideCallerId = call.HideCallerId, EdgeId = call.EdgeId, AuthorisedAt = call.AuthorisedAt, OccurredAt = call.OccurredAt,
            AnsweredAt = answered, SettledAt = now, DurationMs = end.DurationMs,
            CallSeconds = rating.CallSeconds, RatedSeconds = rating.RatedSeconds, IncludedSeconds = rating.IncludedSeconds,
            GrantedSeconds = call.GrantedSeconds, AvailableIncludedSeconds = available,
            UsageMonth = usageMonth, BillingMonth = Math.Max(usageMonth, FirstOpenMonth), UsageDay = DayOf(answered), Seat = call.Seat,
            Pricing = call.Pricing, Currency = Settings!.Currency,
            Charges = [new Charge(RatedCall.PbxPayer, call.Pricing?.ListType ?? "", call.Pricing?.ListNumber ?? 0, rating.Money)],
            Cause = end.Cause, Flags = flags,
        };
    }

    private void Book(RatedCall call)
    {
        Stamp(call.SettledAt);
        _months[call.UsageMonth].Use(call);
        if (!_months.ContainsKey(call.BillingMonth))
            _months[call.BillingMonth] = new Allowances.MonthLedger(call.BillingMonth, Settings!.ActiveFrom, Settings.Licences.Total);
        _months[call.BillingMonth].Bill(call);
        Changes.Rate(call);
        Changes.Allowance(call.UsageMonth);
        Changes.Allowance(call.BillingMonth);
        if (call.Seat >= 0) Changes.SeatUse(call.UsageMonth, call.Seat);
        Changes.Day(call.UsageMonth, call.UsageDay);
        Changes.Total(call.BillingMonth, new Allowances.TotalsKey(call.Direction, call.Area));
    }
}
