using Classound.Charging.Allowances;

namespace Classound.Charging.Tests.CallLogs;

/// <summary>Calendar months in the PBX's zone: usage month, billing month, plan and proration (product.md, months and users).</summary>
public sealed class MonthTests
{
    /// <summary>Auckland is 13 hours ahead: its December begins on 30 November at 11:00 UTC.</summary>
    [Fact]
    public void AnswerInTheNextMonth_MovesTheHoldThere() => CallLog.Play("""
        pbx zone Pacific/Auckland users 1 plan TINY
        2026-11-30T10:59:50  authorize  A  +49305550101 ask 600s reports => month 202611, day 2026-11-30, included 600s
        10:59:51  authorize  B  +49305550101 ask 60s               => month 202611, included 0s, money 0.0225
        11:00:05  start      A                                     => month 202612, day 2026-12-01, included 600s, money 0
        11:00:05  allowance  month 202611                          => held 0s, free 600s
        11:00:05  allowance  month 202612                          => held 600s, free 0s
        11:10:05  end        A  600s                               => usage 202612, billing 202612, included 600s
        # B was answered in November, as far as anybody says, and draws on what November has left.
        11:10:06  end        B  60s answered 2026-11-30T10:59:59   => usage 202611, billing 202612, included 60s
        """);

    [Fact]
    public void AnswerInAMonthWhoseMinutesAreGone_HoldsMoneyThere() => CallLog.Play("""
        pbx users 1 plan TINY
        2026-11-30T23:59:50  authorize  A  +49305550101 ask 600s reports => included 600s, money 0
        2026-12-01T00:00:00  authorize  B  +49305550101 ask 600s   => month 202612, included 600s
        00:00:05  start      A                                     => month 202612, included 0s, money 0.225
        00:00:05  spend                                            => held 0.225
        00:10:05  end        A  600s                               => included 0s, billed 0.225
        """);

    [Fact]
    public void CallAcrossTheMonthEnd_IsUsedInTheMonthOfItsAnswerAndBilledInTheOpenOne() => CallLog.Play("""
        pbx users 1 plan TINY
        2026-11-30T23:55:00  authorize  A  +49305550101 ask 600s reports
        23:55:10  start      A                                     => month 202611, included 600s
        2026-12-01T00:05:10  end  A  600s                          => usage 202611, billing 202612, day 2026-11-30, included 600s
        00:05:10  allowance  month 202611                          => used 600s, held 0s, free 0s
        00:05:10  allowance  month 202612                          => used 0s, held 0s, free 600s
        00:05:10  totals     Outbound Area1 month 202611           => calls 0
        00:05:10  totals     Outbound Area1 month 202612           => calls 1, included 600s
        """);

    [Fact]
    public void LateCall_DrawsOnWhatItsUsageMonthHasLeft() => CallLog.Play("""
        pbx users 1 plan TINY
        2026-11-30T10:00:00  authorize  A  +49305550101 ask 480s
        10:08:00  end        A  480s                               => included 480s
        2026-12-20T10:00:00  end  B  300s answered 2026-11-30T11:00:00 details +49305550101 => usage 202611, billing 202612, included 120s, billed 0.0675, flag Unauthorised
        10:00:00  allowance  month 202611                          => used 600s, free 0s
        10:00:00  allowance  month 202612                          => used 0s, free 600s
        """);

    [Fact]
    public void ClosedBillingMonth_ChangesNoMore() => CallLog.Play("""
        pbx users 1 plan TINY
        2026-11-30T23:00:00  authorize  A  +33155550101 ask 60s
        23:01:00  end        A  60s                                => billing 202611, billed 0.045
        23:02:00  authorize  B  +33155550101 ask 60s reports
        23:02:01  start      B
        23:30:00  close      202611                                => refused MonthNotEnded
        2026-12-01T00:00:00  close 202611                          => done
        00:00:01  end        B  60s                                => usage 202611, billing 202612
        00:00:01  totals     Outbound Area2 month 202611           => calls 1, money 0.045
        00:00:01  status                                           => open from 202612
        """);

    [Fact]
    public void MonthsInWhichNothingHappened_HaveTheirUsersAndFee() => CallLog.Play("""
        pbx users 4 plan POOL active 2026-11-16
        2027-02-10T10:00:00  licences 2                            => done
        10:00:00  allowance  month 202611                          => users 4, granted 360000s, fee 62
        10:00:00  allowance  month 202612                          => users 4, granted 720000s, fee 124
        10:00:00  allowance  month 202701                          => users 4, fee 124
        10:00:00  allowance  month 202702                          => users 4, granted 480000s
        2027-03-01T10:00:00  allowance                             => users 2
        """);

    [Theory]
    [InlineData(6)]
    [InlineData(2)]
    public void MonthOpenedByAnEdgeWhoseClockIsAhead_BeginsWithTheLicencesOfItsFirstMoment(int licences) => CallLog.Play($"""
        pbx users 4 plan POOL
        2026-11-30T23:59:57  authorize  A  +49305550101 ask 60s reports
        23:59:57  start      A  answered 2026-12-01T00:00:01       => month 202612
        23:59:58  licences   {licences}                            => done
        2026-12-01T00:00:05  allowance                             => users {licences}, held 60s
        """);

