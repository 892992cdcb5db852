using Classound.Charging.Calls;

namespace Classound.Charging.Tests.CallLogs;

/// <summary>
/// A <see cref="Charging.Pbx"/> in the hands of somebody who treats it as its owner must: the clock is moved before each decision,
/// the month of an import is opened, settled calls are remembered.
/// </summary>
internal sealed class PbxSession(Catalogue catalogue)
{
    private readonly Dictionary<string, RatedCall> _settled = new(StringComparer.Ordinal);

    public Pbx Pbx { get; set; } = new("pbx");
    public Catalogue Catalogue { get; } = catalogue;
    public IReadOnlyDictionary<string, RatedCall> Settled => _settled;

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
            return CallAnswer.Of(settled, repeated: true, conflict: !settled.Agrees(end));
        if (end.Details is not { } details) return Denied(end.CallId, DenialReason.UnknownCall, "call_id", now);
        now = Prepare(details.OccurredAt, now);
        return Pbx.SettleUnauthorised(end, Catalogue, now, out var reason, out var subject) is { } rated
            ? Record(rated) : Denied(end.CallId, reason, subject, now);
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
        _settled.Add(rated.CallId, rated);
        return CallAnswer.Of(rated);
    }

    private CallAnswer Denied(string callId, DenialReason reason, string subject, DateTimeOffset now) =>
        CallAnswer.Of(new Denial { PbxId = Pbx.Id, CallId = callId, Reason = reason, Subject = subject, At = now });
}
