namespace Classound.Charging.Tests.CallLogs;

/// <summary>The late end of a closed call corrects it exactly once, by a further entry of signed differences (product.md, months and ends).</summary>
public sealed class CorrectionTests
{
    [Fact]
    public void LateEnd_CorrectsOnce_AndItsRepeatsGetTheSameAnswer() => CallLog.Play("""
        10:00:00  authorize  A  +33155550101 extend reports
        10:00:10  start      A
        10:09:40  extend     A 1 570s
        10:20:40  sweep                                        => closed A, call 570s, billed 0.4275
        10:30:00  end        A  1500s cause 16                 => first, corrected, call 1500s, billed 1.125, answered 10:00:10, flag AboveGrant, cause 16
        10:30:00  entry      A                                 => corrects 202611, call 930s, rated 930s, billed 0.6975
        10:30:00  totals     Outbound Area2                    => calls 1, call 1500s, rated 1500s, money 1.125
        10:30:00  spend                                        => settled 1.125, month settled 1.125, held 0
        10:31:00  end        A  1500s cause 16                 => repeated, corrected, no conflict, call 1500s
        10:32:00  end        A  1501s cause 16                 => repeated, corrected, conflict, call 1500s, billed 1.125
        10:32:00  totals     Outbound Area2                    => calls 1, call 1500s
        """);

    [Fact]
    public void LateEndOfAClosureWith0_BringsAnswerAndUsageMonth() => CallLog.Play("""
        2026-11-30T23:58:00  authorize  A  +33155550101 ask 600s reports
        2026-12-01T00:01:00  sweep                             => closed A, call 0s, usage 202611, billing 202612
        00:05:00  end        A  120s answered 2026-12-01T00:00:30 => corrected, call 120s, usage 202612, billing 202612, day 2026-12-01, billed 0.09
        00:05:00  entry      A                                 => call 120s, billed 0.09, corrects 202612
        00:05:00  totals     Outbound Area2                    => calls 1, call 120s, money 0.09
        """);

    [Fact]
    public void ShorterCallThanWasConfirmed_GivesMinutesAndMoneyBack() => CallLog.Play("""
        pbx users 1 plan TINY
        10:00:00  authorize  A  +49305550101 ask 600s extend   => included 600s
        10:05:00  extend     A 1 300s
        10:11:00  sweep                                        => closed A, included 300s, call 300s
        10:12:00  end        A  61s                            => corrected, included 120s, call 61s, billed 0
        10:12:00  entry      A                                 => included -180s, rated -180s, call -239s, billed 0
        10:12:00  allowance                                    => used 120s, free 480s
        11:00:00  authorize  B  +33155550101 extend
        11:05:00  extend     B 1 300s
        11:16:00  sweep                                        => closed B, billed 0.225
        11:20:00  end        B  0s                             => corrected, call 0s, billed 0
        11:20:00  entry      B                                 => billed -0.225, call -300s
        11:20:00  spend                                        => settled 0, month settled 0
        """);

    [Fact]
    public void Correction_TakesOnlyWhatIsFreeNow_NeverAnotherCallsMinutes() => CallLog.Play("""
        pbx users 1 plan TINY
        10:00:00  authorize  A  +49305550101 ask 600s          => included 600s
        10:11:00  sweep                                        => closed A, call 0s
        10:11:30  authorize  B  +49305550101 ask 480s          => included 480s
        10:12:00  end        A  600s                           => corrected, included 120s, billed 0.18
        10:12:00  allowance                                    => used 120s, held 480s, free 0s
        10:20:00  end        B  480s                           => included 480s, billed 0
        """);

    [Fact]
    public void CorrectionAfterTheMonthClosed_IsBilledInTheFirstOpenOne_AndUsesItsOwnMonthsMinutes() => CallLog.Play("""
        pbx users 1 plan TINY
        2026-11-30T10:00:00  authorize  A  +49305550101 ask 600s extend reports
        10:00:00  start      A
        10:05:00  extend     A 1 300s
        10:11:00  sweep                                        => closed A, usage 202611, billing 202611, included 300s
        2026-12-03T10:00:00  end  A  660s                      => corrected, usage 202611, billing 202612, included 600s, call 660s, billed 0.0225, flag AboveGrant
        10:00:00  entry      A                                 => corrects 202611, included 300s, billed 0.0225
        10:00:00  totals     Outbound Area1 month 202611       => calls 1, call 300s, included 300s, money 0
        10:00:00  totals     Outbound Area1 month 202612       => calls 0, call 360s, included 300s, money 0.0225
        10:00:00  allowance  month 202611                      => used 600s, free 0s
        10:00:00  allowance  month 202612                      => used 0s, free 600s
        """);

