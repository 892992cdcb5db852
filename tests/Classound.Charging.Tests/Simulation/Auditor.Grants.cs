using Classound.Charging.Calls;
using Classound.Charging.Numbering;

namespace Classound.Charging.Tests.Simulation;

internal sealed partial class Auditor
{
    /// <summary>Checks the answer to an authorisation, and writes a grant down.</summary>
    public void Authorized(AuthorizeRequest request, int seat, bool owned, bool verified, CallAnswer answer, DateTimeOffset now)
    {
        if (_settled.ContainsKey(request.CallId))
        {
            Require(answer.Settlement?.CallId, request.CallId, "repeat of a settled call");
            return;
        }
        if (_active.TryGetValue(request.CallId, out var active))
        {
            var same = active.Called == request.CalledText;
            Require(answer.Denial?.Reason ?? DenialReason.None, same ? DenialReason.None : DenialReason.CallIdReused, "repeat");
            if (same) Require((answer.Repeated, answer.Grant?.GrantedSeconds), (true, active.Granted), "repeated grant");
            return;
        }
        var refused = Refusal(request, seat, owned, verified, now);
        CountAttempt(now);
        Require(answer.Denial?.Reason ?? DenialReason.None, refused, $"answer to {request.CallId}");
        if (answer.Grant is not { } grant) return;
        var day = DayOf(now);
        var maximum = request.RequestedSeconds is > 0 and < 14_400 ? request.RequestedSeconds : 14_400;
        var call = new AuditCall
        {
            Id = request.CallId, Called = request.CalledText, Price = NaivePrice.ByNumber.GetValueOrDefault(request.CalledText),
            List = NaivePrice.ListAt(now), Seat = request.Internal || !perUser ? -1 : seat, Since = now, Maximum = maximum, Day = day,
            Granted = 0, Included = 0, Nanos = 0,
        };
        if (request.Internal) call = call with { Price = null };
        var target = request.CanExtend && maximum > 600 ? 600 : maximum;
        call = Grown(call, target, grant.GrantedSeconds);
        _active[call.Id] = call with
        {
            Reports = request.ReportsAnswer,
            Edge = request.EdgeId,
            LeaseEnd = now.AddSeconds(request.ReportsAnswer ? 180 : call.Granted + 60),
        };
    }

    /// <summary>Checks the answer to an extension, and writes the new grant down.</summary>
    public void Extended(string id, int number, int used, int wanted, CallAnswer answer, DateTimeOffset now)
    {
        if (!_active.TryGetValue(id, out var call))
        {
            Require(answer.Settlement is not null || answer.Denial?.Reason == DenialReason.UnknownCall, true, "extension of a call that is not active");
            return;
        }
        Require(answer.Repeated, number <= call.Number, "repeated extension");
        if (number <= call.Number) return;
        call = Heard(call, used, now) with { Number = number };
        call = call with { Above = call.Above || call.Confirmed > call.Granted };
        var target = Math.Min(call.Maximum, call.Confirmed + (wanted > 0 ? wanted : 600));
        var granted = answer.Grant!.GrantedSeconds;
        if (target <= call.Granted || Suspended)
        {
            Require(granted, call.Granted, "grant that could not grow");
            _active[id] = Leased(call, now);
            return;
        }
        Require(granted >= call.Granted && granted <= target, true, $"grant of {granted} s between {call.Granted} and {target}");
        if (granted > call.Granted) call = Grown(call, target, granted);
        else Require(Passes(call, call.Granted + 1), false, $"an extension to {call.Granted + 1} s that limits afford ({call})");
        _active[id] = Leased(call, now);
    }

    /// <summary>The call with a grant that must be the longest up to a target that allowance and caps afford.</summary>
    private AuditCall Grown(AuditCall call, int target, int granted)
    {
        if (call.Price is not { } price)
        {
            Require(granted, target, "grant of an unpriced call");
            return call with { Granted = granted };
        }
        Require(Passes(call, granted), true, $"a grant of {granted} s that limits afford");
        if (granted < target) Require(Passes(call, granted + 1), false, $"{granted + 1} s that limits afford, granted {granted} s");
        var (_, included, nanos) = price.Rate(call.List, granted, call.Included + Free(call.Month, call.Seat));
        return call with { Granted = granted, Included = included, Nanos = nanos };
    }

    private bool Passes(AuditCall call, int seconds) =>
        Passes(call, seconds, Math.Min(RoomOfDay(call.Day, call.Nanos), RoomOfMonth(call.Month, call.Nanos)));

    private bool Passes(AuditCall call, int seconds, long room)
    {
        if (Limits.PerMinute > 0 && call.Price!.PerMinute[call.List - 1] > Limits.PerMinute) room = 0;
        var (rated, included, nanos) = call.Price!.Rate(call.List, seconds, call.Included + Free(call.Month, call.Seat));
        return room > 0 ? nanos <= room : rated == included;
    }

    private DenialReason Refusal(AuthorizeRequest request, int seat, bool owned, bool verified, DateTimeOffset now)
    {
        if (Suspended) return DenialReason.PbxSuspended;
        if (Limits.Attempts > 0 && now.ToUnixTimeSeconds() == _attemptSecond && _attempts >= Limits.Attempts) return DenialReason.TooManyAttempts;
        var full = Limits.Calls > 0 && _active.Count >= Limits.Calls;
        if (request.Internal) return full ? DenialReason.TooManyCalls : DenialReason.None;
        if (request.CalledForm != NumberForm.E164) return DenialReason.CalledNotE164;
        if (perUser && request.UserId.Length == 0) return DenialReason.UserMissing;
        if (perUser && seat < 0) return DenialReason.UserUnknown;
        if (!owned) return DenialReason.CallerIdNotOwned;
        if (!verified) return DenialReason.CallerIdNotVerified;
        if (!NaivePrice.ByNumber.TryGetValue(request.CalledText, out var price)) return DenialReason.NoPrice;
        if (Limits.BarHighCost && price.Area == 6) return DenialReason.DestinationBarred;
        var day = DayOf(now);
        var call = new AuditCall
        {
            Id = request.CallId, Called = request.CalledText, Price = price, List = NaivePrice.ListAt(now), Seat = perUser ? seat : -1, Since = now,
            Maximum = 0, Granted = 0, Included = 0, Nanos = 0, Day = day,
        };
        var nothing = !Passes(call, 1);
        if (nothing && Limits.PerMinute > 0 && price.PerMinute[call.List - 1] > Limits.PerMinute) return DenialReason.PriceTooHigh;
        if (full) return DenialReason.TooManyCalls;
        if (!nothing) return DenialReason.None;
        return Passes(call, 1, RoomOfDay(day, 0)) ? DenialReason.MonthCapReached : DenialReason.DayCapReached;
    }

    private void CountAttempt(DateTimeOffset now)
    {
        if (now.ToUnixTimeSeconds() != _attemptSecond) (_attemptSecond, _attempts) = (now.ToUnixTimeSeconds(), 0);
        _attempts++;
    }
}
