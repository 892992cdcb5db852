using Classound.Api.Billing;
using Classound.Api.Rating;
using Classound.Charging.Rating;
using Wire = Classound.Contracts.Rating.V1;
using WireBilling = Classound.Contracts.Billing.V1;

namespace Classound.Api.Tests.Mapping;

public sealed class TariffRepliesTests
{
    private static readonly Tariff Banded = Tariff.Create(
        new Amount(5), 10, [new TariffStep(0, new Amount(60), 60, 30), new TariffStep(30, new Amount(50), 60, 6)],
        [new TariffBand(WeekDays.Saturday | WeekDays.Sunday, 1200, 480, new Amount(1), [new TariffStep(0, new Amount(7), 1, 1)])],
        "Europe/Rome");

    [Fact]
    public void TariffWithBands_IsCopiedFieldByField()
    {
        var expected = new Wire.Tariff
        {
            ConnectFeeNanos = 5, MinimumSeconds = 10, BandTimeZone = "Europe/Rome",
            Steps =
            {
                new Wire.TariffStep { FromSecond = 0, PriceNanos = 60, PerSeconds = 60, IncrementSeconds = 30 },
                new Wire.TariffStep { FromSecond = 30, PriceNanos = 50, PerSeconds = 60, IncrementSeconds = 6 },
            },
            Bands =
            {
                new Wire.TariffBand
                {
                    Weekdays = { Wire.Weekday.Saturday, Wire.Weekday.Sunday }, FromMinute = 1200, ToMinute = 480, ConnectFeeNanos = 1,
                    Steps = { new Wire.TariffStep { PriceNanos = 7, PerSeconds = 1, IncrementSeconds = 1 } },
                },
            },
        };
        Assert.Equal(expected, TariffReplies.ToWire(Banded));
    }

    [Fact]
    public void SegmentOfABand_CountsTheBandFromOne()
    {
        var saturdayNight = new DateTimeOffset(2026, 11, 21, 22, 0, 0, TimeSpan.Zero);
        var segments = Rater.Explain(Banded, 4, saturdayNight, 10, [], 0).Select(RatedCallReplies.ToWire).ToList();
        Assert.Equal([WireBilling.RatedSegmentKind.ConnectFee, WireBilling.RatedSegmentKind.Charged], segments.Select(each => each.Kind));
        Assert.Equal(
            (1, 10, 7L, 1, "70/1"),
            (segments[1].BandNumber, segments[1].Increments, segments[1].PriceNanos, segments[1].PerSeconds, segments[1].ExactCostNanos));

        var monday = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        Assert.All(Rater.Explain(Banded, 4, monday, 10, [], 0).Select(RatedCallReplies.ToWire), each => Assert.Equal(0, each.BandNumber));
    }
}
