using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;
using Classound.Charging.Tests.CallLogs;

namespace Classound.Charging.Tests.Denials;

/// <summary>
/// A sound PBX and a request that it grants, in parts that can be spoiled one by one. Built as if it had been stored, so that
/// any two rules can be broken together without a story of how it came to that.
/// </summary>
internal sealed class Situation
{
    public static readonly DateTimeOffset Now = new(2026, 11, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 2);
    private const int Month = 202611;

    public PbxSettings? Settings { get; set; } = new()
    {
        Id = "pbx", Country = "US", TimeZoneId = "UTC", Currency = "USD", PriceListType = SamplePrices.ListType,
        ActiveFrom = new DateOnly(2026, 1, 1), Licences = new UserLicences(4, 0, 0, 0), Limits = new PbxLimits(),
    };
    public PlanVersion? Plan { get; set; } = SamplePrices.Catalogue.PlanInForce("NONE", Today);
    public List<Did> Dids { get; } = [new(SamplePrices.Number(SamplePrices.Own), DidKind.Hosted, false)];
    public List<ActiveCall> Calls { get; } = [];
    public Amount SettledToday { get; set; }
    public int EarlierAttempts { get; set; }
    public AuthorizeRequest Request { get; set; } = new()
    {
        CallId = "A", CallerText = SamplePrices.Own, Caller = SamplePrices.Number(SamplePrices.Own),
        CalledText = "+33155550101", Called = SamplePrices.Number("+33155550101"), UserId = "alice",
    };

    public void Limit(Func<PbxLimits, PbxLimits> change)
    {
        if (Settings is { } settings) Settings = settings with { Limits = change(settings.Limits) };
    }

    public void Set(Func<PbxSettings, PbxSettings> change)
    {
        if (Settings is { } settings) Settings = change(settings);
    }

    public static ActiveCall Running(string callId, string called) => new()
    {
        CallId = callId, Direction = CallDirection.Outbound, CallerText = SamplePrices.Own, CalledText = called, UserId = "alice",
        AuthorisedAt = Now, HoldMonth = Month, HoldDay = Today, GrantedSeconds = 600, MaximumSeconds = 600, LeaseEndsAt = Now.AddHours(1),
    };

    public AuthorizeDecision Decide()
    {
        var month = new MonthLedger(Month, users: 4, daysCounted: 30, Plan, usedSeconds: 0, SettledToday);
        month.RestoreDay(Today, SettledToday);
        var pbx = Pbx.Restore("pbx", new PbxSnapshot
        {
            Settings = Settings, FirstOpenMonth = Month, Seats = ["alice"], Dids = Dids, Months = [month], Calls = Calls,
        });
        for (var i = 0; i < EarlierAttempts; i++)
        {
            var earlier = Request with { CallId = FormattableString.Invariant($"earlier {i}"), CalledForm = NumberForm.Letters };
            Assert.Null(pbx.Apply(pbx.DecideAuthorize(earlier, SamplePrices.Catalogue, Now), earlier, Now));
        }
        return pbx.DecideAuthorize(Request, SamplePrices.Catalogue, Now);
    }
}
