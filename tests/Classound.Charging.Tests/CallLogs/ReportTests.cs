namespace Classound.Charging.Tests.CallLogs;

/// <summary>Reports on a call: answered, extended, ended - repeated, late, out of order (product.md, identity, clocks, ends).</summary>
public sealed class ReportTests
{
    [Fact]
    public void RepeatOfARunningCall_ReturnsTheGrantAsItStands() => CallLog.Play("""
        pbx
        10:00:00  authorize  A  +33155550101 extend                => granted 600s, first
        10:00:01  authorize  A  +33155550101 extend                => granted 600s, repeated
        10:09:00  extend     A  1  540s                            => granted 1140s
        10:09:01  authorize  A  +33155550101 extend                => granted 1140s, repeated
        """);

    [Theory]
    [InlineData("+33155550102", "called")]
    [InlineData("+33155550101 from +14805550111", "caller")]
    [InlineData("+33155550101 user bob", "user_id")]
    [InlineData("+33155550101 internal", "internal")]
    [InlineData("+33155550101 inbound", "direction")]
    public void OtherContentUnderARunningId_IsRefusedNamingTheField(string changed, string field) => CallLog.Play($"""
        pbx
        10:00:00  authorize  A  +33155550101                       => granted 14400s
        10:00:01  authorize  A  {changed}                          => denied CallIdReused, because {field}
        """);

    [Fact]
    public void DeniedId_IsDecidedAfresh() => CallLog.Play("""
        pbx limits bar-country FR
        10:00:00  authorize  A  +33155550101                       => denied DestinationBarred
        10:00:01  limits     bar-country GB
        10:00:02  authorize  A  +33155550101                       => granted 14400s, first
        """);

    [Fact]
    public void RepeatOfASettledCall_ReturnsItsSettlement() => CallLog.Play("""
        pbx
        10:00:00  authorize  A  +33155550101
        10:01:00  end        A  60s                                => billed 0.045, first
        10:01:01  authorize  A  +33155550101                       => billed 0.045, repeated
        10:01:02  start      A                                     => billed 0.045, repeated
        10:01:03  extend     A  1  30s                             => billed 0.045, repeated
        10:01:04  end        A  60s                                => billed 0.045, repeated, no conflict
        10:01:05  totals     Outbound Area2                        => calls 1, money 0.045
        """);

    [Fact]
    public void AttemptedMoreThanThirtyFiveDaysAgo_IsTooOld() => CallLog.Play("""
        pbx
        2026-11-02T10:00:00  authorize  A  +33155550101 attempted 2026-09-28T09:59:59 => denied TooOld, because attempt_time
        10:00:00             authorize  A  +33155550101 attempted 2026-09-28T10:00:00 => granted 14400s
        10:00:00             authorize  A  +33155550101 attempted 2026-09-01T00:00:00 => repeated
        """);

    [Fact]
    public void Leases_FollowRingingAnswerAndExtension() => CallLog.Play("""
        pbx
        10:00:00  authorize  A  +33155550101 extend reports        => lease 180s
        10:00:00  authorize  B  +33155550101 extend                => lease 660s
        10:01:00  start      A                                     => lease 660s, answered 10:01:00
        10:10:00  extend     A  1  540s                            => granted 1140s, lease 660s
        10:10:00  extend     B  1  600s                            => granted 1200s, lease 660s
        10:10:30  start      A  answered 10:00:30                  => repeated, answered 10:01:00, lease 630s
        """);

    [Fact]
    public void Extensions_AreCumulativeAndTakeTheHighestReport() => CallLog.Play("""
        pbx
        10:00:00  authorize  A  +33155550101 extend                => granted 600s, slice
        10:08:00  extend     A  1  480s                            => granted 1080s, first, slice, money 0.81
        10:08:01  extend     A  1  500s                            => granted 1080s, repeated
        10:09:00  extend     A  3  540s ask 900s                   => granted 1440s, first
        10:09:01  extend     A  2  541s ask 3600s                  => granted 1440s, repeated   # a late copy
        10:10:00  extend     A  4  400s                            => granted 1440s, first, lease 960s   # went backwards: 540 s stand
        10:30:00  extend     A  5  1441s                           => granted 2041s, flag AboveGrant
        10:30:01  extend     A  6  13900s                          => granted 14400s, final
        10:30:02  extend     A  7  14300s                          => granted 14400s, final
        14:00:00  end        A  14400s                             => billed 10.8, flag AboveGrant
        """);

