namespace Classound.Charging.Tests.CallLogs;

/// <summary>Included minutes of a pool (R1-R6; product.md, allowance). The called numbers and prices stand in <see cref="SamplePrices"/>.</summary>
public sealed class AllowanceTests
{
    /// <summary>R2: 4 users have 12,000 Area 1 minutes; 200 calls of an hour use them up to the second.</summary>
    [Fact]
    public void FourUsersUseTwelveThousandMinutes_TheNextSecondIsCharged()
    {
        var log = CallLog.Play("""
            pbx users 4 plan POOL
            08:00:00  allowance                                  => granted 720000s, used 0s, held 0s, free 720000s, users 4
            """);
        for (var call = 0; call < 199; call++)
            log.Append(FormattableString.Invariant($"""
                08:00:00  authorize  H{call} +49305550101 ask 60m   => granted 3600s, included 3600s, money 0, final
                09:00:00  end        H{call} 60m                         => billed 0, included 3600s, charged 0s
                """));
        log.Append("""
            10:00:00  allowance                                    => used 716400s, free 3600s
            # The last minutes, one call that crosses the end, and the first charged one.
            10:00:00  authorize  A  +49305550101 ask 3540s         => granted 3540s, included 3540s, money 0
            10:59:00  end        A  3540s                          => billed 0, included 3540s
            11:00:00  allowance                                    => used 719940s, free 60s
            11:00:00  authorize  B  +49305550101 ask 120s          => granted 120s, included 60s, money 0.0225
            11:02:00  end        B  61s                            => billed 0.0225, rated 120s, included 60s, charged 60s
            11:02:00  allowance                                    => used 720000s, held 0s, free 0s
            11:03:00  authorize  C  +49305550101 ask 60s           => granted 60s, included 0s, money 0.0225
            11:03:01  end        C  1s                             => billed 0.0225, rated 60s, included 0s, charged 60s
            11:03:01  totals     Outbound Area1                    => calls 202, included 720000s, charged 120s, money 0.045
            """);
    }

    [Fact]
    public void LastIncludedMinuteIsWhole_OneSecondMoreIsAMinuteOfMoney() => CallLog.Play("""
        pbx users 1 plan TINY
        10:00:00  authorize  A  +49305550101 ask 540s              => granted 540s, included 540s
        10:09:00  end        A  540s                               => included 540s, billed 0
        10:10:00  authorize  B  +49305550101 ask 60s               => granted 60s, included 60s, money 0
        10:11:00  end        B  59100ms                            => call 60s, rated 60s, included 60s, billed 0
        10:11:00  allowance                                        => used 600s, held 0s, free 0s
        """);

    [Fact]
    public void SixtySecondsAndOneMillisecond_IsTwoMinutes() => CallLog.Play("""
        pbx users 1 plan TINY
        10:00:00  authorize  A  +49305550101 ask 600s              => included 600s
        10:02:00  end        A  60001ms                            => call 61s, rated 120s, included 120s, billed 0
        """);

    [Fact]
    public void AnIncrementThatDoesNotFitWhole_IsPaidWithMoney() => CallLog.Play("""
        pbx users 1 plan TINY active 2026-11-17    # 14 of 30 days: 10 x 14/30 minutes, rounded up to 5
        2026-11-17T10:00:00  allowance                             => granted 300s, fee 14.466666667
        10:00:00  authorize  A  +49305550101 ask 301s              => granted 301s, included 300s, money 0.0225
        10:05:01  end        A  301s                               => billed 0.0225, rated 360s, included 300s, charged 60s
        """);

    /// <summary>A holds all ten minutes, so B is granted as money, and settles so although A used little and still talks.</summary>
    [Fact]
    public void MinutesThatAnotherCallHolds_AreNotUsedByASettlement() => CallLog.Play("""
        pbx users 1 plan TINY
        10:00:00  authorize  A  +49305550101 ask 480s              => included 480s, money 0
        10:00:00  authorize  B  +49305550101 ask 300s              => included 120s, money 0.0675
        10:00:00  allowance                                        => used 0s, held 600s, free 0s
        10:05:00  end        B  300s                               => included 120s, charged 180s, billed 0.0675
        10:05:00  allowance                                        => used 120s, held 480s, free 0s
        10:08:00  end        A  480s                               => included 480s, billed 0
        10:08:00  allowance                                        => used 600s, held 0s, free 0s
        """);

    [Fact]
    public void SecondsGrantedAsMoney_BecomeMinutesWhenTheHoldIsGoneAtSettlement() => CallLog.Play("""
        pbx users 1 plan TINY
        10:00:00  authorize  A  +49305550101 ask 480s              => included 480s, money 0
        10:00:00  authorize  B  +49305550101 ask 300s              => included 120s, money 0.0675
        10:01:00  end        A  60s                                => included 60s
        10:01:00  allowance                                        => used 60s, held 120s, free 420s
        10:05:00  end        B  300s                               => included 300s, billed 0
        """);

