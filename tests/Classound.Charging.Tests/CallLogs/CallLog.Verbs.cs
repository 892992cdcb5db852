using System.Globalization;
using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;

namespace Classound.Charging.Tests.CallLogs;

internal sealed partial class CallLog
{
    private List<string> Run(LogLine line) => line.Verb switch
    {
        "pbx" => Provision(line),
        "no-pbx" => [],
        "authorize" => Facts.Of(_session.Authorize(AuthorizeRequest(line, line.Word()), _now), _now),
        "start" => Facts.Of(_session.Start(line.Word(), line.Has("answered") ? line.Time() : _now, _now), _now),
        "extend" => Extend(line),
        "end" => Facts.Of(_session.End(EndRequest(line), _now), _now),
        "sweep" => Closed(_session.Sweep(_now)),
        "sync" => Sync(line),
        "entry" => Facts.Of(_session.Entries.Last(line.Word() is var id ? entry => entry.CallId == id : _ => false)),
        "allowance" => Allowance(line),
        "spend" => Spend(line),
        "totals" => Totals(line),
        "status" => Status(),
        "limits" => Changed(Pbx.Update(s => s with { Limits = Limits(line, s.Limits) }, _session.Catalogue, _now)),
        "plan" => Changed(Pbx.Update(s => s with { PlanCode = line.Word() }, _session.Catalogue, _now)),
        "suspend" => Changed(Pbx.Update(s => s with { State = PbxState.Suspended }, _session.Catalogue, _now)),
        "resume" => Changed(Pbx.Update(s => s with { State = PbxState.Active }, _session.Catalogue, _now)),
        "licences" => Changed(Pbx.SetLicences(new UserLicences(line.Integer(), 0, 0, 0), _session.Catalogue, _now)),
        "user-ids" => Changed(Pbx.SetUsers(line.Rest())),
        "did" => Changed(Pbx.AddDid(new Did(SamplePrices.Number(line.Word()), Enum.Parse<DidKind>(line.Word()), false))),
        "verify" => Changed(Pbx.VerifyDid(SamplePrices.Number(line.Word()))),
        "remove" => Changed(Pbx.RemoveDid(SamplePrices.Number(line.Word()))),
        "close" => Changed(Pbx.CloseBillingMonth(line.Integer(), _session.Catalogue, _now)),
        _ => throw new FormatException($"line {line.Number}: unknown verb {line.Verb}"),
    };

    private static List<string> Closed(IReadOnlyList<RatedCall> closed) =>
        closed.Count == 0 ? ["closed none"] : [.. closed.Select(call => $"closed {call.CallId}"), .. closed.Count == 1 ? Facts.Of(closed[0]) : []];

    private List<string> Sync(LogLine line)
    {
        var (edge, listedAt, closeBefore, calls) = (line.Word(), _now, (DateTimeOffset?)null, new List<(string, int)>());
        while (!line.IsDone)
        {
            if (line.Has("close-before")) closeBefore = line.Time();
            else if (line.Has("listed")) listedAt = line.Time();
            else calls.Add((line.Word(), line.Seconds()));
        }
        var (live, closed) = _session.Sync(edge, calls, listedAt, closeBefore, _now);
        return [.. live.Select(id => $"live {id}"), .. calls.Where(call => !live.Contains(call.Item1)).Select(call => $"gone {call.Item1}"), .. Closed(closed)];
    }

    private static List<string> Changed(ProvisioningRefusal refusal) =>
        [refusal == ProvisioningRefusal.None ? "done" : $"refused {refusal}"];

    private List<string> Provision(LogLine? line)
    {
        var settings = new PbxSettings
        {
            Id = "pbx", Country = "US", TimeZoneId = "UTC", Currency = "USD", PriceListType = SamplePrices.ListType, PlanCode = "POOL",
            ActiveFrom = new DateOnly(2026, 1, 1), Licences = new UserLicences(4, 0, 0, 0), Limits = new PbxLimits(),
        };
        while (line is { IsDone: false })
            settings = line.Word() switch
            {
                "zone" => settings with { TimeZoneId = line.Word() },
                "users" => settings with { Licences = new UserLicences(line.Integer(), 0, 0, 0) },
                "licences" => settings with { Licences = new UserLicences(line.Integer(), line.Integer(), line.Integer(), line.Integer()) },
                "plan" => settings with { PlanCode = line.Word() },
                "without-plan" => settings with { PlanCode = "" },
                "active" => settings with { ActiveFrom = line.Day() },
                "limits" => settings with { Limits = line.Has("new") ? PbxLimits.ForNewPbx : Limits(line, settings.Limits) },
                "list" => settings with { PriceListType = line.Word() },
                var word => throw new FormatException($"line {line.Number}: unknown setting {word}"),
            };
        var refusal = Pbx.Provision(settings);
        Pbx.AddDid(new Did(SamplePrices.Number(SamplePrices.Own), DidKind.Hosted, false));
        return Changed(refusal);
    }

