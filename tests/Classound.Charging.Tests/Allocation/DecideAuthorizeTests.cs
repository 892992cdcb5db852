using Classound.Charging.Calls;
using Classound.Charging.Rating;
using Classound.Charging.Tests.CallLogs;

namespace Classound.Charging.Tests.Allocation;

/// <summary>Deciding sits in the set-up of every phone call: what is granted leaves nothing to collect.</summary>
public sealed class DecideAuthorizeTests
{
    private const int Rounds = 1000;

    [Theory]
    [InlineData("pbx plan POOL", "+49305550101", 14400)] // all from the allowance
    [InlineData("pbx plan TINY", "+49305550101", 14400)] // 40 included minutes, then money
    [InlineData("pbx plan POOL", "+491635550101", 14400)] // a tariff of its own
    [InlineData("pbx plan POOL", "+33155550101", 14400)] // area 2, by the second
    [InlineData("pbx plan NONE limits day-cap 1 month-cap 20", "+442055550101", 666)] // cut by a cap: a search
    [InlineData("pbx plan NONE limits day-cap 20 month-cap 1 calls 10 attempts 10 price 1", "+442055550101", 666)]
    [InlineData("pbx plan POOL limits new", "+33155550101", 14400)]
    [InlineData("pbx plan POOL limits bar-prefix 3316", "+33155550101", 14400)]
    [InlineData("pbx plan POOL limits allow-prefix 331", "+33155550101", 14400)]
    [InlineData("pbx plan POOL limits bar-country DE", "+33155550101", 14400)]
    [InlineData("pbx plan POOL limits allow-country FR", "+33155550101", 14400)]
    [InlineData("pbx plan POOL limits allow-area 2", "+33155550101", 14400)]
    [InlineData("pbx zone Europe/Berlin plan SEATS", "+49305550101", 14400)]
    [InlineData("pbx zone America/New_York plan TINYSEATS limits price 0.02", "+49305550101", 600)]
    public void GrantedCall_AllocatesNothing(string pbx, string called, int granted)
    {
        var log = CallLog.Play($"""
            {pbx}
            user-ids alice bob carol dave
            2026-11-02T10:00:00  allowance
            """);
        var request = new AuthorizeRequest
        {
            CallId = "A", CallerText = SamplePrices.Own, Caller = SamplePrices.Number(SamplePrices.Own), CalledText = called,
            Called = SamplePrices.Number(called), UserId = "dave", AttemptedAt = Start,
        };
        var decision = default(AuthorizeDecision);
        Assert.Equal(0, Allocated(log.Session, request, ref decision));
        Assert.Equal((AuthorizeOutcome.Granted, granted), (decision.Outcome, decision.Hold.Seconds));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void InternalAndInboundCalls_AllocateNothing(bool isInternal, bool inbound)
    {
        var log = CallLog.Play("2026-11-02T10:00:00  allowance");
        var request = new AuthorizeRequest
        {
            CallId = "A", Internal = isInternal, Direction = inbound ? CallDirection.Inbound : CallDirection.Outbound,
            CalledText = SamplePrices.Own, Called = SamplePrices.Number(SamplePrices.Own), CanExtend = true,
        };
        var decision = default(AuthorizeDecision);
        Assert.Equal(0, Allocated(log.Session, request, ref decision));
        Assert.Equal((AuthorizeOutcome.Granted, Pbx.SliceSeconds), (decision.Outcome, decision.Hold.Seconds));
    }

    [Fact]
    public void Repeat_AllocatesNothing()
    {
        var log = CallLog.Play("10:00:00  authorize  A  +33155550101 => granted 14400s");
        var request = new AuthorizeRequest { CallId = "A", CallerText = SamplePrices.Own, CalledText = "+33155550101" };
        var decision = default(AuthorizeDecision);
        Assert.Equal(0, Allocated(log.Session, request, ref decision));
        Assert.Equal(AuthorizeOutcome.Repeated, decision.Outcome);
    }

    private static DateTimeOffset Start { get; } = new(2026, 11, 2, 10, 0, 0, TimeSpan.Zero);

    private static long Allocated(PbxSession session, AuthorizeRequest request, ref AuthorizeDecision decision)
    {
        // Warm-up: jitting, first use of the zone's rules. Every round is another minute, so that the day is computed anew.
        Decide(session, request, ref decision);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Decide(session, request, ref decision);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Decide(PbxSession session, AuthorizeRequest request, ref AuthorizeDecision decision)
    {
        for (var round = 0; round < Rounds; round++)
            decision = session.Pbx.DecideAuthorize(request, session.Catalogue, Start.AddSeconds(round % 700 * 61));
    }
}