    [Fact]
    public void LastGrant_StaysTheLastWhenLessIsAskedFor() => CallLog.Play("""
        pbx plan NONE limits day-cap 0.6
        10:00:00  authorize  A  +442055550101 extend               => granted 400s, final
        10:01:00  extend     A  1  60s ask 120s                    => granted 400s, final
        """);

    [Fact]
    public void ExtensionOfACallNobodyKnows_IsDenied() => CallLog.Play("""
        pbx
        10:00:00  extend     A  1  60s                             => denied UnknownCall
        10:00:00  start      A                                     => denied UnknownCall
        10:00:00  end        A  60s                                => denied UnknownCall, because call_id
        """);

    [Fact]
    public void EndBeforeStart_SettlesAndTheLateStartChangesNothing() => CallLog.Play("""
        pbx
        10:00:00  authorize  A  +33155550101 reports
        10:02:00  end        A  60s answered 10:00:30              => answered 10:00:30, billed 0.045
        10:02:01  start      A  answered 10:00:30                  => billed 0.045, repeated
        """);

    [Fact]
    public void EndWithoutAnswerTime_IsPlacedByItsDuration() => CallLog.Play("""
        pbx
        10:00:00  authorize  A  +33155550101
        10:05:00  end        A  60s                                => answered 10:04:00
        10:06:00  authorize  B  +33155550101
        10:09:00  end        B  60s ended 10:08:30                 => answered 10:07:30
        10:10:00  authorize  C  +33155550101
        10:10:30  end        C  60s                                => answered 10:10:00, flag ClockSkew   # never before it was allowed; it cannot have lasted so long
        """);

    [Fact]
    public void SecondEnd_IsARepeatOrAConflictAndMovesNothing() => CallLog.Play("""
        pbx
        10:00:00  authorize  A  +33155550101 reports
        10:00:03  start      A  answered 10:00:02.500
        10:01:02  end        A  60s answered 10:00:02 cause 16     => answered 10:00:02, billed 0.045, no flag
        10:01:03  end        A  60s answered 10:00:02 cause 16     => billed 0.045, repeated, no conflict
        10:01:04  end        A  90s answered 10:00:02 cause 16     => billed 0.045, repeated, conflict
        10:01:05  end        A  60s answered 10:00:30 cause 16     => billed 0.045, repeated, conflict
        10:01:06  end        A  60s answered 10:00:02 cause 31     => billed 0.045, repeated, conflict
        10:01:07  end        A  60s cause 16                       => billed 0.045, repeated, no conflict
        10:01:08  totals     Outbound Area2                        => calls 1, call 60s, money 0.045
        """);

    [Fact]
    public void AnswerOutOfBounds_IsClampedAndFlagged() => CallLog.Play("""
        pbx
        10:00:10  authorize  A  +33155550101 reports
        10:00:20  start      A  answered 10:00:04                  => answered 10:00:05, flag ClockSkew, warns ClockSkew
        10:00:30  authorize  B  +33155550101 reports
        10:00:40  start      B  answered 10:00:46                  => answered 10:00:45, flag ClockSkew
        10:00:50  authorize  C  +33155550101 reports
        10:01:00  start      C  answered 10:01:05                  => answered 10:01:05, no flag
        10:02:00  end        C  60s                                => no flag
        10:02:00  authorize  D  +33155550101
        10:03:00  end        D  60s answered 2025-01-01T00:00:00   => answered 10:01:55, flag ClockSkew, usage 202611
        10:03:00  end        D  60s answered 2025-01-01T00:00:00   => repeated, no conflict
        """);

    [Fact]
    public void StartAndEndThatPlaceTheAnswerApart_AreFlaggedAndTheStartCounts() => CallLog.Play("""
        pbx
        10:00:00  authorize  A  +33155550101 reports
        10:00:05  start      A                                     => no flag
        10:01:30  end        A  60s answered 10:00:30              => answered 10:00:05, flag ClockSkew
        10:01:31  end        A  60s answered 10:00:30              => repeated, no conflict
        """);

