using Classound.Charging.Allowances;
using Classound.Charging.Calls;
using Classound.Charging.Rating;
using CsCheck;

namespace Classound.Charging.Tests.CallLogs;

/// <summary>
/// A call that was closed and then corrected comes to what its end alone would have made of it, to the second and the nano-unit,
/// when nothing else happened in between: two PBXs live the same life, and only one of them is swept.
/// </summary>
public sealed class CorrectionPropertyTests
{
    private static readonly string[] Called = ["+49305550101", "+491635550101", "+33155550101", "+358955550101", "+8816555501"];
    private static readonly string[] Plans = ["POOL", "TINY", "TINYSEATS", "NONE"];

    // Around a month's end, so that holds, answers and reports fall on both sides of it.
    private static readonly DateTimeOffset MonthEnd = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Life> Any = Gen.Select(
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4], Gen.Int[-2000, 600], Gen.Bool, Gen.Bool),
        Gen.Select(Gen.Int[0, 700], One(0, 0, 1, 299, 600, 900), Gen.Int[0, 170]),
        Gen.Select(Gen.Long[0, 2_000_000], Gen.Int[-30, 900], Gen.Int[0, 3], One(0, 60, 86_400, 20 * 86_400)),
        (call, before, end) => new Life(
            Plans[call.Item1], Called[call.Item2], MonthEnd.AddSeconds(call.Item3), call.Item4, call.Item5,
            before.Item1, before.Item2, before.Item3, end.Item1, end.Item2, end.Item3, end.Item4));

    [Fact]
    public void ClosureAndCorrection_ComeToWhatTheEndAloneWouldHave()
    {
        var (compared, corrections) = (0, 0);
        Any.Sample(life =>
        {
            var (direct, swept) = (life.Live(sweep: false), life.Live(sweep: true));
            var closed = swept.Session.Entries[^2].CallId == "A" ? swept.Session.Entries[^2] : null;
            Assert.NotNull(closed);
            Interlocked.Increment(ref corrections);
            // What a reckoned answer booked on another day than the edge names stays there: that life has no equal.
            if (closed.CallSeconds > 0 && closed.UsageDay != direct.Settled.UsageDay) return;
            Interlocked.Increment(ref compared);
            Assert.Equal(Sum(direct.Settled), Sum(swept.Settled));
            Assert.Equal(
                (direct.Settled.AnsweredAt, direct.Settled.UsageMonth, direct.Settled.UsageDay),
                (swept.Settled.AnsweredAt, swept.Settled.UsageMonth, swept.Settled.UsageDay));
            Assert.Equal(Usage(direct.Session.Pbx), Usage(swept.Session.Pbx));
            Assert.Equal(Totals(direct.Session.Pbx), Totals(swept.Session.Pbx));
        }, iter: 5_000);
        Assert.True(compared > corrections * 3 / 4, $"only {compared} of {corrections} lives were compared");
    }

    private static Gen<int> One(params int[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static (int, int, int, Amount, CallFlags) Sum(RatedCall call) => (
        call.CallSeconds, call.RatedSeconds, call.IncludedSeconds, call.Amount, call.Flags & ~CallFlags.AfterExpiry);

    private static string Usage(Pbx pbx) => string.Join(' ', pbx.Months.Values.OrderBy(month => month.Month).Select(month =>
        $"{month.Month} used {month.UsedSeconds} held {month.HeldSeconds} settled {month.SettledMoney} "
        + string.Join(',', month.SeatUsed.Where(seat => seat.Value != 0).OrderBy(seat => seat.Key)) + " "
        + string.Join(',', month.Days.Where(day => day.Value != default).OrderBy(day => day.Key))));

    // Over all billing months: the closure may lie in one that is closed, and then the difference does not.
    private static UsageTotals Totals(Pbx pbx) =>
        pbx.Months.Values.SelectMany(month => month.Totals.Values).Aggregate(default(UsageTotals), (sum, totals) => sum + totals);

    /// <param name="Neighbour">Seconds that another call holds all the time.</param>
    /// <param name="Confirmed">Reported by one extension; 0 = none came.</param>
    /// <param name="AnswerAfter">Seconds from authorisation to a reported answer.</param>
    /// <param name="EndAnswerAfter">The answer that the end names, where it names one.</param>
    /// <param name="EndForm">What the end says beside the duration: nothing, the answer, the end, or both.</param>
    private sealed record Life(
        string Plan, string Called, DateTimeOffset At, bool Extends, bool Reports, int Neighbour, int Confirmed, int AnswerAfter,
        long DurationMs, int EndAnswerAfter, int EndForm, int Late)
    {
        public (PbxSession Session, RatedCall Settled) Live(bool sweep)
        {
            var session = new PbxSession(SamplePrices.Catalogue);
            session.Pbx.Provision(new PbxSettings
            {
                Id = "pbx", Country = "US", TimeZoneId = "UTC", Currency = "USD", PriceListType = SamplePrices.ListType, PlanCode = Plan,
                ActiveFrom = new DateOnly(2026, 1, 1), Licences = new UserLicences(2, 0, 0, 0), Limits = new PbxLimits(),
            });
            session.Pbx.AddDid(new Did(SamplePrices.Number(SamplePrices.Own), DidKind.Hosted, false));
            session.Pbx.SetUsers(["alice", "bob"]);
            if (Neighbour > 0) session.Authorize(Request("N", "+49305550101", "bob") with { RequestedSeconds = Neighbour }, At);
            session.Authorize(Request("A", Called, "alice") with { CanExtend = Extends, ReportsAnswer = Reports }, At);
            if (Reports) session.Start("A", At.AddSeconds(AnswerAfter), At.AddSeconds(AnswerAfter));
            if (Confirmed > 0) session.Extend("A", 1, Confirmed, 0, At.AddSeconds(AnswerAfter + 601));
            var overdue = session.Pbx.Calls["A"].LeaseEndsAt;
            if (sweep)
            {
                var closed = session.Pbx.CloseOverdue("A", session.Catalogue, session.Pbx.Advance(session.Catalogue, overdue));
                session.Remember(closed!);
            }
            var now = overdue.AddSeconds(1 + Late);
            var end = new EndRequest
            {
                CallId = "A", DurationMs = DurationMs, AnsweredAt = EndForm is 1 or 3 ? At.AddSeconds(EndAnswerAfter) : null,
                EndedAt = EndForm is 2 or 3 ? At.AddSeconds(EndAnswerAfter).AddMilliseconds(DurationMs) : null,
            };
            var answer = session.End(end, now);
            Books.Check(session, (rule, why) => Assert.Fail($"{rule}: {why}"));
            return (session, answer.Settlement!);
        }

        private static AuthorizeRequest Request(string id, string called, string user) => new()
        {
            CallId = id, CallerText = SamplePrices.Own, Caller = SamplePrices.Number(SamplePrices.Own), CalledText = called,
            Called = SamplePrices.Number(called), UserId = user,
        };
    }
}
