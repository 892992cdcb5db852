using Classound.Charging;
using Classound.Charging.Calls;

namespace Classound.Grains.Pbxs;

public sealed partial class PbxGrain
{
    // Ends of calls that are settled, one at a time for each call: two would both find it not corrected yet.
    private readonly Dictionary<string, Task> _lateEnds = new(StringComparer.Ordinal);

    public async Task<CallAnswer> End(EndRequest request)
    {
        RequireStore();
        if (await SettleActive(request) is { } answer) return answer;
        if (_settling.TryGetValue(request.CallId, out var settling) && !settling.IsUnconfirmed) return await AnswerSettling(settling, request);
        while (_lateEnds.TryGetValue(request.CallId, out var other)) await other;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _lateEnds[request.CallId] = done.Task;
        try
        {
            return await EndSettled(request);
        }
        finally
        {
            _lateEnds.Remove(request.CallId);
            done.SetResult();
        }
    }

    /// <returns>Null when the call is not active.</returns>
    private async Task<CallAnswer?> SettleActive(EndRequest request)
    {
        if (!_pbx.Calls.TryGetValue(request.CallId, out var call)) return null;
        var now = Now();
        await LoadMonth(Pbx.AnswerOf(request, call, now).At);
        // The call may have been settled while its month was read.
        return _pbx.Calls.TryGetValue(request.CallId, out call) ? await Settle(call, request, now) : null;
    }

    private async Task<CallAnswer> EndSettled(EndRequest request)
    {
        RequireStore();
        var settled = await FindSettledNow(request.CallId, request);
        if (settled is null) return await SettleActive(request) ?? await EndUnknown(request, Now());
        if (!settled.IsUnconfirmed) return CallAnswer.Of(settled, repeated: true, conflict: !settled.Agrees(request));
        var now = Now();
        return IsTooOld(request, now)
            ? Deny(DenialReason.TooOld, "attempt_time", request.CallId, request.Details, now) : await Correct(settled, request);
    }

    /// <summary>A settlement that is durable, or becomes so before this returns.</summary>
    private async Task<RatedCall?> FindSettledNow(string callId, EndRequest request)
    {
        if (!_settling.TryGetValue(callId, out var settling)) return await FindSettled(callId, MonthsOf(request, Now()));
        await Flush();
        return settling;
    }

    /// <summary>The end of a call that was closed without one.</summary>
    private async Task<CallAnswer> Correct(RatedCall closed, EndRequest request)
    {
        await LoadMonth(closed.UsageMonth);
        await LoadMonth(_pbx.AnswerOf(request, closed, Now()));
        var catalogue = Catalogue;
        var answer = await Committed(_pbx.Correct(closed, request, catalogue, _pbx.Advance(catalogue, Now())).AsWhole());
        LeaseMetrics.Corrected.Add(1);
        return answer;
    }

    private async Task<CallAnswer> Settle(ActiveCall call, EndRequest request, DateTimeOffset now)
    {
        var catalogue = Catalogue;
        now = call.Imported ? _pbx.NotBeforeLast(now) : _pbx.Advance(catalogue, now);
        var answer = await Committed(_pbx.Settle(call, request, catalogue, now));
        ActiveCallMetrics.Settled(answer.Settlement!, Now());
        return answer;
    }

    private async Task<CallAnswer> EndUnknown(EndRequest request, DateTimeOffset now)
    {
        // Whoever has the PBX now may know the call: its settlement must not be refused by one who only was its owner.
        await Confirm(TimeSpan.Zero);
        if (_settling.TryGetValue(request.CallId, out var settling)) return await AnswerSettling(settling, request);
        if (_pbx.Calls.TryGetValue(request.CallId, out var call)) return await Settle(call, request, now);
        if (_pbx.Settings is null)
        {
            DeactivateOnIdle();
            return Deny(DenialReason.PbxUnknown, _pbx.Id, request.CallId, request.Details, now);
        }
        if (IsTooOld(request, now)) return Deny(DenialReason.TooOld, "attempt_time", request.CallId, request.Details, now);
        if (request.Details is not { } details) return Deny(DenialReason.UnknownCall, "call_id", request.CallId, null, now);
        var times = _pbx.UnauthorisedTimes(request, now).ToList();
        await BringPrices(details, times[0]);
        foreach (var instant in times) await LoadMonth(instant);
        // It may have been authorised while its months were read.
        if (_settling.TryGetValue(request.CallId, out settling)) return await AnswerSettling(settling, request);
        if (_pbx.Calls.TryGetValue(request.CallId, out call)) return await Settle(call, request, now);

        now = _pbx.NotBeforeLast(now);
        var catalogue = CatalogueFor(details, _pbx.UnauthorisedTimes(request, now).First());
        if (details.OccurredAt is null) _pbx.Advance(catalogue, now);
        var rated = _pbx.SettleUnauthorised(request, catalogue, now, out var reason, out var subject);
        return rated is null ? Deny(reason, subject, request.CallId, details, now) : await Committed(rated);
    }

    private async Task<CallAnswer> Committed(RatedCall rated)
    {
        await Commit([rated]);
        return CallAnswer.Of(rated);
    }

    /// <summary>Makes settlements durable; until they are, they stand in <see cref="_settling"/>.</summary>
    private async Task Commit(IReadOnlyList<RatedCall> settled)
    {
        foreach (var call in settled) _settling[call.CallId] = call;
        try
        {
            await Flush();
        }
        finally
        {
            // Its correction may stand there by now.
            foreach (var call in settled)
                if (ReferenceEquals(_settling.GetValueOrDefault(call.CallId), call)) _settling.Remove(call.CallId);
        }
    }

    private async Task<CallAnswer> AnswerSettling(RatedCall settling, EndRequest request)
    {
        await Flush();
        return CallAnswer.Of(settling, repeated: true, conflict: !settling.Agrees(request));
    }

    private static bool IsTooOld(EndRequest request, DateTimeOffset now) =>
        request.AttemptedAt is { } attempted && now - attempted > TimeSpan.FromDays(Pbx.OldestAttemptDays);

    private IEnumerable<int> MonthsOf(EndRequest request, DateTimeOffset now)
    {
        if (_pbx.Settings is null) return [];
        var months = MonthsAround(now);
        if (request.AnsweredAt is { } answered) months = months.Concat(MonthsAround(answered));
        // An import that was never answered says only when it ended.
        if (request.EndedAt is { } ended) months = months.Concat(MonthsAround(ended));
        if (request.Details?.OccurredAt is { } occurred) months = months.Concat(MonthsAround(occurred));
        // An import may be repeated without any time of its own.
        return months.Concat(_pbx.Months.Keys);
    }
}
