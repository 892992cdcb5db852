using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;
using Classound.Charging.Tests.CallLogs;

namespace Classound.Charging.Tests.Denials;

/// <summary>How to break each rule of <see cref="DenialReason"/>, and which cannot be broken together.</summary>
internal static class Breaches
{
    private static readonly Amount Little = new(1);

    private static readonly Dictionary<DenialReason, Action<Situation>> ByReason = new()
    {
        [DenialReason.CallIdReused] = s => s.Calls.Add(Situation.Running("A", "+33155550999")),
        [DenialReason.TooOld] = s => s.Request = s.Request with { AttemptedAt = Situation.Now.AddDays(-36) },
        [DenialReason.PbxUnknown] = s => s.Settings = null,
        [DenialReason.PbxSuspended] = s => s.Set(settings => settings with { State = PbxState.Suspended }),
        [DenialReason.PbxNotActive] = s => s.Set(settings => settings with { ActiveFrom = new DateOnly(2026, 11, 3) }),
        [DenialReason.PbxWithoutPlan] = s => s.Plan = null,
        [DenialReason.TooManyAttempts] = s =>
        {
            s.EarlierAttempts = 1;
            s.Limit(limits => limits with { MaxAttemptsPerSecond = 1 });
        },
        [DenialReason.CallerNotE164] = s => s.Request = s.Request with { CallerText = "4805550100", CallerForm = NumberForm.MissingPlus, Caller = default },
        [DenialReason.CalledNotE164] = s => s.Request = s.Request with { CalledText = "112", CalledForm = NumberForm.ShortCode, Called = default },
        [DenialReason.UserMissing] = s =>
        {
            PerUser(s);
            s.Request = s.Request with { UserId = "" };
        },
        [DenialReason.UserUnknown] = s =>
        {
            PerUser(s);
            s.Request = s.Request with { UserId = "nobody" };
        },
        [DenialReason.CallerIdNotOwned] = s => s.Dids.Clear(),
        [DenialReason.CallerIdNotVerified] = s => s.Dids[0] = new Did(s.Dids[0].Number, DidKind.External, false),
        [DenialReason.CalledDidNotOwned] = s => s.Request = s.Request with { Direction = CallDirection.Inbound },
        [DenialReason.DestinationBarred] = s => s.Limit(limits => limits with { BarredPrefixes = [new NumberPrefix(33, 2)] }),
        [DenialReason.NoPrice] = s => s.Set(settings => settings with { PriceListType = "UNKNOWN" }),
        [DenialReason.PriceTooHigh] = s => s.Limit(limits => limits with { MaxPricePerMinute = Little }),
        [DenialReason.TooManyCalls] = s =>
        {
            s.Calls.Add(Situation.Running("B", "+33155550101"));
            s.Limit(limits => limits with { MaxConcurrentCalls = 1 });
        },
        [DenialReason.DayCapReached] = s =>
        {
            s.SettledToday = SamplePrices.Money("5");
            s.Limit(limits => limits with { DayCap = SamplePrices.Money("5") });
        },
        // Further past it than the day's, so that the reason must come from the order and not from which cap leaves less.
        [DenialReason.MonthCapReached] = s =>
        {
            s.SettledToday = SamplePrices.Money("5");
            s.Limit(limits => limits with { MonthCap = SamplePrices.Money("4") });
        },
    };

    /// <summary>Reasons that no authorisation is refused with: they answer reports on a call.</summary>
    public static readonly DenialReason[] NotOfAuthorisations = [DenialReason.None, DenialReason.UnknownCall];

    /// <exception cref="KeyNotFoundException">A reason that nobody has said how to provoke: add it.</exception>
    public static void Break(Situation situation, DenialReason reason) => ByReason[reason](situation);

    /// <summary>Why one request cannot break both; null = it can.</summary>
    public static string? Exclusive(DenialReason first, DenialReason second) => (first, second) switch
    {
        (DenialReason.UserMissing, DenialReason.UserUnknown) => "a user id is absent or unknown, not both",
        (DenialReason.CallerIdNotOwned, DenialReason.CallerIdNotVerified) => "a number is not there or not verified, not both",
        (DenialReason.CallerNotE164 or DenialReason.UserMissing or DenialReason.UserUnknown
            or DenialReason.CallerIdNotOwned or DenialReason.CallerIdNotVerified, DenialReason.CalledDidNotOwned) =>
            "the first is a rule for outbound calls, the second one for inbound calls",
        _ => null,
    };

    private static void PerUser(Situation situation) =>
        situation.Plan = SamplePrices.Catalogue.PlanInForce("SEATS", new DateOnly(2026, 11, 1)) is { Sharing: AllowanceSharing.PerUser } plan
            && situation.Plan is not null ? plan : null;
}
