using Classound.Cli.Output;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf.WellKnownTypes;

namespace Classound.Cli.Tests.Output;

public sealed class WordsTests
{
    [Fact]
    public void EnumValue_LosesItsTypesPrefix()
    {
        Assert.Equal("CALLED_NOT_E164", Words.Of(DenialReason.CalledNotE164));
        Assert.Equal("PER_USER", Words.Of(PlanSharing.PerUser));
        Assert.Equal("ABOVE_GRANT", Words.Of(RatedCallFlag.AboveGrant));
        Assert.Equal("EXTERNAL", Words.Of(DidKind.External));
    }

    [Fact]
    public void ValueOfANewerService_IsItsNumber() => Assert.Equal("999", Words.Of((DenialReason)999));

    [Fact]
    public void Times_AreInUtc() =>
        Assert.Equal("2026-11-22T16:05:09.5Z",
            Words.Of(Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 11, 22, 17, 5, 9, 500, TimeSpan.FromHours(1)))));

    [Theory]
    [InlineData(59, "59 s")]
    [InlineData(60, "60 s (0:01:00)")]
    [InlineData(14400, "14400 s (4:00:00)")]
    public void Seconds_AreAlsoHoursFromOneMinuteOn(long seconds, string expected) => Assert.Equal(expected, Words.Seconds(seconds));
}