    [Fact]
    public void MinutesGranted_StayMinutesAlthoughTheAllowanceRanOutMeanwhile() => CallLog.Play("""
        pbx users 1 plan TINY
        10:00:00  authorize  A  +49305550101 ask 300s              => included 300s, money 0
        10:00:00  authorize  B  +49305550101 ask 300s              => included 300s, money 0
        10:05:00  end        B  900s                               => included 300s, charged 600s, flag AboveGrant, billed 0.225
        10:05:00  end        A  300s                               => included 300s, charged 0s, billed 0
        """);

    /// <summary>A start says when the call was answered, and is no reason to hold more or less than was granted.</summary>
    [Fact]
    public void AnswerWithinTheMonth_LeavesTheHoldAsGranted() => CallLog.Play("""
        pbx users 1 plan TINY
        10:00:00  authorize  A  +49305550101 ask 600s reports      => included 600s, money 0
        10:00:00  authorize  B  +49305550101 ask 300s reports      => included 0s, money 0.1125
        10:00:01  end        A  0s                                 => billed 0, flag Unanswered
        10:00:02  start      B                                     => included 0s, money 0.1125
        10:00:02  allowance                                        => held 0s, free 600s
        """);

    [Theory]
    [InlineData("+33155550101", "Area2", "0.0458")] // 61 s at 0.045 a minute = 0.04575
    [InlineData("+442055550101", "Area3", "0.0915")]
    [InlineData("+551155550101", "Area4", "0.183")]
    [InlineData("+23415555010", "Area5", "0.366")]
    [InlineData("+8816555501", "Area6", "1.22")]
    public void AreasTwoToSix_AreChargedByTheSecondFromTheFirst(string called, string area, string billed) => CallLog.Play($"""
        pbx users 4 plan POOL
        10:00:00  authorize  A  {called} ask 600s                  => {area}, included 0s, granted 600s
        10:01:01  end        A  60001ms                            => call 61s, rated 61s, included 0s, charged 61s, billed {billed}
        10:01:01  allowance                                        => used 0s, held 0s, free 720000s
        10:02:00  authorize  B  {called} ask 600s                  => included 0s
        10:02:01  end        B  1s                                 => rated 1s, charged 1s
        """);

    [Fact]
    public void APrefixesOwnTariffInAreaOne_DrawsOnTheAllowanceInTicksOfTheAreaRow() => CallLog.Play("""
        pbx users 1 plan TINY
        10:00:00  authorize  A  +491635550101 ask 540s             => prefix 4916, included 540s, money 0
        10:09:00  end        A  531s                               => rated 540s, included 540s, billed 0
        # One minute is left: money starts at 60 s with the connect fee, in the later step's increments of 6 s.
        10:10:00  authorize  B  +491635550101 ask 70s              => included 60s, money 0.074
        10:11:10  end        B  70s                                => rated 72s, included 60s, charged 12s, billed 0.074
        # Nothing is left: 30 s whole, then by 6 s.
        10:12:00  authorize  C  +491635550101 ask 70s              => included 0s, money 0.194
        10:13:10  end        C  31s                                => rated 36s, included 0s, billed 0.122
        """);

    [Fact]
    public void UnansweredCall_CostsNothingAndFreesItsHold() => CallLog.Play("""
        pbx users 1 plan TINY
        10:00:00  authorize  A  +49305550101                       => included 600s, money 5.175
        10:00:20  end        A  0s cause 17                        => billed 0, call 0s, rated 0s, flag Unanswered, cause 17
        10:00:20  allowance                                        => used 0s, held 0s, free 600s
        10:00:20  spend                                            => settled 0, held 0
        10:00:20  totals     Outbound Area1                        => calls 1, call 0s, money 0
        """);

    [Fact]
    public void InboundAndInternalCalls_AreFreeAndCounted() => CallLog.Play("""
        pbx users 1 plan TINY
        10:00:00  authorize  A  +14805550100 from anonymous inbound => granted 14400s, included 0s, money 0
        10:00:00  authorize  B  911 from 101 internal               => granted 14400s, included 0s, money 0
        10:10:00  end        A  600s                                => billed 0, call 600s, rated 0s
        10:10:00  end        B  600s                                => billed 0, call 600s, rated 0s
        10:10:00  totals     Inbound None                           => calls 1, call 600s, money 0
        10:10:00  totals     Outbound None                          => calls 1, call 600s, money 0
        10:10:00  allowance                                         => used 0s, free 600s
        """);
}
