using System.Globalization;

namespace Classound.Charging.Tests.Design;

/// <summary>
/// Enums of the core are stored as numbers and sent over the wire. A value that changes its number, or one that is new,
/// must be seen here: old ledgers say the old number.
/// </summary>
public sealed class StoredValuesTests
{
    private const string Golden = """
        AllowanceSharing: Pooled=1 PerUser=2
        AuthorizeOutcome: Granted=1 Denied=2 Repeated=3
        CallArea: None=0 Area1=1 Area2=2 Area3=3 Area4=4 Area5=5 Area6=6
        CallDirection: Outbound=1 Inbound=2
        CallFlags: None=0 ClockSkew=1 Unauthorised=2 AboveGrant=4 AfterExpiry=8 Imported=16 Unanswered=32 Unconfirmed=64 AnswerAssumed=128
        DenialReason: None=0 CallIdReused=1 TooOld=2 PbxUnknown=3 PbxSuspended=4 PbxNotActive=5 PbxWithoutPlan=6 TooManyAttempts=7 CallerNotE164=8 CalledNotE164=9 UserMissing=10 UserUnknown=11 CallerIdNotOwned=12 CallerIdNotVerified=13 CalledDidNotOwned=14 DestinationBarred=15 NoPrice=16 PriceTooHigh=17 TooManyCalls=18 DayCapReached=19 MonthCapReached=20 UnknownCall=21
        DidKind: Hosted=1 Ported=2 External=3
        GrantWarnings: None=0 NoG711=1 Spend50Percent=2 Spend80Percent=4 Spend100Percent=8 ClockSkew=16
        NumberForm: E164=0 Empty=1 MissingPlus=2 InternationalPrefix=3 NationalFormat=4 ShortCode=5 VisualSeparators=6 SipUri=7 TelUri=8 NameAddr=9 Parameters=10 LeadingZero=11 TooShort=12 TooLong=13 ServiceCode=14 Letters=15 Anonymous=16 NonAsciiDigits=17 UnexpectedCharacter=18
        PbxState: Active=1 Suspended=2
        PlanTerm: Month=1 Year=2 FiveYears=3
        ProvisioningRefusal: None=0 PbxUnknown=1 PbxExists=2 MoreUsersThanLicences=3 DidUnknown=4 DidExists=5 DidNotExternal=6 MonthNotEnded=7
        RatedSegmentKind: Included=1 ConnectFee=2 Charged=3
        WeekDays: None=0 Monday=1 Tuesday=2 Wednesday=4 Thursday=8 Friday=16 Workdays=31 Saturday=32 Sunday=64 Weekend=96 All=127
        """;

    [Fact]
    public void PublicEnums_KeepTheirNumbers()
    {
        var actual = typeof(Pbx).Assembly.GetExportedTypes().Where(type => type.IsEnum).OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => $"{type.Name}: " + string.Join(' ', Enum.GetValues(type).Cast<object>()
                .Select(value => string.Create(CultureInfo.InvariantCulture, $"{value}={Convert.ToInt64(value, CultureInfo.InvariantCulture)}"))));
        Assert.Equal(Golden.Split('\n', StringSplitOptions.TrimEntries), actual);
    }
}
