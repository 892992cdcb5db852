namespace Classound.Charging.Tests.CallLogs;

/// <summary>Calls whose end is never reported: closed at the end of their lease with the last confirmed usage (product.md, ends).</summary>
public sealed class ClosureTests
{
    [Fact]
    public void UnansweredCall_IsClosedAfter180Seconds_With0() => CallLog.Play("""
        10:00:00  authorize  A  +33155550101 ask 600s reports  => lease 180s, money 0.45
        10:02:59  sweep                                        => closed none
        10:03:00  sweep                                        => closed A, call 0s, billed 0, flag Unconfirmed, flag Unanswered, flag AnswerAssumed, usage 202611
        10:03:00  spend                                        => held 0, settled 0
        10:03:00  totals     Outbound Area2                    => calls 1, call 0s, money 0
        10:03:15  sweep                                        => closed none
        """);

    [Fact]
    public void AnsweredCall_IsClosed60SecondsAfterItsGrant_With0WhileNothingWasConfirmed() => CallLog.Play("""
        10:00:00  authorize  A  +33155550101 ask 600s reports
        10:00:10  start      A                                 => lease 660s
        10:11:09  sweep                                        => closed none
        10:11:10  sweep                                        => closed A, call 0s, billed 0, answered 10:00:10, flag Unconfirmed
        """);

    [Fact]
    public void ConfirmedUsage_IsBilledAtTheClosure() => CallLog.Play("""
        10:00:00  authorize  A  +33155550101 extend reports
        10:00:10  start      A
        10:09:40  extend     A 1 570s                          => granted 1170s, lease 660s
        10:20:39  sweep                                        => closed none
        10:20:40  sweep                                        => closed A, call 570s, billed 0.4275, answered 10:00:10, flag Unconfirmed
        10:20:40  spend                                        => held 0, settled 0.4275
        """);

    /// <summary>570 s were used when the report of 10:09:40 came, so the call was answered at 10:00:10.</summary>
    [Fact]
    public void EdgeThatDoesNotReportAnswers_HasItReckonedFromTheLastReport() => CallLog.Play("""
        10:00:00  authorize  A  +33155550101 extend
        10:09:40  extend     A 1 570s
        10:20:40  sweep                                        => closed A, call 570s, answered 10:00:10, flag AnswerAssumed
        11:00:00  authorize  B  +33155550101 extend
        11:05:00  extend     B 1 400s                          # longer than it can have been: never before it was authorised
        11:16:00  sweep                                        => closed B, call 400s, answered 11:00:00
        """);

    /// <summary>Used 600 s by 00:05:00: answered in November, whatever comes late, again or from an edge that has forgotten.</summary>
    [Fact]
    public void ReckonedAnswer_IsNotMovedIntoTheNextMonth_ByReportsThatAreStale() => CallLog.Play("""
        2026-11-30T23:54:50  authorize  A  +33155550101 extend edge sbc1
        2026-12-01T00:05:00  extend  A 1 600s                  => granted 1200s, lease 660s
        00:12:00  sync       sbc1 A 0s                         => live A
        00:20:00  sync       sbc2 A 500s                       => live A
        00:30:00  extend     A 2 600s                          => lease 660s
        00:40:59  sweep                                        => closed none
        00:41:00  sweep                                        => closed A, call 600s, answered 23:55:00, usage 202611, day 2026-11-30
        00:42:00  end        A  1800s answered 2026-11-30T23:55:01 => corrected, answered 23:55:01, usage 202611
        """);

    /// <summary>The first report was long on its way; the second, which came at once, says when the answer was.</summary>
    [Fact]
    public void ReckonedAnswer_IsTheEarliestThatAReportSays_AndNotBeforeTheAuthorisation() => CallLog.Play("""
        2026-11-30T23:50:00  authorize  A  +33155550101 extend
        2026-12-01T00:05:00  extend  A 1 120s                  # that would be an answer at 00:03:00
        00:09:00  extend     A 2 900s                          # and that at 23:54:00
        00:14:00  extend     A 3 1000s                         # and that at 23:57:20
        00:40:00  sweep                                        => closed A, call 1000s, answered 23:54:00, usage 202611
        00:50:00  authorize  B  +33155550101 extend
        00:51:00  extend     B 1 100s
        01:52:00  extend     B 2 60s
        03:00:00  sweep                                        => closed B, call 100s, answered 00:50:00
        """);

    [Fact]
    public void Extension_KeepsTheCall_WhateverTheSweepsListSaid() => CallLog.Play("""
        10:00:00  authorize  A  +33155550101 extend            => lease 660s
        10:10:59  extend     A 1 590s                          => granted 1190s, lease 660s
        10:11:00  sweep                                        => closed none
        """);

    [Fact]
    public void Closure_FreesTheMinutesThatTheCallHeld() => CallLog.Play("""
        pbx users 1 plan TINY
        10:00:00  authorize  A  +49305550101 ask 600s          => included 600s
        10:00:01  authorize  B  +33155550101 ask 60s
        10:11:00  sweep                                        => closed A, closed B
        10:11:00  allowance                                    => used 0s, held 0s, free 600s
        """);

    [Fact]
    public void ReportsOnAClosedCall_GetItsSettlementAndOpenNothing() => CallLog.Play("""
        10:00:00  authorize  A  +33155550101 ask 60s reports
        10:03:00  sweep                                        => closed A
        10:03:01  authorize  A  +33155550101 ask 60s reports   => repeated, call 0s, flag Unconfirmed
        10:03:02  start      A                                 => repeated, call 0s, flag Unconfirmed
        10:03:03  extend     A 1 30s                           => repeated, call 0s, flag Unconfirmed
        10:03:04  status                                       => active 0, ringing 0
        """);

    [Fact]
    public void EndAfterExpiry_BeforeTheSweep_IsFlagged_AndStartAndExtendAfterItChangeNothing() => CallLog.Play("""
        10:00:00  authorize  A  +33155550101 ask 60s extend    => lease 120s
        10:02:05  end        A  125s                           => first, call 125s, flag AfterExpiry, flag AboveGrant, billed 0.0938
        10:02:06  start      A                                 => repeated, call 125s
        10:02:07  extend     A 7 130s                          => repeated, call 125s
        10:02:08  sweep                                        => closed none
        10:05:00  end        B  10s details +33155550101       # its end overtook everything
        10:05:01  start      B                                 => repeated, call 10s
        10:05:02  authorize  B  +33155550101                   => repeated, call 10s
        """);

    [Fact]
    public void Import_HasNoLease() => CallLog.Play("""
        10:00:00  authorize  A  +33155550101 occurred 2026-11-01T10:00:00
        2026-12-01T10:00:00  sweep                             => closed none
        """);
}
