using Classound.Charging.Calls;

namespace Classound.Charging.Tests.Simulation;

internal sealed partial class Auditor
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(5);

    /// <summary>Checks the answer to a start: the hold moves to the answer's day, and in another month is counted anew.</summary>
    public void Started(string id, DateTimeOffset answered, CallAnswer answer, DateTimeOffset now)
    {
        if (!_active.TryGetValue(id, out var call))
        {
            Require(answer.Settlement is not null || answer.Denial?.Reason == DenialReason.UnknownCall, true, "start of a call that is not active");
            return;
        }
        Require(answer.Repeated, call.Answered is not null, "repeated start");
        if (call.Answered is not null) return;
        var at = Clamp(answered, call.Since, now);
        var moved = call with { Answered = at, Day = DayOf(at), LeaseEnd = (at > now ? at : now).AddSeconds(call.Granted + 60) };
        if (moved.Month != call.Month && call.Price is { } price)
        {
            _active.Remove(id);
            var (_, included, nanos) = price.Rate(call.List, call.Granted, Free(moved.Month, call.Seat));
            moved = moved with { Included = included, Nanos = nanos };
        }
        _active[id] = moved;
    }

    /// <summary>Checks a settlement to the second and the nano-unit, and writes it down.</summary>
    /// <param name="seat">Of the user named in the details of a call that was never authorised.</param>
    public void Ended(EndRequest end, int seat, CallAnswer answer, DateTimeOffset now)
    {
        if (_closed.Remove(end.CallId, out var closed))
        {
            Corrected(closed, end, answer, now);
            return;
        }
        if (_settled.ContainsKey(end.CallId))
        {
            Require((answer.Settlement?.CallId, answer.Repeated), (end.CallId, true), "repeated end");
            return;
        }
        var known = _active.Remove(end.CallId, out var call);
        if (!known && end.Details is null)
        {
            Require(answer.Denial?.Reason, DenialReason.UnknownCall, "end of an unknown call");
            return;
        }
        call ??= Unauthorised(end, seat, now);
        if (call.Price is null && end.Details is { Internal: false } && !known)
        {
            Require(answer.Denial?.Reason, DenialReason.NoPrice, "end of a call that has no price");
            return;
        }
        var answered = AnswerOf(call, end, now);
        var (day, month) = (DayOf(answered), MonthOf(DayOf(answered)));
        var seconds = (int)((end.DurationMs + 999) / 1000);
        var rating = call.Price?.Rate(call.List, seconds, Free(month, call.Seat)) ?? (Rated: 0, Included: 0, Nanos: 0);
        var rated = answer.Settlement ?? throw new AuditFailure($"end of {end.CallId}: no settlement but {answer.Denial?.Reason}");
        Require((rated.CallSeconds, rated.RatedSeconds, rated.IncludedSeconds, rated.Amount.Nanos),
            (seconds, rating.Rated, rating.Included, rating.Nanos), $"settlement of {end.CallId} ({call.Called}, {seconds} s, granted {call.Granted})");
        Require((rated.AnsweredAt, rated.UsageDay, rated.UsageMonth), (answered, day, month), "answer and usage month");
        Require(rated.BillingMonth, Math.Max(month, _openFrom), "billing month");
        Require((rated.Flags.HasFlag(CallFlags.Unauthorised), rated.Flags.HasFlag(CallFlags.AboveGrant)), (!known, known && (call.Above || seconds > call.Granted)), "flags");
        if (known && month == call.Month && seconds <= call.Granted && rating.Nanos > call.Nanos)
            throw new AuditFailure($"{end.CallId} cost {rating.Nanos}, more than the {call.Nanos} it held");
        Book(rated, call.Seat, seconds, rating);
        _settled[end.CallId] = (month, call.Called);
    }

    private void Book(RatedCall rated, int seat, int seconds, (int Rated, int Included, long Nanos) rating, int calls = 1)
    {
        var usage = Month(rated.UsageMonth);
        usage.Used += rating.Included;
        usage.Settled += rating.Nanos;
        if (seat >= 0) usage.SeatUsed[seat] = usage.SeatUsed.GetValueOrDefault(seat) + rating.Included;
        usage.DaySettled[rated.UsageDay] = usage.DaySettled.GetValueOrDefault(rated.UsageDay) + rating.Nanos;
        var billing = Month(rated.BillingMonth);
        var key = ((int)rated.Direction, (int)rated.Area);
        var line = billing.Totals.GetValueOrDefault(key);
        billing.Totals[key] = (line.Calls + calls, line.Call + seconds, line.Rated + rating.Rated, line.Included + rating.Included, line.Nanos + rating.Nanos);
    }

    private AuditCall Unauthorised(EndRequest end, int seat, DateTimeOffset now)
    {
        var said = end.AnsweredAt ?? (end.EndedAt ?? now).AddMilliseconds(-end.DurationMs);
        var since = said > now ? now : said < now.AddDays(-35) ? now.AddDays(-35) : said;
        var details = end.Details!;
        return new AuditCall
        {
            Id = end.CallId, Called = details.CalledText, Price = details.Internal ? null : NaivePrice.ByNumber.GetValueOrDefault(details.CalledText),
            List = NaivePrice.ListAt(since), Seat = perUser ? seat : -1, Since = since, Maximum = 0, Granted = 0, Included = 0, Nanos = 0, Day = DayOf(since),
        };
    }

    private static DateTimeOffset AnswerOf(AuditCall call, EndRequest end, DateTimeOffset now)
    {
        if (call.Answered is { } answered) return answered;
        if (end.DurationMs == 0) return call.Since;
        if (end.AnsweredAt is { } said) return Clamp(said, call.Since, now);
        var begun = (end.EndedAt ?? now).AddMilliseconds(-end.DurationMs);
        return Clamp(begun < call.Since ? call.Since : begun, call.Since, now);
    }

    private static DateTimeOffset Clamp(DateTimeOffset at, DateTimeOffset since, DateTimeOffset now) =>
        at < since - Tolerance ? since - Tolerance : at > now + Tolerance ? now + Tolerance : at;
}
