using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;

namespace Classound.Charging;

public sealed partial class Pbx
{
    /// <summary>
    /// May this call be placed, and for how long? Pure, and free of allocation when it is granted. The month of the call
    /// must be open (<see cref="Advance"/>, <see cref="Open"/>). Checks stand in the order of <see cref="DenialReason"/>.
    /// </summary>
    public AuthorizeDecision DecideAuthorize(AuthorizeRequest request, Catalogue catalogue, DateTimeOffset now)
    {
        if (_calls.TryGetValue(request.CallId, out var active)) return Repeat(active, request);
        if (IsTooOld(request.AttemptedAt, now)) return AuthorizeDecision.Deny(DenialReason.TooOld, "attempt_time");
        if (Settings is not { } settings) return AuthorizeDecision.Deny(DenialReason.PbxUnknown, Id);
        if (settings.State == PbxState.Suspended) return AuthorizeDecision.Deny(DenialReason.PbxSuspended, Id);

        var at = request.OccurredAt ?? NotBeforeLast(now);
        var day = DayOf(at);
        if (day < settings.ActiveFrom) return AuthorizeDecision.Deny(DenialReason.PbxNotActive, "active_from");
        var ledger = _months[LocalCalendar.MonthOf(day)];
        if (ledger.Plan is null) return AuthorizeDecision.Deny(DenialReason.PbxWithoutPlan, "plan_code");
        if (request.OccurredAt is null && AttemptsSpent(settings.Limits, now))
            return AuthorizeDecision.Deny(DenialReason.TooManyAttempts, "max_attempts_per_second");
        var maximum = settings.Limits.EffectiveMaxCallSeconds;
        if (request.RequestedSeconds > 0 && request.RequestedSeconds < maximum) maximum = request.RequestedSeconds;

        return request.Internal || request.Direction == CallDirection.Inbound
            ? DecideUnpriced(request, ledger, day, maximum)
            : DecideOutbound(request, catalogue, settings, ledger, at, day, maximum);
    }

    private AuthorizeDecision DecideOutbound(
        AuthorizeRequest request, Catalogue catalogue, PbxSettings settings, MonthLedger ledger, DateTimeOffset at, DateOnly day, int maximum)
    {
        if (request.CallerForm != NumberForm.E164) return DenyForm(DenialReason.CallerNotE164, request.CallerForm);
        if (request.CalledForm != NumberForm.E164) return DenyForm(DenialReason.CalledNotE164, request.CalledForm);
        var seat = -1;
        if (ledger.IsPerUser)
        {
            if (request.UserId.Length == 0) return AuthorizeDecision.Deny(DenialReason.UserMissing, "user_id");
            seat = SeatOf(request.UserId);
            if (seat < 0) return AuthorizeDecision.Deny(DenialReason.UserUnknown, request.UserId);
        }
        if (!_dids.TryGetValue(request.Caller, out var did)) return AuthorizeDecision.Deny(DenialReason.CallerIdNotOwned, "caller");
        if (!did.IsOwned) return AuthorizeDecision.Deny(DenialReason.CallerIdNotVerified, "caller");

        var limits = settings.Limits;
        var list = catalogue.InForce(settings.PriceListType, at);
        var known = list?.Prefixes.Match(request.Called);
        if (limits.WhatBars(request.Called, known) is { } bar) return AuthorizeDecision.Deny(DenialReason.DestinationBarred, bar);
        if (list is null || list.Currency != settings.Currency || !list.TryPrice(request.Called, out var entry, out var tariff))
            return AuthorizeDecision.Deny(DenialReason.NoPrice, settings.PriceListType);

        var target = request.CanExtend && maximum > SliceSeconds ? SliceSeconds : maximum;
        var terms = new PricingTerms(tariff, list.Decimals, entry.Area == CallArea.Area1 ? list.AllowanceTicks : [], limits, at);
        var hold = Afford(terms, ledger, day, seat, target, own: default);
        if (hold.Seconds == 0 && hold.Limit == DenialReason.PriceTooHigh) return AuthorizeDecision.Deny(hold.Limit, "max_price_per_minute");
        if (CallsSpent(limits)) return AuthorizeDecision.Deny(DenialReason.TooManyCalls, "max_concurrent_calls");
        if (hold.Seconds == 0) return AuthorizeDecision.Deny(hold.Limit, hold.Limit == DenialReason.DayCapReached ? "day_cap" : "month_cap");

        return new AuthorizeDecision
        {
            Outcome = AuthorizeOutcome.Granted, Subject = "", List = list, Entry = entry, Tariff = tariff,
            Month = ledger.Month, Day = day, Seat = seat, MaximumSeconds = maximum, Hold = hold,
            Warnings = SpendWarnings(limits, ledger, day, hold.Money) | (request.LacksG711 ? GrantWarnings.NoG711 : GrantWarnings.None),
        };
    }