    [Fact]
    public void PlanVersion_ChangesAtTheMonthStartOnly() => CallLog.Play("""
        pbx users 1 plan POOL active 2025-12-10
        2025-12-10T10:00:00  allowance                             => plan 2020-01-01, granted 42600s   # R1: 1000 minutes, 22 of 31 days
        2025-12-31T23:59:59  allowance                             => plan 2020-01-01
        2026-01-01T00:00:00  allowance                             => plan 2026-01-01, granted 180000s
        2027-02-01T00:00:00  allowance                             => plan 2027-02-01, granted 120000s
        """);

    [Fact]
    public void PlanCodeChangedWithinAMonth_CountsFromTheNext() => CallLog.Play("""
        pbx users 4 plan POOL
        2026-11-10T10:00:00  allowance                             => granted 720000s
        10:00:00  plan       TINY                                  => done
        10:00:00  allowance                                        => granted 720000s
        2026-12-01T00:00:00  allowance                             => granted 2400s
        """);

    [Fact]
    public void PbxWithoutAPlan_IsRefusedUntilItHasOne() => CallLog.Play("""
        pbx users 4 without-plan
        10:00:00  authorize  A  +33155550101                       => denied PbxWithoutPlan, because plan_code
        10:00:01  plan       POOL                                  => done
        10:00:01  authorize  A  +33155550101                       => granted 14400s
        """);

    [Fact]
    public void PlanThatBeginsWithinTheMonth_IsInForceAtALaterActivationOrTheNextMonth()
    {
        CallLog.Play("""
            pbx users 1 plan LATER active 2026-11-10
            2026-11-20T10:00:00  authorize  A  +33155550101        => denied PbxWithoutPlan
            2026-12-01T10:00:00  authorize  A  +33155550101        => granted 14400s
            """);
        CallLog.Play("""
            pbx users 1 plan LATER active 2026-11-16
            2026-11-20T10:00:00  authorize  A  +33155550101        => granted 14400s
            """);
    }

    /// <summary>Local days left, the first included, over the days of the month; minutes are rounded up to whole ones per user.</summary>
    [Theory]
    [InlineData("2026-11-01", "granted 720000s", "fee 124")]
    [InlineData("2026-11-18", "granted 312000s", "fee 53.733333334")]
    [InlineData("2026-11-30", "granted 24000s", "fee 4.133333334")]
    [InlineData("2028-02-15", "granted 248400s", "fee 64.137931035")] // 15 of 29 days of 2000 minutes: 1034.48
    public void Activation_ProratesFeeAndMinutes(string active, string granted, string fee) => CallLog.Play($"""
        pbx users 4 plan POOL active {active}
        {active}T12:00:00  allowance                               => {granted}, {fee}
        """);

    [Fact]
    public void BeforeActivation_CallsAreDeniedAndNothingIsGranted() => CallLog.Play("""
        pbx users 4 plan POOL active 2026-12-10
        2026-11-02T10:00:00  authorize  A  +33155550101            => denied PbxNotActive, because active_from
        10:00:00  end        B  60s details +49305550101           => included 0s, billed 0.0225, usage 202611, billing 202612
        10:00:00  allowance  month 202611                          => granted 0s, fee 0
        2026-12-10T00:00:00  authorize  A  +33155550101            => granted 14400s
        00:00:00  allowance                                        => granted 511200s   # 22 of 31 days: 2130 minutes each
        """);

    /// <summary>25 October has 25 hours in Berlin, 29 March 23.</summary>
    [Fact]
    public void DaysOfCaps_FollowTheClocksOfThePbx() => CallLog.Play("""
        pbx zone Europe/Berlin users 4 plan POOL limits day-cap 10
        2026-10-24T21:59:59  authorize  A  +33155550101 ask 60s    => day 2026-10-24
        22:00:00             authorize  B  +33155550101 ask 60s    => day 2026-10-25
        2026-10-25T22:59:59  authorize  C  +33155550101 ask 60s    => day 2026-10-25
        23:00:00             authorize  D  +33155550101 ask 60s    => day 2026-10-26
        2027-03-27T22:59:59  authorize  E  +33155550101 ask 60s    => day 2027-03-27
        23:00:00             authorize  F  +33155550101 ask 60s    => day 2027-03-28
        2027-03-28T21:59:59  authorize  G  +33155550101 ask 60s    => day 2027-03-28
        22:00:00             authorize  H  +33155550101 ask 60s    => day 2027-03-29
        """);

    [Fact]
    public void ClocksThatGoBackAMinuteAfterMidnight_ReturnToTheDayBefore()
    {
        var calendar = new LocalCalendar("America/St_Johns");
        Assert.Equal(new DateOnly(2010, 11, 7), calendar.DayOf(new DateTimeOffset(2010, 11, 7, 2, 30, 30, TimeSpan.Zero)));
        Assert.Equal(new DateOnly(2010, 11, 6), calendar.DayOf(new DateTimeOffset(2010, 11, 7, 2, 31, 0, TimeSpan.Zero)));
        Assert.Equal(new DateOnly(2010, 11, 7), calendar.DayOf(new DateTimeOffset(2010, 11, 7, 3, 30, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData(202612, 202701)]
    [InlineData(202601, 202602)]
    public void NextAndPreviousMonth_AreInverse(int month, int next)
    {
        Assert.Equal(next, LocalCalendar.Next(month));
        Assert.Equal(month, LocalCalendar.Previous(next));
    }
}
