using Classound.Charging;
using Classound.Charging.Calls;

namespace Classound.Grains.Pbxs;

public sealed partial class PbxGrain
{
    private const int ParallelReads = 16;

    public async Task<IReadOnlyList<string>> CloseOverdue(IReadOnlyList<string> callIds)
    {
        RequireStore();
        await LoadAnswerMonths(callIds.Where(_pbx.Calls.ContainsKey).Select(callId => _pbx.Calls[callId]).ToList());
        var catalogue = Catalogue;
        var now = _pbx.NotBeforeLast(Now());
        var closed = new List<RatedCall>();
        var others = new List<string>();
        foreach (var callId in callIds)
        {
            // Decided by what is known here: the list may be older than the last extension, or than the end.
            if (!_pbx.Calls.TryGetValue(callId, out var call) || !Pbx.IsOverdue(call, now)) others.Add(callId);
            else if (IsAtHand(call)) closed.Add(_pbx.CloseOverdue(callId, catalogue, _pbx.Advance(catalogue, now))!);
        }
        if (closed.Count > 0) await Commit(closed);
        LeaseMetrics.ClosedByLease.Add(closed.Count);
        if (_pbx.Settings is null) DeactivateOnIdle();
        return others;
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
        // To the millisecond, as it is stored.
        var listedAt = DateTimeOffset.FromUnixTimeMilliseconds(sync.ListedAt.ToUnixTimeMilliseconds());
        var listed = sync.Calls.Select(call => call.CallId).ToHashSet(StringComparer.Ordinal);
        if (sync.CloseBefore is { } cut) await LoadAnswerMonths(_pbx.MissingOf(sync.EdgeId, listed, listedAt, cut));
        var catalogue = Catalogue;
        var now = _pbx.Advance(catalogue, Now());
        var live = new Dictionary<string, ActiveCall>(StringComparer.Ordinal);
        foreach (var call in sync.Calls)
            if (_pbx.Confirm(call.CallId, sync.EdgeId, call.UsedSeconds, listedAt, now) is { } confirmed) live[call.CallId] = confirmed;
        var missing = sync.CloseBefore is { } before ? _pbx.MissingOf(sync.EdgeId, listed, listedAt, before).Where(IsAtHand) : [];
        var closed = missing.Select(call => _pbx.Close(call, Pbx.Missing, catalogue, now)).ToList();
        await Commit(closed);
        LeaseMetrics.ClosedBySync.Add(closed.Count);
        return new PbxSyncReply(await Answers(sync.Calls, live), closed.Count);
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
