using System.Diagnostics.Metrics;
using System.Runtime.ExceptionServices;
using Classound.Charging;
using Classound.Charging.Calls;

namespace Classound.Grains.Pbxs;

public sealed partial class PbxGrain
{
    private const int ParallelReads = 16;

    public async Task<IReadOnlyList<string>> CloseOverdue(IReadOnlyList<string> callIds)
    {
        RequireStore();
        if (_writer.WasTroubled) return [];
        await LoadAnswerMonths(callIds.Where(_pbx.Calls.ContainsKey).Select(callId => _pbx.Calls[callId]).ToList());
        var catalogue = Catalogue;
        var now = _pbx.NotBeforeLast(Now());
        // Decided by what is known here: the list may be older than the last extension, or than the end.
        var overdue = callIds.Where(callId => _pbx.Calls.TryGetValue(callId, out var call) && Pbx.IsOverdue(call, now)).ToList();
        var gone = callIds.Where(callId => !_pbx.Calls.ContainsKey(callId)).ToList();
        await CloseEach(
            overdue.Select(callId => _pbx.Calls[callId]).Where(IsAtHand).ToList(),
            call => _pbx.CloseOverdue(call.CallId, catalogue, _pbx.Advance(catalogue, now))!, LeaseMetrics.ClosedByLease);
        if (_pbx.Settings is null) DeactivateOnIdle();
        return gone;
    }

    /// <summary>
    /// Closes calls and makes that durable. One that cannot be closed (a tariff that cannot be rated) stays active and fails this
    /// after the others: what they booked is in memory, so it must neither be forgotten here nor wait for the next commit.
    /// </summary>
    private async Task<int> CloseEach(List<ActiveCall> calls, Func<ActiveCall, RatedCall> close, Counter<long> counter)
    {
        var closed = new List<RatedCall>(calls.Count);
        Exception? failure = null;
        foreach (var call in calls)
        {
            try
            {
                closed.Add(close(call));
            }
            catch (Exception e)
            {
                failure = e;
            }
        }
        if (closed.Count > 0) await Commit(closed);
        counter.Add(closed.Count);
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        return closed.Count;
    }

    public async Task HealLeases(IReadOnlyList<string> callIds)
    {
        RequireStore();
        foreach (var callId in callIds) _pbx.Rewrite(callId);
        await Flush();
        LeaseMetrics.Healed.Add(callIds.Count);
        if (_pbx.Settings is null) DeactivateOnIdle();
    }

    public async Task<PbxSyncReply> Sync(PbxSync sync)
    {
        RequireStore();
        // Who only was the owner knows neither these calls nor those to close.
        await Confirm(TimeSpan.Zero);
        if (_pbx.Settings is null)
        {
            DeactivateOnIdle();
            return new PbxSyncReply([.. sync.Calls.Select(call => new SyncedCall(call.CallId, null))], 0);
        }
        var listed = sync.Calls.Select(call => call.CallId).ToHashSet(StringComparer.Ordinal);
        if (sync.CloseBefore is { } cut) await LoadAnswerMonths(_pbx.MissingOf(sync.EdgeId, listed, sync.ListedAt, cut));
        var catalogue = Catalogue;
        var now = _pbx.Advance(catalogue, Now());
        var live = new Dictionary<string, ActiveCall>(StringComparer.Ordinal);
        foreach (var call in sync.Calls)
            if (_pbx.Confirm(call.CallId, sync.EdgeId, call.UsedSeconds, sync.ListedAt, now) is { } confirmed) live[call.CallId] = confirmed;
        var missing = sync.CloseBefore is { } before ? _pbx.MissingOf(sync.EdgeId, listed, sync.ListedAt, before).Where(IsAtHand) : [];
        var closed = await CloseEach(missing.ToList(), call => _pbx.Close(call, Pbx.Missing, catalogue, now), LeaseMetrics.ClosedBySync);
        await Flush();
        return new PbxSyncReply(await Answers(sync.Calls, live), closed);
    }

    private async Task<IReadOnlyList<SyncedCall>> Answers(IReadOnlyList<LiveCall> calls, Dictionary<string, ActiveCall> live)
    {
        var answers = new List<SyncedCall>(calls.Count);
        foreach (var some in calls.Chunk(ParallelReads))
            answers.AddRange(await Task.WhenAll(some.Select(async call => new SyncedCall(
                call.CallId, live.TryGetValue(call.CallId, out var active) ? CallAnswer.Of(active) : await Ended(call.CallId)))));
        return answers;
    }

    private async Task<CallAnswer?> Ended(string callId)
    {
        if (!_settling.TryGetValue(callId, out var settled)) settled = await FindSettled(callId, MonthsAround(Now()).Concat(_pbx.Months.Keys));
        else await Flush();
        return settled is null ? null : CallAnswer.Of(settled, repeated: true);
    }

    private async Task LoadAnswerMonths(IReadOnlyList<ActiveCall> calls)
    {
        foreach (var call in calls) await LoadMonth(Pbx.AssumedAnswer(call));
    }

    // An answer may have been reported while other months were read: then it is for the next time.
    private bool IsAtHand(ActiveCall call) => !_pbx.NeedsArchived(_pbx.MonthOf(Pbx.AssumedAnswer(call)));
}
