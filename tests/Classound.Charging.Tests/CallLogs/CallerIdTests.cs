namespace Classound.Charging.Tests.CallLogs;

/// <summary>Whose number a call shows (R8-R10).</summary>
public sealed class CallerIdTests
{
    [Fact]
    public void OwnedForeignAndHiddenCallerIds() => CallLog.Play("""
        pbx
        10:00:00  authorize  A  +33155550101                       => granted 14400s, shown
        10:00:00  authorize  B  +33155550101 from +14805550199     => denied CallerIdNotOwned, because caller
        10:00:00  authorize  C  +33155550101 hide                  => granted 14400s, withheld
        10:00:00  authorize  D  +33155550101 from +14805550199 hide => denied CallerIdNotOwned
        10:01:00  end        C  60s                                => withheld
        """);

    [Fact]
    public void ExternalNumber_OwnsNothingBeforeItIsVerified() => CallLog.Play("""
        pbx
        10:00:00  did        +4930123456 External                  => done
        10:00:00  authorize  A  +33155550101 from +4930123456      => denied CallerIdNotVerified, because caller
        10:00:00  authorize  B  +4930123456 from +33155550101 inbound => denied CalledDidNotOwned, because called
        10:00:00  verify     +4930123456                           => done
        10:00:00  authorize  A  +33155550101 from +4930123456      => granted 14400s
        10:00:00  authorize  B  +4930123456 from +33155550101 inbound => granted 14400s
        10:00:00  did        +4930123456 Ported                    => refused DidExists
        10:00:00  did        +4930123456 External                  => done
        """);

    [Fact]
    public void PortedNumber_IsOwnedAtOnce_AndARemovedOneNoMore() => CallLog.Play("""
        pbx
        10:00:00  did        +4930123456 Ported                    => done
        10:00:00  verify     +4930123456                           => refused DidNotExternal
        10:00:00  verify     +4930123457                           => refused DidUnknown
        10:00:00  authorize  A  +33155550101 from +4930123456 extend
        10:00:00  remove     +4930123456                           => done
        10:00:00  authorize  B  +33155550101 from +4930123456      => denied CallerIdNotOwned
        10:09:00  extend     A  1  540s                            => granted 1140s   # running calls keep theirs
        """);

    [Theory]
    [InlineData("+33155550101", "4805550100", "CallerNotE164")]
    [InlineData("0033155550101", "+14805550100", "CalledNotE164")]
    [InlineData("112", "+14805550100", "CalledNotE164")]
    [InlineData("0033155550101", "anonymous", "CallerNotE164")]
    public void NumberThatIsNotE164_IsDeniedAndNeverRepaired(string called, string caller, string reason) => CallLog.Play($"""
        pbx
        10:00:00  authorize  A  {called} from {caller}             => denied {reason}
        """);

    [Fact]
    public void InternalCallToWhatLooksLikeAnEmergencyNumber_IsAnOrdinaryFreeCall() => CallLog.Play("""
        pbx
        10:00:00  authorize  A  112 from 101 internal              => granted 14400s, money 0
        10:01:00  end        A  60s                                => billed 0, None
        """);

    [Fact]
    public void CallWithoutG711_IsGrantedWithAWarning() => CallLog.Play("""
        pbx
        10:00:00  authorize  A  +33155550101 no-g711               => granted 14400s, warns NoG711
        10:00:00  authorize  B  +14805550100 from +33155550101 inbound no-g711 => warns NoG711
        """);
}
