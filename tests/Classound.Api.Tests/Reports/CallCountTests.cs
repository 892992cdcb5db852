using Classound.Api.Reports;
using Classound.Charging.Calls;
using Classound.Charging.Rating;
using Classound.Contracts.Reports.V1;

namespace Classound.Api.Tests.Reports;

/// <summary>What is counted, and how ratios and averages are rounded: integers throughout.</summary>
public sealed class CallCountTests
{
    [Theory]
    [InlineData(3, 0, 0, 0, null)]
    [InlineData(3, 2, 3, 666, 2L)] // 1.5 s: half up
    [InlineData(3, 3, 4, 1000, 1L)]
    [InlineData(10_000, 9_999, 9_999, 999, 1L)] // never all, unless all
    public void RatioIsRoundedDown_AndAverageToTheNearestSecond(int calls, int answered, int seconds, int perMille, long? average)
    {
        var count = default(CallCount);
        for (var i = 0; i < calls; i++)
        {
            var own = i < answered ? (seconds / answered) + (i < seconds % answered ? 1 : 0) : 0;
            count = count.With(Call(own));
        }
        var wire = count.ToWire("k");
        Assert.Equal(("k", calls, answered, seconds), (wire.Key, wire.Calls, wire.AnsweredCalls, wire.CallSeconds));
        Assert.Equal((perMille, average), (wire.AnswerSeizurePerMille, wire.HasAverageCallSeconds ? wire.AverageCallSeconds : null));
    }

    [Theory]
    [InlineData(0, 60, 1)] // closed without usage, and it had been answered after all
    [InlineData(60, 30, 0)]
    [InlineData(60, 0, -1)]
    [InlineData(0, 0, 0)]
    public void Correction_IsNoFurtherCall_AndMovesTheAnsweredOnes(int first, int then, int answered)
    {
        var correction = Call(then).Correcting(Call(first));
        var alone = default(CallCount).With(correction).ToWire("");
        Assert.Equal((0, answered, then - first), (alone.Calls, alone.AnsweredCalls, alone.CallSeconds));
        Assert.False(alone.HasAnswerSeizurePerMille);
        Assert.Equal(default(CallCount).With(Call(then)), default(CallCount).With(Call(first)).With(correction));
    }

    [Fact]
    public void GroupsBeyondTheLimit_AreRefusedByTheFieldThatMakesThem()
    {
        var counts = new CallCounts(CallDimension.User, TimeZoneInfo.Utc);
        for (var i = 0; i < CallCounts.MaxGroups; i++) counts.Add(Call(1) with { UserId = $"u{i}" });
        counts.Add(Call(1) with { UserId = "u0" });
        var error = Assert.Throws<Grpc.Core.RpcException>(() => counts.Add(Call(1) with { UserId = "one too many" }));
        Assert.Equal("FailedPrecondition TOO_MANY_GROUPS", Hosting.Operator.Reason(error));
        Assert.Equal("group_by", Grpc.Core.RpcExceptionExtensions.GetRpcStatus(error)!.GetDetail<Google.Rpc.ErrorInfo>()!.Metadata["field"]);
    }

    [Theory]
    [InlineData("Europe/Rome", "2026-10-25T00:30:00Z", "02")] // summer time
    [InlineData("Europe/Rome", "2026-10-25T01:30:00Z", "02")] // the same hour once more
    [InlineData("Europe/Rome", "2026-10-25T02:30:00Z", "03")]
    [InlineData("Europe/Rome", "2026-03-29T00:59:59Z", "01")]
    [InlineData("Europe/Rome", "2026-03-29T01:00:00Z", "03")] // there was no hour 02
    [InlineData("Australia/Lord_Howe", "2026-04-04T14:59:59Z", "01")] // turned back by half an hour at 02:00
    [InlineData("Australia/Lord_Howe", "2026-04-04T15:00:00Z", "01")]
    [InlineData("Asia/Kathmandu", "2026-01-01T18:14:59Z", "23")]
    public void HourOfDay_IsThatOfTheZone_InNightsOfTheClocksChangeToo(string zone, string begin, string hour)
    {
        var call = Call(1) with { AuthorisedAt = DateTimeOffset.Parse(begin, System.Globalization.CultureInfo.InvariantCulture) };
        var key = GroupKey.By(CallDimension.HourOfDay, TimeZoneInfo.FindSystemTimeZoneById(zone));
        Assert.Equal(hour, key(call).Show(CallDimension.HourOfDay));
        // An old CDR: its own time, and not that of the import.
        Assert.Equal(hour, key(call with { OccurredAt = call.AuthorisedAt, AuthorisedAt = DateTimeOffset.UnixEpoch }).Show(CallDimension.HourOfDay));
    }

    [Fact]
    public void VersionsOfAList_AreInTheirOrder()
    {
        var counts = new CallCounts(CallDimension.PriceListVersion, TimeZoneInfo.Utc);
        foreach (var version in new[] { 10, 2 })
            counts.Add(Call(1) with { Pricing = new CallPricing("L", version, 4, "39", "IT", "Italy", CallArea.Area1, false, Tariff.Create(Amount.Zero, 0, [new TariffStep(0, new Amount(1), 1, 1)], [], null), []) });
        var reply = new GetCallStatisticsResponse();
        counts.WriteTo(reply);
        Assert.Equal(["L 2", "L 10"], reply.Groups.Select(group => group.Key));
    }

    private static RatedCall Call(int seconds) => new()
    {
        PbxId = "p", CallId = "c", Direction = CallDirection.Outbound, AuthorisedAt = DateTimeOffset.UnixEpoch,
        AnsweredAt = DateTimeOffset.UnixEpoch, SettledAt = DateTimeOffset.UnixEpoch, DurationMs = seconds * 1000L, CallSeconds = seconds,
        RatedSeconds = seconds, IncludedSeconds = 0, UsageMonth = 202611, BillingMonth = 202611, UsageDay = new DateOnly(2026, 11, 1), Currency = "EUR",
    };
}
