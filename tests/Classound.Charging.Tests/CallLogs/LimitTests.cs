namespace Classound.Charging.Tests.CallLogs;

/// <summary>Limits and fraud control (product.md). Area 3 costs 0.0015 a second, area 4 0.003; plan NONE includes nothing.</summary>
public sealed class LimitTests
{
    [Fact]
    public void SlicesUpToTheDayCap_TheLastIsFinalAndWarned() => CallLog.Play("""
        pbx plan NONE limits day-cap 1.5
        10:00:00  authorize  A  +442055550101 extend               => granted 600s, slice, money 0.9, warns Spend50Percent
        10:10:00  extend     A  1  600s                            => granted 1000s, final, money 1.5, warns Spend100Percent
        10:10:01  authorize  B  +442055550101 extend               => denied DayCapReached, because day_cap
        10:16:40  extend     A  2  1000s                           => denied DayCapReached, granted 1000s, final
        10:17:00  end        A  700s                               => billed 1.05
        10:17:01  authorize  C  +442055550101 extend               => granted 300s, final, money 0.45, warns Spend100Percent
        10:22:01  end        C  300s                               => billed 0.45
        10:22:01  spend                                            => settled 1.5, held 0
        10:22:02  authorize  D  +442055550101 extend               => denied DayCapReached
        2026-11-03T00:00:00  authorize  D  +442055550101 extend    => granted 600s
        """);

    [Fact]
    public void WithoutExtensions_AllThatTheCapAffordsIsHeldAtOnce() => CallLog.Play("""
        pbx plan NONE limits day-cap 1.5
        10:00:00  authorize  A  +442055550101                      => granted 1000s, final, maximum 14400s, money 1.5
        10:00:00  authorize  B  +442055550101                      => denied DayCapReached
        10:00:10  end        A  1s                                 => billed 0.0015
        10:00:10  authorize  B  +442055550101 ask 60s              => granted 60s, final, money 0.09
        """);

    [Fact]
    public void TheTighterOfTwoCaps_EndsTheGrantAndIsNamed() => CallLog.Play("""
        pbx plan NONE limits day-cap 1.5 month-cap 2
        2026-11-02T10:00:00  authorize  A  +442055550101           => granted 1000s, money 1.5
        11:00:00             end        A  1000s                   => billed 1.5
        2026-11-03T10:00:00  authorize  B  +442055550101           => granted 333s, final, money 0.4995, warns Spend80Percent
        10:00:00             authorize  C  +442055550101           => denied MonthCapReached, because month_cap
        11:00:00             end        B  333s
        2026-12-01T10:00:00  authorize  C  +442055550101           => granted 1000s
        """);

    [Theory]
    [InlineData(333, "no warns")] // 0.4995
    [InlineData(334, "warns Spend50Percent")] // 0.501
    [InlineData(533, "warns Spend50Percent")] // 0.7995
    [InlineData(534, "warns Spend80Percent")]
    [InlineData(666, "warns Spend80Percent")] // 0.999
    public void WarningsStandAtFiftyAndEightyPercent(int seconds, string warning) => CallLog.Play($"""
        pbx plan NONE limits month-cap 1
        10:00:00  authorize  A  +442055550101 ask {seconds}s       => granted {seconds}s, {warning}
        """);

    [Fact]
    public void IncludedMinutes_PassAReachedCap() => CallLog.Play("""
        pbx users 1 plan TINY limits day-cap 0.18
        10:00:00  authorize  A  +551155550101 ask 60s              => money 0.18, warns Spend100Percent
        10:01:00  end        A  60s                                => billed 0.18
        10:01:00  authorize  B  +551155550101                      => denied DayCapReached
        10:01:00  authorize  B  +49305550101                       => granted 600s, final, included 600s, money 0
        10:01:00  authorize  C  +49305550101                       => denied DayCapReached
        10:01:00  authorize  D  +358955550101                      => denied DayCapReached   # a second would round to 0.0000
        """);

    [Fact]
    public void PriceAboveTheLimit_LetsIncludedMinutesThroughAndNoMoney() => CallLog.Play("""
        pbx users 1 plan TINY limits price 0.0224
        10:00:00  authorize  A  +49305550101                       => granted 600s, final, included 600s, money 0
        10:00:00  authorize  B  +49305550101                       => denied PriceTooHigh, because max_price_per_minute
        10:00:00  authorize  C  +33155550101                       => denied PriceTooHigh
        10:10:00  extend     A  1  600s                            => denied PriceTooHigh, granted 600s, final
        """);

    [Fact]
    public void PriceEqualToTheLimit_Passes() => CallLog.Play("""
        pbx plan NONE limits price 0.045
        10:00:00  authorize  A  +33155550101 ask 60s               => granted 60s
        10:00:00  authorize  B  +442055550101 ask 60s              => denied PriceTooHigh
        """);

    [Fact]
    public void PriceAboveTheLimit_IsNotLetThroughByRounding() => CallLog.Play("""
        pbx plan NONE limits price 0.001
        10:00:00  authorize  A  +358955550101                      => denied PriceTooHigh
        10:00:00  authorize  B  +358955550101 ask 1s               => denied PriceTooHigh
        """);

