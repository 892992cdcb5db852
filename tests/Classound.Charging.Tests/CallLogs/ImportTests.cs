namespace Classound.Charging.Tests.CallLogs;

/// <summary>Replaying old CDRs: list, plan and month follow the time the call had; leases and attempts do not apply.</summary>
public sealed class ImportTests
{
    [Fact]
    public void Import_FollowsItsOwnTime() => CallLog.Play("""
        pbx users 4 plan POOL active 2025-01-01
        2026-11-02T10:00:00  authorize  A  +49305550101 ask 60s occurred 2025-03-05T12:00:00 => month 202503, day 2025-03-05, flag Imported
        10:00:00  allowance  month 202503                          => plan 2020-01-01, granted 240000s, held 60s
        10:00:00  end        A  60s                                => answered 12:00:00, usage 202503, billing 202503, day 2025-03-05, flag Imported, included 60s
        10:00:00  authorize  B  +33155550101 ask 60s occurred 2027-05-01T00:00:00 => list 2
        """);

    [Fact]
    public void ImportedEnd_CountsFromItsOwnTimes() => CallLog.Play("""
        pbx active 2025-01-01
        10:00:00  authorize  A  +33155550101 ask 60s occurred 2025-03-31T23:59:00
        10:00:00  end        A  60s answered 2025-04-01T00:00:03   => usage 202504, answered 00:00:03
        10:00:00  authorize  B  +33155550101 ask 600s occurred 2025-03-31T23:50:00
        10:00:00  end        B  540s ended 2025-04-01T00:01:00     => usage 202503, answered 23:52:00
        10:00:00  authorize  C  +33155550101 ask 60s occurred 2025-03-31T23:50:00
        10:00:00  end        C  0s                                 => usage 202503, answered 23:50:00, flag Unanswered
        """);

    [Fact]
    public void Import_IntoAClosedMonth_IsBilledInTheOpenOne() => CallLog.Play("""
        pbx active 2025-01-01
        2026-11-02T10:00:00  allowance                             => users 4
        10:00:00  authorize  A  +33155550101 ask 60s occurred 2026-03-05T12:00:00
        10:00:00  end        A  60s                                => usage 202603, billing 202611
        """);

    [Fact]
    public void Import_CountsNoAttempts_AndExpiresNever() => CallLog.Play("""
        pbx limits attempts 1
        10:00:00  authorize  A  +33155550101 ask 60s occurred 2026-03-05T12:00:00 => granted 60s
        10:00:00  authorize  B  +33155550101 ask 60s occurred 2026-03-05T12:00:00 => granted 60s
        10:00:00  authorize  C  +33155550101 ask 60s                              => granted 60s
        10:00:00  authorize  D  +33155550101 ask 60s                              => denied TooManyAttempts
        10:00:00  authorize  E  +33155550101 ask 60s occurred 2026-03-05T12:00:00 => granted 60s
        11:00:00  end        A  60s                                               => flag Imported, billed 0.045
        """);

    [Fact]
    public void Import_BeforeTheActivation_IsDenied() => CallLog.Play("""
        pbx active 2026-02-01
        10:00:00  authorize  A  +33155550101 occurred 2026-01-31T23:59:59  => denied PbxNotActive
        10:00:00  authorize  A  +33155550101 occurred 2026-02-01T00:00:00  => granted 14400s
        """);

    [Fact]
    public void ImportedUnauthorisedEnd_FollowsItsOwnTime() => CallLog.Play("""
        pbx active 2025-01-01
        10:00:00  end        A  60s details +33155550101 occurred 2025-03-05T12:00:00 => usage 202503, flag Imported, flag Unauthorised, answered 12:00:00
        """);
}
