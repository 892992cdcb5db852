using Classound.Charging;
using Classound.Charging.Calls;

namespace Classound.Grains.Pbxs;

public sealed partial class PbxGrain
{
    public async Task<CallAnswer> Authorize(AuthorizeRequest request)
    {
        RequireStore();
        var now = Now();
        if (_settling.TryGetValue(request.CallId, out var settling)) return await AnswerSettling(settling, request, now);
        await LoadMonth(request.OccurredAt ?? now);

        var catalogue = Catalogue;
        now = Prepare(request.OccurredAt, catalogue, now);
        var decision = _pbx.DecideAuthorize(request, catalogue, now);
        var call = _pbx.Apply(decision, request, now);
        if (call is null)
        {
            if (_pbx.Settings is null) DeactivateOnIdle(); // an id that nobody provisioned keeps no activation
            var list = _pbx.Settings is { } settings ? catalogue.InForce(settings.PriceListType, request.OccurredAt ?? now) : null;
            return Deny(decision.Reason, decision.Subject, request.CallId, request, now, list);
        }
        var batch = await Flush();
        if (!batch.Withdrawn.Contains(request.CallId)) return CallAnswer.Of(call, decision.Outcome == AuthorizeOutcome.Repeated);
        var settled = await FindSettled(request.CallId, MonthsAround(request.OccurredAt ?? now))
            ?? throw new ChargingUnavailableException("the settled call is not readable yet; repeat the request");
        return AnswerSettled(settled, request, now);
    }

    public async Task<CallAnswer> Start(string callId, DateTimeOffset answeredAt)
    {
        RequireStore();
        await LoadMonth(answeredAt);
        var catalogue = Catalogue;
        var now = _pbx.Calls.GetValueOrDefault(callId) is { Imported: true } ? Later(Now()) : _pbx.Advance(catalogue, Now());
        return await Report(_pbx.Start(callId, answeredAt, catalogue, now), callId, now);
    }

    public async Task<CallAnswer> Extend(string callId, int requestNumber, int usedSeconds, int requestedSeconds)
    {
        RequireStore();
        var now = Later(Now());
        return await Report(_pbx.Extend(callId, requestNumber, usedSeconds, requestedSeconds, now), callId, now);
    }

    public async Task<CallAnswer> End(EndRequest request)
    {
        RequireStore();
        var now = Now();
        if (_pbx.Calls.TryGetValue(request.CallId, out var call))
        {
            await LoadMonth(Pbx.AnswerOf(request, call, now).At);
            // The call may have been settled while its month was read.
            if (_pbx.Calls.TryGetValue(request.CallId, out call)) return await Settle(call, request, now);
        }
        if (!_settling.ContainsKey(request.CallId) && await FindSettled(request.CallId, MonthsOf(request, now)) is { } settled)
            return CallAnswer.Of(settled, repeated: true, conflict: !settled.Agrees(request));
        if (_settling.TryGetValue(request.CallId, out var settling))
        {
            await Flush();
            return CallAnswer.Of(settling, repeated: true, conflict: !settling.Agrees(request));
        }
        if (_pbx.Calls.TryGetValue(request.CallId, out call)) return await Settle(call, request, now);
        return await EndUnknown(request, now);
    }

    private async Task<CallAnswer> Settle(ActiveCall call, EndRequest request, DateTimeOffset now)
    {
        var catalogue = Catalogue;
        now = call.Imported ? Later(now) : _pbx.Advance(catalogue, now);
        return await Committed(_pbx.Settle(call, request, catalogue, now));
    }

    private async Task<CallAnswer> EndUnknown(EndRequest request, DateTimeOffset now)
    {
        if (_pbx.Settings is null)
        {
            DeactivateOnIdle();
            return Deny(DenialReason.PbxUnknown, _pbx.Id, request.CallId, request.Details, now);
        }
        if (request.AttemptedAt is { } attempted && now - attempted > TimeSpan.FromDays(Pbx.OldestAttemptDays))
            return Deny(DenialReason.TooOld, "attempt_time", request.CallId, request.Details, now);
        if (request.Details is not { } details) return Deny(DenialReason.UnknownCall, "call_id", request.CallId, null, now);
        var catalogue = Catalogue;
        await LoadMonth(details.OccurredAt ?? request.AnsweredAt ?? now);
        now = details.OccurredAt is null ? _pbx.Advance(catalogue, now) : Later(now);
        if (_settling.TryGetValue(request.CallId, out var settling)) return CallAnswer.Of(settling, repeated: true);
        var rated = _pbx.SettleUnauthorised(request, catalogue, now, out var reason, out var subject);
        return rated is null ? Deny(reason, subject, request.CallId, details, now) : await Committed(rated);
    }

    private async Task<CallAnswer> Committed(RatedCall rated)
    {
        _settling[rated.CallId] = rated;
        try
        {
            await Flush();
            return CallAnswer.Of(rated);
        }
        finally
        {
            _settling.Remove(rated.CallId);
        }
    }

    private async Task<CallAnswer> Report(ReportOutcome outcome, string callId, DateTimeOffset now)
    {
        if (outcome.Call is { } call)
        {
            await Flush();
            return outcome.Reason == DenialReason.None
                ? CallAnswer.Of(call, outcome.Repeated)
                : Deny(outcome.Reason, "call_id", callId, null, now) with { Grant = call };
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

    /// <summary>Moves the clock and opens the month of the call. An import follows its own time and closes nothing.</summary>
    private DateTimeOffset Prepare(DateTimeOffset? occurredAt, Catalogue catalogue, DateTimeOffset now)
    {
        if (occurredAt is not { } at) return _pbx.Advance(catalogue, now);
        if (_pbx.Settings is { } settings && _pbx.DayOf(at) >= settings.ActiveFrom) _pbx.Open(_pbx.MonthOf(at), catalogue);
        return Later(now);
    }

    private IEnumerable<int> MonthsOf(EndRequest request, DateTimeOffset now)
    {
        if (_pbx.Settings is null) return [];
        var months = MonthsAround(now);
        if (request.AnsweredAt is { } answered) months = months.Concat(MonthsAround(answered));
        // An import that was never answered says only when it ended.
        if (request.EndedAt is { } ended) months = months.Concat(MonthsAround(ended));
        if (request.Details?.OccurredAt is { } occurred) months = months.Concat(MonthsAround(occurred));
        return months;
    }

    private DateTimeOffset Later(DateTimeOffset now) => now > _pbx.LastTime ? now : _pbx.LastTime;
}
