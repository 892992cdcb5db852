using System.Globalization;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Classound.Charging.Tests.CallLogs;

namespace Classound.Charging.Tests.Simulation;

internal sealed partial class Traffic
{
    private void Authorize(DateTimeOffset at)
    {
        var request = Request(_random.Next(6) == 0 ? AnyId() : NewId());
        Note($"authorize {request.CallId} > {request.CalledText} user {request.UserId} extend {request.CanExtend} ask {request.RequestedSeconds}");
        var answer = _session.Authorize(request, _now);
        // A settled id is answered before time moves.
        if (answer.Settlement is null) _auditor.Advance(at);
        var did = Pbx.Dids.GetValueOrDefault(request.Caller);
        _auditor.Authorized(request, Pbx.SeatOf(request.UserId), did is not null, did is { Kind: not DidKind.External } or { Verified: true }, answer, at);
        if (answer.Grant is { } grant) Require(grant.AuthorisedAt <= at, "authorised ahead of the clock");
    }

    private void Start(DateTimeOffset at)
    {
        var id = AnyId();
        var answered = at.AddSeconds(_random.Next(-20, 12));
        Note($"start {id} {answered:HH:mm:ss}");
        var answer = _session.Start(id, answered, _now);
        _auditor.Advance(at);
        _auditor.Started(id, answered, answer, at);
    }

    private void Extend(DateTimeOffset at)
    {
        var id = AnyId();
        var call = _auditor.Active.GetValueOrDefault(id);
        var number = (call?.Number ?? 0) + _random.Next(-1, 3);
        var used = Math.Max(0, (call?.Granted ?? 0) + _random.Next(-300, 30));
        var wanted = _random.Next(3) == 0 ? _random.Next(1, 3000) : 0;
        Note($"extend {id} {number} used {used} ask {wanted}");
        var answer = _session.Extend(id, number, used, wanted, _now);
        _auditor.Advance(at);
        _auditor.Extended(id, number, used, wanted, answer, at);
    }

    private void End(DateTimeOffset at)
    {
        var id = _random.Next(12) == 0 ? NewId() : AnyId();
        if (_auditor.Closed.Count > 0 && _random.Next(4) == 0) id = _auditor.Closed.Keys.ElementAt(_random.Next(_auditor.Closed.Count));
        // By then its month is archived, and would have to be given back first.
        if (_auditor.Closed.TryGetValue(id, out var closed) && (at - closed.Answered).TotalDays > 30) return;
        var call = _auditor.Active.GetValueOrDefault(id);
        var end = new EndRequest
        {
            CallId = id, DurationMs = Duration(call?.Granted ?? 300),
            AnsweredAt = _random.Next(3) == 0 ? (call?.Since ?? at).AddSeconds(_random.Next(-10, 120)) : null,
            EndedAt = _random.Next(4) == 0 ? at.AddSeconds(-_random.Next(0, 600)) : null,
        };
        if (call is null && closed is null && _random.Next(3) > 0) end = WithDetails(end, at);
        Note($"end {id} {end.DurationMs}ms answered {end.AnsweredAt:dd HH:mm:ss} ended {end.EndedAt:dd HH:mm:ss} details {end.Details?.CalledText}");
        var unknown = end.Details is null && call is null && closed is null;
        var answer = _session.End(end, _now);
        if (!unknown && !answer.Repeated) _auditor.Advance(at);
        _auditor.Ended(end, Pbx.SeatOf(end.Details?.UserId ?? ""), answer, at);
    }

    /// <summary>Of a call that we never heard of, reported up to a month late, but not from before the activation.</summary>
    private EndRequest WithDetails(EndRequest end, DateTimeOffset at)
    {
        var details = Request(end.CallId) with { CalledForm = NumberForm.E164 };
        if (!details.Called.IsPresent) details = details with { CalledText = "+33155550101", Called = SamplePrices.Number("+33155550101") };
        var late = Math.Min(30 * 24 * 60, (long)(at - new DateTimeOffset(2026, 11, 11, 12, 0, 0, TimeSpan.Zero)).TotalMinutes);
        if (late <= 0) return end with { Details = details, AnsweredAt = at, EndedAt = null };
        var answered = at.AddMinutes(-_random.NextInt64(late)).AddSeconds(_random.Next(-3, 30));
        return end with { Details = details, AnsweredAt = answered, EndedAt = null };
    }

    private long Duration(int granted) => _random.Next(8) switch
    {
        0 => 0,
        1 => granted * 1000L,
        2 => granted * 1000L + _random.Next(1, 400_000),
        3 => _random.Next(1, 3000),
        _ => _random.NextInt64(granted * 1000L + 1),
    };

    private AuthorizeRequest Request(string id)
    {
        var called = _auditor.Active.TryGetValue(id, out var active) && _random.Next(3) > 0 ? active.Called : Called[_random.Next(Called.Length)];
        var form = E164Number.Parse(called, out var number);
        var caller = _random.Next(20) switch { 0 => "+4930999999", 1 => External, _ => SamplePrices.Own };
        // A repeat is told from other content by the called number alone: everything else follows from the id.
        var odd = id.Length > 1 ? int.Parse(id[1..], CultureInfo.InvariantCulture) : 0;
        return new AuthorizeRequest
        {
            CallId = id, CallerText = SamplePrices.Own, Caller = SamplePrices.Number(caller), CalledText = called, CalledForm = form, Called = number,
            UserId = odd % 17 == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"u{odd % 5}"), Internal = odd % 13 == 0,
            EdgeId = Edges[odd % Edges.Length], CanExtend = odd % 3 != 0, ReportsAnswer = odd % 2 == 0, RequestedSeconds = odd % 4 == 0 ? 0 : (odd * 37 % 2000) + 1,
        };
    }

    private string NewId() => string.Create(CultureInfo.InvariantCulture, $"C{++_ids}");

    /// <summary>Mostly a recent call, active if there is one; sometimes any that ever was, or none.</summary>
    private string AnyId()
    {
        if (_auditor.Active.Count > 0 && (_auditor.Active.Count > 12 || _random.Next(10) < 8))
            return _auditor.Active.Keys.ElementAt(_random.Next(_auditor.Active.Count));
        return string.Create(CultureInfo.InvariantCulture, $"C{_random.Next(1, _ids + 2)}");
    }
}
