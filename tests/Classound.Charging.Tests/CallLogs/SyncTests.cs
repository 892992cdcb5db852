namespace Classound.Charging.Tests.CallLogs;

/// <summary>What an edge says of its live calls after a restart.</summary>
public sealed class SyncTests
{
    [Fact]
    public void ListedCalls_HaveTheirUsageConfirmedAndTheirLeaseRenewed_AndGetNoMore() => CallLog.Play("""
        10:00:00  authorize  A  +33155550101 extend reports edge sbc1
        10:00:10  start      A                                 => granted 600s, lease 660s
        10:08:00  sync       sbc1 A 450s                       => live A, closed none
        10:08:01  sync       sbc1 A 400s                       => live A
        10:08:01  extend     A 0 0s                            => repeated, granted 600s, lease 210s
        10:11:31  sweep                                        => closed A, call 450s
        """);

    [Fact]
    public void RingingCall_RingsOn() => CallLog.Play("""
        10:00:00  authorize  A  +33155550101 reports edge sbc1 => lease 180s
        10:02:00  sync       sbc1 A 0s                         => live A
        10:04:59  sweep                                        => closed none
        10:05:00  sweep                                        => closed A
        """);

    [Fact]
    public void CallsThatAreNotListed_AreClosedOnlyWhereAsked_OfThisEdgeOnly_AndNotWhenNewerThanTheList() => CallLog.Play("""
        10:00:00  authorize  A  +33155550101 extend edge sbc1
        10:00:00  authorize  B  +33155550101 extend edge sbc1
        10:00:00  authorize  C  +33155550101 extend edge sbc2
        10:05:00  authorize  D  +33155550101 extend edge sbc1
        10:05:00  extend     B 1 290s
        10:05:01  sync       sbc1 A 300s                       => live A, closed none
        10:05:02  sync       sbc1                              => closed none
        10:05:03  sync       sbc1 A 302s close-before 10:04:58 => live A, closed B, call 290s, flag Unconfirmed
        10:05:03  status                                       => active 3
        10:05:04  sync       sbc1 close-before 10:04:58        => closed A
        10:05:05  end        B  291s                           => corrected, call 291s
        """);

    [Fact]
    public void CallTakenOverByAnotherEdge_IsNotTheFirstEdgesToLose() => CallLog.Play("""
        10:00:00  authorize  A  +33155550101 extend edge sbc1
        10:01:00  sync       sbc2 A 50s B 10s                  => live A, gone B
        10:02:00  sync       sbc1 close-before 10:01:55        => closed none
        10:02:01  sync       sbc2 close-before 10:01:56        => closed A, call 50s
        """);

    /// <summary>Its edge lists what it had before it took the call, and is not answered: the repeat must not close the call.</summary>
    [Fact]
    public void RepeatedListFromBeforeATakeOver_ClosesNothing() => CallLog.Play("""
        10:00:00  authorize  A  +33155550101 extend edge sbc1
        10:05:00  sync       sbc2 listed 10:05:00 close-before 10:04:00          => closed none
        10:05:10  sync       sbc2 listed 10:05:10 A 300s                         => live A
        10:05:20  sync       sbc2 listed 10:05:00 close-before 10:04:00          => closed none
        10:06:20  sync       sbc2 listed 10:06:20 close-before 10:05:20          => closed A, call 300s
        """);

    /// <summary>The first edge's list hung while another edge took the call over, and is no claim any more.</summary>
    [Fact]
    public void LateListOfTheFirstEdge_DoesNotTakeTheCallBack() => CallLog.Play("""
        10:00:00  authorize  A  +33155550101 extend edge sbc1
        10:05:10  sync       sbc2 listed 10:05:10 A 300s                         => live A
        10:06:00  sync       sbc1 listed 10:05:00 A 500s                         => live A, closed none
        10:08:00  sync       sbc1 listed 10:08:00 close-before 10:07:00          => closed none
        10:09:00  sync       sbc1 listed 10:08:30 A 510s                         => live A
        10:09:30  sync       sbc2 listed 10:09:30 close-before 10:08:30          => closed none
        10:09:30  sync       sbc1 listed 10:09:30 close-before 10:08:30          => closed A, call 510s
        """);
}