    [Fact]
    public void ConcurrentCalls_CountInboundAndInternalOnesToo() => CallLog.Play("""
        pbx limits calls 3
        10:00:00  authorize  A  +33155550101
        10:00:00  authorize  B  +14805550100 from +33155550101 inbound
        10:00:00  authorize  C  102 from 101 internal              => granted 14400s
        10:00:00  authorize  D  +33155550101                       => denied TooManyCalls, because max_concurrent_calls
        10:00:00  authorize  E  103 from 101 internal              => denied TooManyCalls
        10:00:00  authorize  F  +14805550100 from +44 inbound      => denied TooManyCalls
        10:00:00  authorize  A  +33155550101                       => repeated, granted 14400s
        10:00:01  end        C  0s
        10:00:01  authorize  D  +33155550101                       => granted 14400s
        """);

    [Fact]
    public void AttemptsPerSecond_CountEveryNewIdAndNoRepeat() => CallLog.Play("""
        pbx limits attempts 3 bar-country FR
        10:00:00.100  authorize  A  +49305550101                   => granted 14400s
        10:00:00.200  authorize  A  +49305550101                   => repeated
        10:00:00.200  authorize  B  +33155550101                   => denied DestinationBarred
        10:00:00.200  authorize  A  +49305550102                   => denied CallIdReused
        10:00:00.300  authorize  C  +49305550101                   => granted 14400s
        10:00:00.900  authorize  D  +49305550101                   => denied TooManyAttempts, because max_attempts_per_second
        10:00:00.950  authorize  A  +49305550101                   => repeated
        10:00:01.000  authorize  D  +49305550101                   => granted 14400s
        """);

    [Fact]
    public void LongestCall_IsTheSmallestOfFourHoursTheLimitAndWhatIsAsked() => CallLog.Play("""
        pbx
        10:00:00  authorize  A  +49305550101 ask 20000s            => granted 14400s, maximum 14400s
        10:00:00  limits     longest 3600s                         => done
        10:00:00  authorize  B  +49305550101                       => granted 3600s, maximum 3600s
        10:00:00  authorize  C  +49305550101 ask 300s extend       => granted 300s, final, maximum 300s
        10:00:00  authorize  D  +49305550101 extend                => granted 600s, slice, maximum 3600s
        10:00:00  limits     longest 20000s
        10:00:00  authorize  E  +49305550101                       => granted 14400s
        """);

    [Theory]
    [InlineData("bar-country FR", "+33155550101", "country")]
    [InlineData("allow-country DE", "+33155550101", "country")]
    [InlineData("allow-country DE", "+8816555501", "country")]
    [InlineData("bar-area 2", "+33155550101", "area")]
    [InlineData("allow-area 1", "+33155550101", "area")]
    [InlineData("bar-prefix 3315", "+33155550101", "prefix")]
    [InlineData("allow-prefix 3316", "+33155550101", "prefix")]
    [InlineData("allow-prefix 3316", "+999155550101", "prefix")]
    [InlineData("new", "+8816555501", "high_cost")]
    public void BarredDestination_IsDeniedNamingWhatBarsIt(string limit, string called, string because) => CallLog.Play($"""
        pbx limits {limit}
        10:00:00  authorize  A  {called}                           => denied DestinationBarred, because {because}
        """);

    [Theory]
    [InlineData("bar-country DE", "+33155550101")]
    [InlineData("allow-country FR", "+33155550101")]
    [InlineData("bar-area 3", "+33155550101")]
    [InlineData("allow-area 2", "+33155550101")]
    [InlineData("bar-prefix 33155550102", "+33155550101")]
    [InlineData("bar-prefix 331555501011", "+33155550101")]
    [InlineData("allow-prefix 33155550101", "+33155550101")]
    [InlineData("new", "+33155550101")]
    public void DestinationThatIsNotBarred_Passes(string limit, string called) => CallLog.Play($"""
        pbx limits {limit}
        10:00:00  authorize  A  {called}                           => granted 14400s
        """);

    [Fact]
    public void CapLoweredUnderRunningCalls_LeavesThemTheirSliceAndGivesNoMore() => CallLog.Play("""
        pbx plan NONE
        10:00:00  authorize  A  +442055550101 extend               => granted 600s, money 0.9
        10:00:00  limits     day-cap 0.5
        10:10:00  extend     A  1  600s                            => denied DayCapReached, granted 600s, final, money 0.9
        10:10:00  authorize  B  +442055550101                      => denied DayCapReached
        10:10:00  end        A  600s                               => billed 0.9, no flag
        """);

    [Fact]
    public void Suspended_RefusesCallsAndExtensionsAndSettlesWhatRuns() => CallLog.Play("""
        pbx
        10:00:00  authorize  A  +33155550101 extend                => granted 600s, slice
        10:00:05  suspend                                          => done
        10:00:05  authorize  B  +33155550101                       => denied PbxSuspended
        10:00:05  authorize  B  102 from 101 internal              => denied PbxSuspended
        10:00:05  authorize  A  +33155550101 extend                => repeated, granted 600s
        10:09:00  extend     A  1  540s                            => denied PbxSuspended, granted 600s, final
        10:10:00  end        A  600s                               => billed 0.45
        10:10:00  resume                                           => done
        10:10:00  authorize  B  +33155550101                       => granted 14400s
        """);
}