    [Fact]
    public void ClockOfTheSiloThatSteppedBack_IsHeldAtTheLastStoredTime() => CallLog.Play("""
        pbx
        10:00:30  authorize  A  +33155550101 reports ask 60s
        10:00:00  authorize  B  +33155550101 reports ask 60s
        10:00:00  start      B  answered 10:00:20                  => answered 10:00:25, flag ClockSkew   # authorised at 10:00:30
        """);

    [Fact]
    public void AnsweredCallOfNoLength_IsNotUnanswered() => CallLog.Play("""
        pbx
        10:00:00  authorize  A  +33155550101 reports
        10:00:05  start      A
        10:00:05  end        A  0s cause 16                        => call 0s, billed 0, no flag
        10:00:06  authorize  B  +33155550101 reports
        10:00:30  end        B  0s cause 19                        => call 0s, billed 0, flag Unanswered, cause 19
        """);

    [Fact]
    public void UseAboveTheGrantOrAfterExpiry_IsBilledAndFlagged() => CallLog.Play("""
        pbx
        10:00:00  authorize  A  +33155550101 ask 60s               => granted 60s, lease 120s
        10:10:00  end        A  600s                               => billed 0.45, flag AboveGrant, flag AfterExpiry
        10:11:00  authorize  B  +33155550101 ask 60s
        10:13:00  end        B  60s                                => billed 0.045, no flag
        10:14:00  authorize  C  +33155550101 ask 60s
        10:20:00  end        C  60s ended 10:15:00                 => billed 0.045, no flag   # reported late, used in time
        """);

    [Fact]
    public void CallNeverAuthorised_IsRatedFromItsDetailsAndFlagged() => CallLog.Play("""
        pbx
        10:05:00  end        A  60s answered 10:01:00 details +33155550101 => billed 0.045, flag Unauthorised, answered 10:01:00, list 1
        10:05:00  end        A  60s answered 10:01:00 details +33155550101 => billed 0.045, repeated, no conflict
        10:05:00  end        B  60s details +49305550101           => included 60s, billed 0, flag Unauthorised
        10:05:00  end        C  60s details +352155550101          => denied NoPrice
        10:05:00  end        D  60s details 0033155550101          => denied CalledNotE164
        10:05:00  end        E  60s details +33155550101 from +14805550199 => billed 0.045, flag Unauthorised
        10:05:00  end        F  60s details 102 from 101 internal  => billed 0, flag Unauthorised
        10:05:00  suspend
        10:05:00  end        G  60s details +33155550101           => billed 0.045
        """);

    [Theory]
    [InlineData("2027-11-02T10:00:00", "10:05:05")]
    [InlineData("1970-01-01T00:00:00", "10:04:55")]
    public void ClockOfAnUnauthorisedEndThatIsYearsOff_OpensNoOtherMonth(string answered, string kept) => CallLog.Play($"""
        pbx
        2026-11-02T10:05:00  end  A  60s answered {answered} details +33155550101 => answered {kept}, flag ClockSkew, flag Unauthorised
        10:05:00  allowance  month 202711                          => not opened
        10:05:00  allowance  month 197001                          => not opened
        """);

    [Fact]
    public void EndThatCannotBeRated_LeavesTheCallAsItWas()
    {
        var log = CallLog.Play("""
            pbx
            10:00:00  authorize  A  +33155550101 ask 60s           => money 0.045
            """);
        Assert.Throws<OverflowException>(() => log.Append("10:01:00  end  A  9000000000000s"));
        log.Append("10:01:00  status                               => active 1, money held 0.045");
    }

    [Fact]
    public void RatedByTheListOfItsAuthorisation_WhateverIsInForceAtItsEnd() => CallLog.Play("""
        pbx
        2027-02-28T23:59:00  authorize  A  +33155550101 ask 600s   => list 1, money 0.45
        2027-03-01T00:00:00  authorize  B  +33155550101 ask 600s   => list 2, money 0.6
        00:01:00  end        A  60s answered 2027-03-01T00:00:00   => list 1, billed 0.045, usage 202703
        00:01:00  end        B  60s                                => list 2, billed 0.06
        """);
}