    /// <summary>Internal calls do not leave the PBX; inbound ones are free unless the DID is a FreePhone (a later price list).</summary>
    private AuthorizeDecision DecideUnpriced(AuthorizeRequest request, MonthLedger ledger, DateOnly day, int maximum)
    {
        if (request.Direction == CallDirection.Inbound && !request.Internal)
        {
            if (request.CalledForm != NumberForm.E164) return DenyForm(DenialReason.CalledNotE164, request.CalledForm);
            if (!_dids.TryGetValue(request.Called, out var did) || !did.IsOwned) return AuthorizeDecision.Deny(DenialReason.CalledDidNotOwned, "called");
        }
        if (CallsSpent(Settings!.Limits)) return AuthorizeDecision.Deny(DenialReason.TooManyCalls, "max_concurrent_calls");
        return new AuthorizeDecision
        {
            Outcome = AuthorizeOutcome.Granted, Subject = "", Month = ledger.Month, Day = day, Seat = -1, MaximumSeconds = maximum,
            Hold = new HoldTerms(request.CanExtend && maximum > SliceSeconds ? SliceSeconds : maximum, 0, Amount.Zero, DenialReason.None),
            Warnings = request.LacksG711 ? GrantWarnings.NoG711 : GrantWarnings.None,
        };
    }

    /// <summary>Carries out a decision: a granted call becomes active and holds what it was granted. Cannot fail.</summary>
    /// <returns>The active call, or null where the decision was a denial.</returns>
    public ActiveCall? Apply(in AuthorizeDecision decision, AuthorizeRequest request, DateTimeOffset now)
    {
        if (decision.Outcome == AuthorizeOutcome.Repeated) return decision.Active;
        // Every new call id counts; one that is in use, with other content or not, is not new.
        // By the clock as it is: one that stepped back would otherwise stand still here, and its second never end.
        if (request.OccurredAt is null && decision.Reason != DenialReason.CallIdReused) CountAttempt(now);
        if (decision.Outcome == AuthorizeOutcome.Denied) return null;
        now = NotBeforeLast(now);
        Stamp(now);
        var call = new ActiveCall
        {
            CallId = request.CallId, Direction = request.Direction, Caller = request.Caller, Called = request.Called,
            CallerText = request.CallerText, CalledText = request.CalledText, UserId = request.UserId, Internal = request.Internal,
            HideCallerId = request.HideCallerId, CanExtend = request.CanExtend, ReportsAnswer = request.ReportsAnswer,
            EdgeId = request.EdgeId, AuthorisedAt = now, OccurredAt = request.OccurredAt,
            Pricing = decision.List is null ? null : CallPricing.Of(decision.List, decision.Entry!.Value, decision.Tariff!),
            HoldMonth = decision.Month, HoldDay = decision.Day, Seat = decision.Seat,
            GrantedSeconds = decision.Hold.Seconds, MaximumSeconds = decision.MaximumSeconds,
            Final = IsFinal(request.CanExtend, decision.Hold, decision.MaximumSeconds),
            HeldIncludedSeconds = decision.Hold.IncludedSeconds, HeldMoney = decision.Hold.Money,
            LeaseEndsAt = now.AddSeconds(request.ReportsAnswer ? RingSeconds : decision.Hold.Seconds + LeaseGraceSeconds),
            Flags = request.OccurredAt is null ? CallFlags.None : CallFlags.Imported, Warnings = decision.Warnings,
        };
        Put(call);
        Changes.Authorise(call);
        return call;
    }

    /// <summary>
    /// Takes back an authorisation that the store refused because its call is settled already: a late copy of a request
    /// must not open a ghost call.
    /// </summary>
    public void Withdraw(string callId)
    {
        Remove(callId);
        Changes.Withdraw(callId);
    }

    private static AuthorizeDecision Repeat(ActiveCall active, AuthorizeRequest request) =>
        active.DifferenceFrom(request) is { } field
            ? AuthorizeDecision.Deny(DenialReason.CallIdReused, field)
            : new AuthorizeDecision { Outcome = AuthorizeOutcome.Repeated, Subject = "", Active = active };

    private static AuthorizeDecision DenyForm(DenialReason reason, NumberForm form) =>
        AuthorizeDecision.Deny(reason, NumberForms.Reason(form));

    private static bool IsTooOld(DateTimeOffset? attemptedAt, DateTimeOffset now) =>
        attemptedAt is { } attempted && now - attempted > TimeSpan.FromDays(OldestAttemptDays);

    private static bool IsFinal(bool canExtend, HoldTerms hold, int maximum) =>
        !canExtend || hold.Seconds == maximum || hold.Limit != DenialReason.None;

    private bool AttemptsSpent(PbxLimits limits, DateTimeOffset now) =>
        limits.MaxAttemptsPerSecond > 0 && now.ToUnixTimeSeconds() == _attemptSecond && _attempts >= limits.MaxAttemptsPerSecond;

    private void CountAttempt(DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        if (second != _attemptSecond) (_attemptSecond, _attempts) = (second, 0);
        _attempts++;
    }

    private bool CallsSpent(PbxLimits limits) => limits.MaxConcurrentCalls > 0 && _calls.Count >= limits.MaxConcurrentCalls;

    /// <summary>The seat of a user id under a PER_USER plan; -1 = not provisioned.</summary>
    public int SeatOf(string userId) => _seatOf?.GetValueOrDefault(userId, -1) ?? -1;
}
