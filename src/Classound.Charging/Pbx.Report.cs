using Classound.Charging.Calls;
using Classound.Charging.Rating;

namespace Classound.Charging;

/// <summary>The answer to StartCall and ExtendCall.</summary>
/// <param name="Call">As it stands now; null where it is not active here.</param>
/// <param name="Reason">Why more time was refused; the call keeps what it has.</param>
public readonly record struct ReportOutcome(ActiveCall? Call, DenialReason Reason, bool Repeated);

public sealed partial class Pbx
{
    /// <summary>
    /// The call was answered. Its hold moves to the answer's month and day and stays what was granted; only another month
    /// prices it again, from what is free there. A repeat, also with another time, changes nothing: the first answer counts.
    /// </summary>
    public ReportOutcome Start(string callId, DateTimeOffset answeredAt, Catalogue catalogue, DateTimeOffset now)
    {
        if (!_calls.TryGetValue(callId, out var call)) return new ReportOutcome(null, DenialReason.UnknownCall, false);
        if (call.AnsweredAt is not null) return new ReportOutcome(call, DenialReason.None, true);
        Stamp(now);
        var (answered, skewed) = ClampAnswer(answeredAt, call, now);
        var started = call with
        {
            AnsweredAt = answered,
            LeaseEndsAt = Later(answered, now).AddSeconds(call.GrantedSeconds + LeaseGraceSeconds),
            Flags = skewed ? call.Flags | CallFlags.ClockSkew : call.Flags,
            Warnings = skewed ? call.Warnings | GrantWarnings.ClockSkew : call.Warnings,
        };
        Put(MoveHold(started, catalogue));
        return new ReportOutcome(_calls[callId], DenialReason.None, false);
    }

    /// <summary>
    /// More time for a call, from cumulative usage: a lost, repeated or late report does no harm. A request number seen
    /// before, or an older one, gets the grant as it stands.
    /// </summary>
    public ReportOutcome Extend(string callId, int requestNumber, int usedSeconds, int requestedSeconds, DateTimeOffset now)
    {
        if (!_calls.TryGetValue(callId, out var call)) return new ReportOutcome(null, DenialReason.UnknownCall, false);
        if (requestNumber <= call.RequestNumber) return new ReportOutcome(call, DenialReason.None, true);
        Stamp(now);
        var used = Math.Max(call.ConfirmedSeconds, usedSeconds);
        var wanted = requestedSeconds > 0 ? requestedSeconds : SliceSeconds;
        var target = (int)Math.Min(call.MaximumSeconds, (long)used + wanted);
        var (extended, reason) = target > call.GrantedSeconds ? Grow(call, target) : (call, DenialReason.None);
        extended = extended with
        {
            RequestNumber = requestNumber,
            ConfirmedSeconds = used,
            ReckonedAnswer = Reckon(call, usedSeconds, now),
            // Where no more was asked for, nothing new is known about there being more.
            Final = target > call.GrantedSeconds ? extended.GrantedSeconds >= extended.MaximumSeconds || reason != DenialReason.None : call.Final,
            LeaseEndsAt = now.AddSeconds(Math.Max(0, extended.GrantedSeconds - used) + LeaseGraceSeconds),
            Flags = used > call.GrantedSeconds ? extended.Flags | CallFlags.AboveGrant : extended.Flags,
        };
        Put(extended);
        var refused = extended.GrantedSeconds == call.GrantedSeconds ? reason : DenialReason.None;
        return new ReportOutcome(extended, refused, false);
    }

    private (ActiveCall Call, DenialReason Limit) Grow(ActiveCall call, int target)
    {
        if (Settings!.State == PbxState.Suspended) return (call, DenialReason.PbxSuspended);
        if (call.Pricing is null) return (call with { GrantedSeconds = target }, DenialReason.None);
        var own = new HoldTerms(call.GrantedSeconds, call.HeldIncludedSeconds, call.HeldMoney, DenialReason.None);
        if (!_months.TryGetValue(call.HoldMonth, out var ledger))
            throw new InvalidOperationException($"month {call.HoldMonth} of PBX {Id} is archived and was not given back");
        var hold = Afford(TermsOf(call, Settings.Limits), ledger, call.HoldDay, call.Seat, target, own);
        if (hold.Seconds <= call.GrantedSeconds) return (call, hold.Limit);
        var grown = call with
        {
            GrantedSeconds = hold.Seconds,
            HeldIncludedSeconds = hold.IncludedSeconds,
            HeldMoney = hold.Money,
            Warnings = (call.Warnings & ~AnySpendWarning) | SpendWarnings(Settings.Limits, ledger, call.HoldDay, hold.Money - call.HeldMoney),
        };
        return (grown, hold.Limit);
    }

    /// <summary>A hold lies in the answer's month once the answer is known (product.md, months).</summary>
    private ActiveCall MoveHold(ActiveCall call, Catalogue catalogue)
    {
        var day = DayOf(call.AnsweredAt!.Value);
        var month = MonthOf(call.AnsweredAt.Value);
        var sameMonth = month == call.HoldMonth;
        var ledger = Open(month, catalogue);
        if (call.Pricing is null) return call with { HoldMonth = month, HoldDay = day };
        // Within its month the call takes no minute beyond its own: what is free stays free to calls that ask for it, and
        // becomes this call's only if it still is at the settlement.
        var available = sameMonth ? call.HeldIncludedSeconds
            : call.Pricing.AllowanceTicks.IsDefaultOrEmpty ? 0 : ledger.FreeSeconds(call.Seat);
        var rating = call.Pricing.Rate(call.AnsweredAt.Value, call.GrantedSeconds, available);
        return call with { HoldMonth = month, HoldDay = day, HeldIncludedSeconds = rating.IncludedSeconds, HeldMoney = rating.Money };
    }

    /// <summary>The answer as it is taken: the edge's word within what the clocks allow (product.md, clocks).</summary>
    public static (DateTimeOffset Answered, bool Skewed) ClampAnswer(DateTimeOffset answeredAt, ActiveCall call, DateTimeOffset now)
    {
        var earliest = call.BusinessTime - ClockTolerance;
        var latest = now + ClockTolerance;
        if (answeredAt < earliest) return (earliest, true);
        return answeredAt > latest ? (latest, true) : (answeredAt, false);
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
