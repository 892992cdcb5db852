using System.Globalization;

namespace Classound.Charging.Tests.CallLogs;

/// <summary>Who brings minutes, and whose they are (R3, R4; product.md, users).</summary>
public sealed class UserTests
{
    [Fact]
    public void UsersAreTheSumOfAllLicences() => CallLog.Play("""
        pbx licences 1 2 3 4 plan POOL
        10:00:00  allowance                                        => users 10, granted 1800000s, fee 280
        10:00:00  status                                           => licences 10
        """);

    [Fact]
    public void MoreUsers_RaiseTheMonthAtOnce_FewerCountFromTheNext() => CallLog.Play("""
        pbx users 4 plan POOL
        10:00:00  allowance                                        => users 4, granted 720000s, fee 124
        10:00:00  authorize  A  +49305550101 ask 60m
        11:00:00  end        A  60m                                => included 3600s
        11:00:01  licences 6                                       => done
        11:00:01  allowance                                        => users 6, granted 1080000s, used 3600s, fee 168  # the next band
        12:00:00  licences 2                                       => done
        12:00:00  allowance                                        => users 6, granted 1080000s, used 3600s
        2026-12-01T00:00:00  allowance                             => users 2, granted 360000s, used 0s, fee 62
        """);

    [Fact]
    public void UserCountFlappedAThousandTimes_GrantsTheHighestOnceAndKeepsWhatWasUsed()
    {
        var log = CallLog.Play("""
            pbx users 4 plan POOL
            2026-11-02T10:00:00  authorize  A  +49305550101 ask 60m
            11:00:00             end        A  60m                 => included 3600s
            """);
        var highest = 4;
        for (var flap = 1; flap <= 1000; flap++)
        {
            var users = flap * 7919 % 23; // 0 to 22, in no order
            highest = Math.Max(highest, users);
            log.Append(string.Create(CultureInfo.InvariantCulture, $"""
                2026-11-03T10:00:00  licences {users}
                10:00:00             allowance                     => users {highest}, granted {highest * 180_000}s, used 3600s, held 0s, free {highest * 180_000 - 3600}s
                """));
        }
        Assert.Equal(22, highest);
        log.Append("""
            2026-11-30T10:00:00  licences 3
            2026-12-01T10:00:00  allowance                         => users 3, granted 540000s, used 0s
            10:00:00             allowance month 202611            => users 22, granted 3960000s, used 3600s
            """);
    }

    [Fact]
    public void EachUserHasOwnMinutes_NobodyElseUsesThem() => CallLog.Play("""
        pbx users 2 plan TINYSEATS
        user-ids alice bob                                         => done
        10:00:00  authorize  A  +49305550101 user alice ask 600s   => seat 0, included 600s, money 0
        10:00:00  allowance  seat 0                                => granted 1200s, own 600s, held 600s, free 0s
        10:00:00  allowance  seat 1                                => free 600s
        10:10:00  end        A  600s                               => seat 0, included 600s
        10:11:00  authorize  B  +49305550101 user alice ask 60s    => seat 0, included 0s, money 0.0225
        10:11:00  authorize  C  +49305550101 user bob ask 600s     => seat 1, included 600s, money 0
        10:12:00  end        B  60s                                => included 0s, billed 0.0225
        10:21:00  end        C  600s                               => included 600s, billed 0
        10:21:00  allowance  seat 0                                => used 1200s, seat used 600s, free 0s
        """);

    [Fact]
    public void UserWhoIsMissingOrUnknown_IsDeniedByName() => CallLog.Play("""
        pbx users 2 plan SEATS
        user-ids alice                                             => done
        10:00:00  authorize  A  +49305550101                       => denied UserMissing, because user_id
        10:00:00  authorize  A  +49305550101 user bob              => denied UserUnknown, because bob
        10:00:00  authorize  A  +49305550101 user alice            => granted 14400s
        10:00:00  authorize  B  +14805550100 from +33155550101 inbound => granted 14400s
        """);

    [Fact]
    public void Replacement_InheritsTheSeatsUsedMinutesOfTheMonth() => CallLog.Play("""
        pbx users 2 plan TINYSEATS
        user-ids alice bob
        10:00:00  authorize  A  +49305550101 user alice ask 420s
        10:07:00  end        A  420s                               => included 420s
        user-ids bob carol                                         => done
        10:08:00  authorize  B  +49305550101 user carol ask 600s   => seat 0, included 180s, money 0.1575
        10:08:00  authorize  C  +49305550101 user bob ask 600s     => seat 1, included 600s
        2026-12-01T10:00:00  authorize  D  +49305550101 user carol ask 600s => seat 0, included 600s
        """);

    /// <summary>The seat that bob left was used up; the one that alice left in November is no second set of minutes.</summary>
    [Fact]
    public void Replacement_TakesTheUsedSeatBeforeAnOlderFreeOne() => CallLog.Play("""
        pbx users 2 plan TINYSEATS
        user-ids alice bob
        10:00:00  user-ids bob                                     => done
        10:00:00  licences 1                                       => done
        2026-12-01T10:00:00  authorize  A  +49305550101 user bob ask 600s => seat 1, included 600s
        10:10:00  end        A  600s                               => included 600s
        10:10:00  user-ids carol                                   => done
        10:11:00  authorize  B  +49305550101 user carol ask 60s    => seat 1, included 0s, money 0.0225
        10:12:00  end        B  60s
        10:12:00  user-ids                                         => done
        10:12:00  user-ids dave                                    => done
        10:13:00  authorize  C  +49305550101 user dave ask 60s     => seat 1, included 0s
        """);

    [Fact]
    public void LastUserOfAShrunkenPbx_KeepsTheOwnMinutes() => CallLog.Play("""
        pbx users 2 plan TINYSEATS
        user-ids alice bob
        10:00:00  user-ids bob
        10:00:00  licences 1
        2026-12-01T10:00:00  allowance  seat 1                     => users 1, granted 600s, free 600s
        10:00:00  authorize  A  +49305550101 user bob ask 600s     => included 600s, money 0
        """);

    [Fact]
    public void UserIdsAreAtMostAsManyAsLicences() => CallLog.Play("""
        pbx users 2 plan SEATS
        user-ids alice bob carol                                   => refused MoreUsersThanLicences
        user-ids alice alice bob                                   => done
        10:00:00  licences 1                                       => refused MoreUsersThanLicences
        10:00:00  user-ids alice                                   => done
        10:00:00  licences 1                                       => done
        10:00:00  authorize  A  +49305550101 user alice            => seat 0
        """);

    [Fact]
    public void StatusCountsUsersInCalls_RingingAndActive() => CallLog.Play("""
        pbx users 3 plan SEATS
        user-ids alice bob carol
        10:00:00  authorize  A  +33155550101 user alice reports ask 60s
        10:00:00  authorize  B  +33155550101 user alice ask 60s
        10:00:00  authorize  C  +33155550101 user bob reports ask 60s
        10:00:00  status                                           => users in calls 2, ringing 2, active 1, money held 0.135
        10:00:05  start      C
        10:00:05  status                                           => users in calls 2, ringing 1, active 2
        """);
}