    [Fact]
    public void CorrectionInALaterMonth_MayMakeItsTotalsNegative() => CallLog.Play("""
        2026-11-30T10:00:00  authorize  A  +33155550101 extend reports
        10:00:00  start      A
        10:05:00  extend     A 1 300s
        10:16:00  sweep                                        => closed A, billed 0.225, billing 202611
        2026-12-03T10:00:00  end  A  100s                      => corrected, billed 0.075, billing 202612
        10:00:00  totals     Outbound Area2 month 202611       => calls 1, call 300s, money 0.225
        10:00:00  totals     Outbound Area2 month 202612       => calls 0, call -200s, money -0.15
        """);

    [Fact]
    public void Correction_IsRatedByThePinnedList() => CallLog.Play("""
        2027-02-28T23:50:00  authorize  A  +33155550101 ask 60s
        23:52:00  sweep                                        => closed A, list 1
        2027-03-05T10:00:00  end  A  60s answered 2027-02-28T23:50:00 => corrected, list 1, billed 0.045, usage 202702, billing 202703
        """);

    [Fact]
    public void EndThatSaysWhatTheClosureSaid_ConfirmsIt() => CallLog.Play("""
        10:00:00  authorize  A  +33155550101 ask 600s reports
        10:03:00  sweep                                        => closed A
        10:04:00  end        A  0s                             => first, corrected, call 0s, flag Unanswered, billed 0
        10:04:00  entry      A                                 => corrects 202611, call 0s, billed 0
        10:05:00  end        A  0s                             => repeated, corrected, no conflict
        """);

    /// <summary>A reckoned answer gives way within its day; seconds that were booked on a day stay there.</summary>
    [Fact]
    public void ReckonedAnswer_GivesWayToTheEdges_OnTheDayOfTheClosureOnly() => CallLog.Play("""
        10:00:00  authorize  A  +33155550101 extend
        10:09:40  extend     A 1 500s                          # that would be an answer at 10:01:20
        10:21:50  sweep                                        => closed A, answered 10:01:20
        10:30:00  end        A  600s answered 10:00:05         => corrected, answered 10:00:05, call 600s
        23:55:00  authorize  B  +33155550101 extend
        2026-11-03T00:00:10  extend  B 1 300s                  # that would be an answer at 23:55:10 of the day before
        00:11:10  sweep                                        => closed B, day 2026-11-02, call 300s
        00:20:00  end        B  300s answered 2026-11-03T00:00:05 => corrected, day 2026-11-02, answered 23:55:10, flag AnswerAssumed
        00:20:01  end        B  300s answered 2026-11-03T00:00:05 => repeated, no conflict
        """);

    /// <summary>The reckoning is late by three quarters of an hour, the edge's clock by nothing.</summary>
    [Fact]
    public void ClosuresOwnLateReckoning_IsNotTheEdgesClock() => CallLog.Play("""
        23:20:00  authorize  A  +33155550101 extend
        2026-11-03T00:10:00  extend  A 1 60s                   # long on its way
        00:21:00  sweep                                        => closed A, answered 00:09:00, day 2026-11-03
        00:21:01  end        A  3600s answered 2026-11-02T23:20:10 => corrected, answered 00:09:00, flags AboveGrant+AnswerAssumed
        """);

    /// <summary>The end could not be delivered for two days: it still says when it was.</summary>
    [Fact]
    public void EndWithoutItsTime_IsOfItsFirstAttempt_HoweverLateItsRepeatComes() => CallLog.Play("""
        2026-11-30T22:00:00  authorize  A  +33155550101 ask 600s reports
        22:00:00  authorize  B  +33155550101 ask 600s
        22:03:00  sweep                                        => closed A, call 0s
        2026-12-02T10:00:00  end  A  600s attempted 2026-11-30T22:10:05 => corrected, answered 22:00:05, usage 202611, day 2026-11-30
        10:00:00  end        B  600s attempted 2026-11-30T22:10:10 => answered 22:00:10, usage 202611, no flag
        10:00:00  end        C  600s attempted 2026-11-30T22:10:10 details +33155550101 => answered 22:00:10, usage 202611
        """);

    [Fact]
    public void SeatsMinutes_AreGivenBackToTheirSeat() => CallLog.Play("""
        pbx users 2 plan TINYSEATS
        user-ids   alice bob
        10:00:00  authorize  A  +49305550101 user alice extend => seat 0, included 600s
        10:08:00  extend     A 1 480s
        10:19:00  sweep                                        => closed A, included 480s
        10:19:00  allowance  seat 0                            => seat used 480s, used 480s
        10:20:00  end        A  60s                            => corrected, included 60s
        10:20:00  allowance  seat 0                            => seat used 60s, used 60s, free 540s
        """);
}