    private static PbxLimits Limits(LogLine line, PbxLimits limits)
    {
        while (!line.IsDone)
            limits = line.Word() switch
            {
                "day-cap" => limits with { DayCap = SamplePrices.Money(line.Word()) },
                "month-cap" => limits with { MonthCap = SamplePrices.Money(line.Word()) },
                "price" => limits with { MaxPricePerMinute = SamplePrices.Money(line.Word()) },
                "calls" => limits with { MaxConcurrentCalls = line.Integer() },
                "attempts" => limits with { MaxAttemptsPerSecond = line.Integer() },
                "longest" => limits with { MaxCallSeconds = line.Seconds() },
                "bar-country" => limits with { BarredCountries = [line.Word()] },
                "allow-country" => limits with { AllowedCountries = [line.Word()] },
                "bar-area" => limits with { BarredAreas = 1 << (line.Integer() - 1) },
                "allow-area" => limits with { AllowedAreas = 1 << (line.Integer() - 1) },
                "bar-prefix" => limits with { BarredPrefixes = [Prefix(line.Word())] },
                "allow-prefix" => limits with { AllowedPrefixes = [Prefix(line.Word())] },
                var word => throw new FormatException($"line {line.Number}: unknown limit {word}"),
            };
        return limits;
    }

    private static NumberPrefix Prefix(string digits) =>
        NumberPrefix.TryParse(digits, out var prefix) ? prefix : throw new FormatException(digits);

    private static AuthorizeRequest AuthorizeRequest(LogLine line, string callId)
    {
        var request = Numbers(new AuthorizeRequest { CallId = callId }, SamplePrices.Own, line.Word());
        while (!line.IsDone)
            request = line.Word() switch
            {
                "from" => Numbers(request, line.Word(), request.CalledText),
                "user" => request with { UserId = line.Word() },
                "edge" => request with { EdgeId = line.Word() },
                "extend" => request with { CanExtend = true },
                "reports" => request with { ReportsAnswer = true },
                "ask" => request with { RequestedSeconds = line.Seconds() },
                "hide" => request with { HideCallerId = true },
                "internal" => request with { Internal = true },
                "inbound" => request with { Direction = CallDirection.Inbound },
                "no-g711" => request with { LacksG711 = true },
                "occurred" => request with { OccurredAt = line.Time() },
                "attempted" => request with { AttemptedAt = line.Time() },
                var word => throw new FormatException($"line {line.Number}: unknown word {word}"),
            };
        return request;
    }

    private static AuthorizeRequest Numbers(AuthorizeRequest request, string caller, string called)
    {
        var callerForm = E164Number.Parse(caller, out var callerNumber);
        var calledForm = E164Number.Parse(called, out var calledNumber);
        return request with
        {
            CallerText = caller,
            CallerForm = callerForm,
            Caller = callerNumber,
            CalledText = called,
            CalledForm = calledForm,
            Called = calledNumber,
        };
    }

    private static EndRequest EndRequest(LogLine line)
    {
        var end = new EndRequest { CallId = line.Word(), DurationMs = line.Milliseconds() };
        while (!line.IsDone)
            end = line.Word() switch
            {
                "answered" => end with { AnsweredAt = line.Time() },
                "ended" => end with { EndedAt = line.Time() },
                "attempted" => end with { AttemptedAt = line.Time() },
                "cause" => end with { Cause = new ReleaseCause(line.Integer(), 0, "") },
                "details" => end with { Details = AuthorizeRequest(line, end.CallId) },
                var word => throw new FormatException($"line {line.Number}: unknown word {word}"),
            };
        return end;
    }

    private List<string> Extend(LogLine line)
    {
        var (callId, number, used) = (line.Word(), line.Integer(), line.Seconds());
        return Facts.Of(_session.Extend(callId, number, used, line.Has("ask") ? line.Seconds() : 0, _now), _now);
    }

    private List<string> Allowance(LogLine line)
    {
        var month = line.Has("month") ? line.Integer() : Pbx.MonthOf(Pbx.Advance(_session.Catalogue, _now));
        var seat = line.Has("seat") ? line.Integer() : 0;
        return Pbx.Months.TryGetValue(month, out var ledger) ? Facts.Of(ledger, seat) : ["not opened"];
    }

    private List<string> Spend(LogLine line)
    {
        var day = line.Has("day") ? line.Day() : Pbx.DayOf(_now);
        var month = Pbx.Months[LocalCalendar.MonthOf(day)];
        return
        [
            $"settled {month.Day(day).Settled}", $"held {month.Day(day).Held}",
            $"month settled {month.SettledMoney}", $"month held {month.HeldMoney}",
        ];
    }

    private List<string> Totals(LogLine line)
    {
        var key = new TotalsKey(Enum.Parse<CallDirection>(line.Word()), Enum.Parse<CallArea>(line.Word()));
        var month = line.Has("month") ? line.Integer() : Pbx.MonthOf(_now);
        return Facts.Of(Pbx.Months[month].Totals.GetValueOrDefault(key));
    }

    private List<string> Status()
    {
        var status = PbxStatus.Of(Pbx, Pbx.MonthOf(_now));
        return
        [
            Say($"ringing {status.RingingCalls}"), Say($"active {status.ActiveCalls}"), Say($"users in calls {status.UsersInCalls}"),
            Say($"licences {status.Licences.Total}"), Say($"users {status.UsersThisMonth}"), Say($"held {status.HeldIncludedSeconds}s"),
            Say($"used {status.UsedIncludedSeconds}s"), Say($"money held {status.HeldMoney}"), Say($"open from {Pbx.FirstOpenMonth}"),
        ];
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
