using System.Globalization;
using Classound.Charging.Allowances;
using Classound.Charging.Calls;

namespace Classound.Charging.Tests.CallLogs;

/// <summary>What happened, as the short facts that call logs expect.</summary>
internal static class Facts
{
    public static List<string> Of(CallAnswer answer, DateTimeOffset now)
    {
        var facts = new List<string>();
        if (answer.Grant is { } grant) facts.AddRange(Of(grant, now));
        if (answer.Settlement is { CorrectedFrom: not null }) facts.Add("corrected");
        if (answer.Settlement is { } settlement) facts.AddRange(Of(settlement));
        if (answer.Denial is { } denial) facts.AddRange([$"denied {denial.Reason}", $"because {denial.Subject}"]);
        facts.Add(answer.Repeated ? "repeated" : "first");
        facts.Add(answer.Conflict ? "conflict" : "no conflict");
        return facts;
    }

    public static List<string> Of(MonthLedger month, int seat) =>
    [
        Say($"users {month.Users}"), Say($"granted {month.GrantedSeconds}s"), Say($"used {month.UsedSeconds}s"),
        Say($"held {month.HeldSeconds}s"), Say($"free {month.FreeSeconds(seat)}s"), Say($"own {month.GrantedSecondsPerUser}s"),
        Say($"seat used {month.SeatUsedSeconds(seat)}s"), Say($"fee {month.FlatFee}"), Say($"plan {month.Plan?.EffectiveFrom:yyyy-MM-dd}"),
    ];

    public static List<string> Of(UsageTotals totals) =>
    [
        Say($"calls {totals.Calls}"), Say($"call {totals.CallSeconds}s"), Say($"rated {totals.RatedSeconds}s"),
        Say($"included {totals.IncludedSeconds}s"), Say($"charged {totals.ChargedSeconds}s"), Say($"money {totals.Amount}"),
    ];

    private static List<string> Of(ActiveCall call, DateTimeOffset now)
    {
        List<string> facts =
        [
            Say($"granted {call.GrantedSeconds}s"), Say($"maximum {call.MaximumSeconds}s"), call.Final ? "final" : "slice",
            Say($"included {call.HeldIncludedSeconds}s"), Say($"money {call.HeldMoney}"), Say($"seat {call.Seat}"),
            Say($"month {call.HoldMonth}"), Say($"day {call.HoldDay:yyyy-MM-dd}"),
            Say($"lease {(long)(call.LeaseEndsAt - now).TotalSeconds}s"), call.HideCallerId ? "withheld" : "shown",
            Say($"answered {call.AnsweredAt?.UtcDateTime:HH:mm:ss}"),
        ];
        if (call.Pricing is { } pricing) facts.AddRange([Say($"list {pricing.ListNumber}"), Say($"{pricing.Area}"), $"prefix {pricing.Prefix}"]);
        facts.AddRange(Each("flag", call.Flags));
        facts.AddRange(Each("warns", call.Warnings));
        return facts;
    }

    public static List<string> Of(RatedCall call)
    {
        List<string> facts =
        [
            Say($"billed {call.Amount}"), Say($"call {call.CallSeconds}s"), Say($"rated {call.RatedSeconds}s"),
            Say($"included {call.IncludedSeconds}s"), Say($"charged {call.ChargedSeconds}s"), Say($"usage {call.UsageMonth}"),
            Say($"billing {call.BillingMonth}"), Say($"day {call.UsageDay:yyyy-MM-dd}"), Say($"seat {call.Seat}"), Say($"{call.Area}"),
            Say($"answered {call.AnsweredAt.UtcDateTime:HH:mm:ss}"), Say($"list {call.Pricing?.ListNumber}"),
            Say($"cause {call.Cause.Q850}"), call.HideCallerId ? "withheld" : "shown",
        ];
        if (call.Corrects is { } first) facts.Add(Say($"corrects {first.BillingMonth}"));
        facts.Add("flags " + call.Flags.ToString().Replace(", ", "+", StringComparison.Ordinal));
        facts.AddRange(Each("flag", call.Flags));
        return facts;
    }

    private static IEnumerable<string> Each<T>(string name, T flags)
        where T : struct, Enum =>
        Convert.ToInt32(flags, CultureInfo.InvariantCulture) == 0
            ? [$"no {name}"]
            : Enum.GetValues<T>().Where(flag => Convert.ToInt32(flag, CultureInfo.InvariantCulture) != 0 && flags.HasFlag(flag))
                .Select(flag => $"{name} {flag}");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
