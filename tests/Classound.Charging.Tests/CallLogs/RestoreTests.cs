using Classound.Charging.Allowances;
using Classound.Charging.Rating;
using Classound.Charging.Tests.Simulation;

namespace Classound.Charging.Tests.CallLogs;

/// <summary>Months that have left the live ledger, and what comes back from the store.</summary>
public sealed class RestoreTests
{
    [Fact]
    public void OldMonths_AreArchivedInOrder_AndOneThatACallHoldsWithAllAfterIt()
    {
        var log = CallLog.Play("""
            pbx active 2026-05-01 plan TINY
            2026-05-02T10:00:00  allowance
            2026-06-02T10:00:00  authorize  A  +49305550101 ask 60s
            2026-07-02T10:00:00  allowance
            2026-11-02T10:00:00  allowance
            """);
        Assert.Equal(202605, log.Session.Pbx.ArchivedThrough);
        log.Append("2026-11-02T10:01:00  end  A  60s answered 2026-06-02T10:00:00");
        Assert.Equal(202605, log.Session.Pbx.ArchivedThrough);
        log.Append("2026-12-01T10:00:00  allowance");
        Assert.Equal(202609, log.Session.Pbx.ArchivedThrough);
        Assert.Equal([202605, 202606, 202607, 202608, 202609], log.Session.Pbx.TakeChanges().Archived.Order());
        log.Append("2027-01-01T10:00:00  allowance");
        Assert.Equal([202610], log.Session.Pbx.TakeChanges().Archived);
    }

    [Fact]
    public void MonthThatIsArchived_IsNotInventedAnew()
    {
        var log = CallLog.Play("""
            pbx active 2026-05-01 plan TINY
            2026-05-02T10:00:00  allowance
            2026-11-02T10:00:00  allowance
            """);
        var restored = StoredCopy.Of(log.Session.Pbx);
        Assert.True(restored.NeedsArchived(202605));
        Assert.False(restored.NeedsArchived(202609));
        Assert.Throws<InvalidOperationException>(() => restored.Open(202605, SamplePrices.Catalogue));
    }

    /// <summary>A replay dies between the authorisation and the end of an old call: the PBX must come back and settle it.</summary>
    [Fact]
    public void ImportThatHoldsAnArchivedMonth_ComesBackAndHoldsWhenTheMonthDoes()
    {
        var log = CallLog.Play("""
            pbx users 1 active 2026-05-01 plan TINY
            2026-05-02T10:00:00  allowance
            2026-11-02T10:00:00  allowance
            10:00:00  authorize  A  +49305550101 ask 540s extend occurred 2026-05-03T10:00:00 => month 202605, included 540s
            10:00:00  authorize  B  +49305550101 ask 1200s extend occurred 2026-05-03T10:00:00 => granted 600s, included 60s
            """);
        log.Session.Pbx = StoredCopy.Of(log.Session.Pbx);
        Assert.Equal([202605], log.Session.Pbx.ArchivedMonthsHeld());
        Assert.Throws<InvalidOperationException>(() => log.Session.Pbx.Extend("B", 1, 600, 120, new DateTimeOffset(2026, 11, 2, 10, 0, 0, TimeSpan.Zero)));
        log.Session.Pbx.RestoreArchived(Month(202605));
        Assert.Empty(log.Session.Pbx.ArchivedMonthsHeld());
        log.Append("""
            10:00:00  allowance  month 202605                      => held 600s, free 0s
            10:00:00  end        A  540s                           => usage 202605, billing 202611, included 540s
            10:00:00  allowance  month 202605                      => used 540s, held 60s, free 0s
            """);
    }

    [Fact]
    public void ImportEndedBeforeItsMonthIsBack_TakesNothingOutOfIt()
    {
        var log = CallLog.Play("""
            pbx users 1 active 2026-05-01 plan TINY
            2026-05-02T10:00:00  allowance
            2026-11-02T10:00:00  allowance
            10:00:00  authorize  A  +49305550101 ask 60s occurred 2026-05-31T23:59:59 => month 202605
            """);
        log.Session.Pbx = StoredCopy.Of(log.Session.Pbx);
        log.Session.Pbx.RestoreArchived(Month(202606));
        log.Append("10:00:00  end  A  60s answered 2026-06-01T00:00:01   => usage 202606, included 60s");
        log.Session.Pbx.RestoreArchived(Month(202605));
        log.Append("10:00:00  allowance  month 202605                    => held 0s, free 600s");
    }

    private static MonthLedger Month(int month) =>
        new(month, users: 1, LocalCalendar.DaysIn(month), SamplePrices.Catalogue.PlanInForce("TINY", LocalCalendar.FirstDay(month)), 0, Amount.Zero);
}
