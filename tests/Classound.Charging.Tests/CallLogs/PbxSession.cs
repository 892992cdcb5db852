using Classound.Charging.Calls;

namespace Classound.Charging.Tests.CallLogs;

/// <summary>
/// A <see cref="Charging.Pbx"/> in the hands of somebody who treats it as its owner must: the clock is moved before each decision,
/// the month of an import is opened, settled calls are remembered.
/// </summary>
internal sealed class PbxSession(Catalogue catalogue)
{
    private readonly Dictionary<string, RatedCall> _settled = new(StringComparer.Ordinal);
    private readonly List<RatedCall> _entries = [];

    public Pbx Pbx { get; set; } = new("pbx");
    public Catalogue Catalogue { get; } = catalogue;

    /// <summary>Calls as they now stand, each as a whole.</summary>
    public IReadOnlyDictionary<string, RatedCall> Settled => _settled;

    /// <summary>What was booked, in order: corrections beside what they correct.</summary>
    public IReadOnlyList<RatedCall> Entries => _entries;

    public CallAnswer Authorize(AuthorizeRequest request, DateTimeOffset now)
    {
        if (_settled.TryGetValue(request.CallId, out var settled)) return CallAnswer.Of(settled, repeated: true);
        var decision = Decide(request, ref now);
        return Pbx.Apply(decision, request, now) is { } call
            ? CallAnswer.Of(call, decision.Outcome == AuthorizeOutcome.Repeated)
            : Denied(request.CallId, decision.Reason, decision.Subject, now);
    }

    public AuthorizeDecision Decide(AuthorizeRequest request, ref DateTimeOffset now)
    {
        now = Prepare(request.OccurredAt, now);
        return Pbx.DecideAuthorize(request, Catalogue, now);
    }

    public CallAnswer Start(string callId, DateTimeOffset answeredAt, DateTimeOffset now) =>
        Report(callId, Pbx.Start(callId, answeredAt, Catalogue, Pbx.Advance(Catalogue, now)), now);

    public CallAnswer Extend(string callId, int number, int used, int wanted, DateTimeOffset now) =>
        Report(callId, Pbx.Extend(callId, number, used, wanted, Pbx.Advance(Catalogue, now)), now);

    public CallAnswer End(EndRequest end, DateTimeOffset now)
    {
        if (Pbx.Calls.TryGetValue(end.CallId, out var call))
            return Record(Pbx.Settle(call, end, Catalogue, call.Imported ? Later(now) : Pbx.Advance(Catalogue, now)));
        if (_settled.TryGetValue(end.CallId, out var settled))
            return settled.IsUnconfirmed
                ? Record(Pbx.Correct(settled, end, Catalogue, Pbx.Advance(Catalogue, now)))
                : CallAnswer.Of(settled, repeated: true, conflict: !settled.Agrees(end));
        if (end.Details is not { } details) return Denied(end.CallId, DenialReason.UnknownCall, "call_id", now);
        now = Prepare(details.OccurredAt, now);
        return Pbx.SettleUnauthorised(end, Catalogue, now, out var reason, out var subject) is { } rated
            ? Record(rated) : Denied(end.CallId, reason, subject, now);
    }

    /// <summary>Takes note of a settlement that was made past this session.</summary>
    public void Remember(RatedCall rated) => Record(rated);

    /// <summary>One sweep over everything that is overdue now.</summary>
    public IReadOnlyList<RatedCall> Sweep(DateTimeOffset now)
    {
        now = Later(now);
        var overdue = Pbx.Calls.Values.Where(call => Pbx.IsOverdue(call, now)).Select(call => call.CallId).Order(StringComparer.Ordinal).ToList();
        return overdue.ConvertAll(callId => Record(Pbx.CloseOverdue(callId, Catalogue, Pbx.Advance(Catalogue, now))!).Settlement!);
    }

    /// <summary>An edge says which calls it has; what it does not list is closed, if it says so.</summary>
    public (IReadOnlyList<string> Live, IReadOnlyList<RatedCall> Closed) Sync(
        string edgeId, IReadOnlyList<(string CallId, int Used)> calls, DateTimeOffset listedAt, DateTimeOffset? closeBefore, DateTimeOffset now)
    {
        now = Pbx.Advance(Catalogue, now);
        var live = calls.Where(call => Pbx.Confirm(call.CallId, edgeId, call.Used, listedAt, now) is not null).Select(call => call.CallId).ToList();
        if (closeBefore is not { } before) return (live, []);
        var listed = calls.Select(call => call.CallId).ToHashSet(StringComparer.Ordinal);
        var missing = Pbx.MissingOf(edgeId, listed, listedAt, before).OrderBy(call => call.CallId, StringComparer.Ordinal).ToList();
        return (live, missing.ConvertAll(call => Record(Pbx.Close(call, Pbx.Missing, Catalogue, now)).Settlement!));
    }

    private DateTimeOffset Prepare(DateTimeOffset? occurredAt, DateTimeOffset now)
    {
        if (occurredAt is not { } at) return Pbx.Advance(Catalogue, now);
        if (Pbx.Settings is { } settings && Pbx.DayOf(at) >= settings.ActiveFrom) Pbx.Open(Pbx.MonthOf(at), Catalogue);
        return Later(now);
    }

    private DateTimeOffset Later(DateTimeOffset now) => now > Pbx.LastTime ? now : Pbx.LastTime;

    private CallAnswer Report(string callId, ReportOutcome outcome, DateTimeOffset now)
    {
        if (outcome.Call is { } call)
            return CallAnswer.Of(call, outcome.Repeated) with
            {
                Denial = outcome.Reason == DenialReason.None ? null : Denied(callId, outcome.Reason, "", now).Denial,
            };
        return _settled.TryGetValue(callId, out var settled)
            ? CallAnswer.Of(settled, repeated: true) : Denied(callId, outcome.Reason, "call_id", now);
    }

    private CallAnswer Record(RatedCall rated)
    {
        _entries.Add(rated);
        _settled[rated.CallId] = rated.AsWhole();
        return CallAnswer.Of(_settled[rated.CallId]);
    }

    private CallAnswer Denied(string callId, DenialReason reason, string subject, DateTimeOffset now) =>
        CallAnswer.Of(new Denial { PbxId = Pbx.Id, CallId = callId, Reason = reason, Subject = subject, At = now });
}
