using Classound.Charging;
using Classound.Charging.Calls;
using Classound.Charging.Rating;

namespace Classound.Grains.Pbxs;

public sealed partial class PbxGrain
{
    public async Task<CallAnswer> Authorize(AuthorizeRequest request)
    {
        RequireStore();
        var now = Now();
        var at = request.OccurredAt ?? _pbx.NotBeforeLast(now);
        if (request.OccurredAt is not null) await BringPrices(request, at);
        await LoadMonth(at);
        if (_settling.TryGetValue(request.CallId, out var settling)) return await AnswerSettling(settling, request, now);

        // Other turns may have moved the PBX's clock: the version is looked for at the time at which it is decided.
        var catalogue = CatalogueFor(request, request.OccurredAt ?? _pbx.NotBeforeLast(now));
        Prepare(request.OccurredAt, catalogue, now);
        var decision = _pbx.DecideAuthorize(request, catalogue, now);
        var call = _pbx.Apply(decision, request, now);
        if (call is null) return await Denied(decision, request, catalogue, now);

        var repeated = decision.Outcome == AuthorizeOutcome.Repeated;
        var batch = await Flush();
        // A repeat may have waited for another batch than the one that took its call back.
        if (!batch.Withdrawn.Contains(request.CallId) && (!repeated || _pbx.Calls.ContainsKey(request.CallId)))
            return CallAnswer.Of(call, repeated);
        var settled = await FindSettled(request.CallId, MonthsAround(at));
        if (settled is not null) return AnswerSettled(settled, request, now);
        throw new ChargingUnavailableException("the call changed meanwhile; repeat the request");
    }

    /// <summary>A repeat comes before every other reason (product.md, limits): a call that is settled has its answer already.</summary>
    private async Task<CallAnswer> Denied(AuthorizeDecision decision, AuthorizeRequest request, Catalogue catalogue, DateTimeOffset now)
    {
        if (_pbx.Settings is not { } settings)
        {
            DeactivateOnIdle(); // an id that nobody provisioned keeps no activation
            return Deny(decision.Reason, decision.Subject, request.CallId, request, now);
        }
        await Confirm(options.Value.StaleAfter);
        var at = request.OccurredAt ?? now;
        // Not for too many attempts: a flood must not become a flood of reads.
        if (decision.Reason is not (DenialReason.CallIdReused or DenialReason.TooOld or DenialReason.TooManyAttempts)
            && await FindSettled(request.CallId, MonthsAround(at)) is { } settled)
        {
            return AnswerSettled(settled, request, now);
        }
        return Deny(decision.Reason, decision.Subject, request.CallId, request, now, LoadedInForce(catalogue, settings, at));
    }

    /// <summary>For what is shown beside a decision, and must not fail it.</summary>
    private static PriceListVersion? LoadedInForce(Catalogue catalogue, PbxSettings settings, DateTimeOffset at) =>
        catalogue.Covers(settings.PriceListType, at) ? catalogue.InForce(settings.PriceListType, at) : null;

    public async Task<CallAnswer> Start(string callId, DateTimeOffset answeredAt)
    {
        RequireStore();
        var now = Now();
        if (_pbx.Calls.TryGetValue(callId, out var call)) await LoadMonth(Pbx.ClampAnswer(answeredAt, call, now).Answered);
        var catalogue = Catalogue;
        now = _pbx.Calls.GetValueOrDefault(callId) is { Imported: false } ? _pbx.Advance(catalogue, now) : _pbx.NotBeforeLast(now);
        return await Report(_pbx.Start(callId, answeredAt, catalogue, now), callId, now);
    }

    public async Task<CallAnswer> Extend(string callId, int requestNumber, int usedSeconds, int requestedSeconds)
    {
        RequireStore();
        var now = _pbx.NotBeforeLast(Now());
        return await Report(_pbx.Extend(callId, requestNumber, usedSeconds, requestedSeconds, now), callId, now);
    }

    private async Task<CallAnswer> Report(ReportOutcome outcome, string callId, DateTimeOffset now)
    {
        if (outcome.Call is { } call)
        {
            await Flush();
            return outcome.Reason == DenialReason.None
                ? CallAnswer.Of(call, outcome.Repeated)
                : DenyMore(outcome.Reason, call, now);
        }
        if (_settling.TryGetValue(callId, out var settling))
        {
            await Flush();
            return CallAnswer.Of(settling, repeated: true);
        }
        if (_pbx.Settings is null)
        {
            DeactivateOnIdle();
            return Deny(DenialReason.PbxUnknown, _pbx.Id, callId, null, now);
        }
        var settled = await FindSettled(callId, MonthsAround(now).Concat(_pbx.Months.Keys));
        if (settled is null) await Confirm(TimeSpan.Zero);
        return settled is null ? Deny(DenialReason.UnknownCall, "call_id", callId, null, now) : CallAnswer.Of(settled, repeated: true);
    }

    private async Task<CallAnswer> AnswerSettling(RatedCall settling, AuthorizeRequest request, DateTimeOffset now)
    {
        await Flush();
        return AnswerSettled(settling, request, now);
    }

    private CallAnswer AnswerSettled(RatedCall settled, AuthorizeRequest request, DateTimeOffset now) =>
        settled.DifferenceFrom(request) is { } field
            ? Deny(DenialReason.CallIdReused, field, request.CallId, request, now)
            : CallAnswer.Of(settled, repeated: true);

    /// <summary>More time was refused; what was granted before stays.</summary>
    private CallAnswer DenyMore(DenialReason reason, ActiveCall call, DateTimeOffset now)
    {
        var denial = new Denial
        {
            PbxId = _pbx.Id, CallId = call.CallId, Reason = reason, At = now, Direction = call.Direction, CallerText = call.CallerText,
            CalledText = call.CalledText, Called = call.Called, UserId = call.UserId, Prefix = call.Pricing?.Prefix ?? "",
            Destination = call.Pricing?.Destination ?? "", ListType = call.Pricing?.ListType ?? "", ListNumber = call.Pricing?.ListNumber ?? 0,
            Subject = reason switch
            {
                DenialReason.DayCapReached => "day_cap",
                DenialReason.MonthCapReached => "month_cap",
                DenialReason.PriceTooHigh => "max_price_per_minute",
                _ => _pbx.Id,
            },
        };
        log.Add(denial);
        return CallAnswer.Of(denial);
    }

    /// <summary>Moves the clock and opens the month of the call. An import follows its own time and closes nothing.</summary>
    private void Prepare(DateTimeOffset? occurredAt, Catalogue catalogue, DateTimeOffset now)
    {
        if (occurredAt is not { } at) _pbx.Advance(catalogue, now);
        else if (_pbx.Settings is { } settings && _pbx.DayOf(at) >= settings.ActiveFrom) _pbx.Open(_pbx.MonthOf(at), catalogue);
    }
}
