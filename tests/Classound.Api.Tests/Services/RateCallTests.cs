using Classound.Api.Tests.Hosting;
using Classound.Charging.Rating;
using Classound.Grains.Catalogues;
using Classound.PriceLists;
using RateCallRequest = Classound.Contracts.Rating.V1.RateCallRequest;
using RatingService = Classound.Contracts.Rating.V1.RatingService;

namespace Classound.Api.Tests.Services;

/// <summary>RateCall of very long calls, and what its lines say.</summary>
[Collection(ApiCollection.Name)]
public sealed class RateCallTests(ApiHost host)
{
    private readonly RatingService.RatingServiceClient _rating = host.Operator.Rating;

    [Fact]
    public async Task TenYears_AreRatedToTheUnit_AndEveryLineSaysWhatPricedIt()
    {
        var request = new RateCallRequest
        {
            PriceListType = "END_USER", Version = 1, Called = Operator.France, StartTime = new() { Seconds = 1_790_000_000 },
            DurationSeconds = 316_224_000,
        };
        var rating = (await _rating.RateCallAsync(request)).Rating;
        Assert.Equal((316_224_000, 316_224_000_000_000L, 0), (rating.RatedSeconds, rating.ChargeNanos, rating.SegmentsLeftOut));
        var line = Assert.Single(rating.Segments);
        Assert.Equal((316_224_000, 316_224_000, "33", false), (line.Seconds, line.Increments, line.Prefix, line.OwnTariff));
    }

    [Fact]
    public async Task TenYearsOfManyBands_GiveTheFirstTenThousandLines_AndSayHowManyMoreThereAre()
    {
        await Import("BANDED", Tariff.Create(
            Amount.Zero, 0, [new TariffStep(0, new Amount(1_000_000_000), 1, 1)],
            [
                new TariffBand(WeekDays.All, 0, 360, Amount.Zero, [new TariffStep(0, new Amount(2_000_000_000), 1, 1)]),
                new TariffBand(WeekDays.All, 720, 1080, Amount.Zero, [new TariffStep(0, new Amount(3_000_000_000), 1, 1)]),
            ],
            "UTC"));
        var request = new RateCallRequest
        {
            PriceListType = "BANDED", Version = 1, Called = Operator.France, StartTime = new() { Seconds = 0 }, DurationSeconds = 316_224_000,
        };
        var rating = (await _rating.RateCallAsync(request)).Rating;
        // Four stretches of six hours a day, at 2, 1, 3 and 1 a second.
        Assert.Equal((10_000, 3_660 * 4 - 10_000), (rating.Segments.Count, rating.SegmentsLeftOut));
        Assert.Equal(3_660L * 21_600 * 7 * 1_000_000_000, rating.ChargeNanos);
        Assert.All(rating.Segments, line => Assert.True(line.OwnTariff));
    }

    [Fact]
    public async Task AmountBeyond64Bits_NamesTheDuration()
    {
        await Import("DEAR", Tariff.Create(Amount.Zero, 0, [new TariffStep(0, new Amount(long.MaxValue / 100), 1, 1)]));
        var error = await Operator.Refused(_rating.RateCallAsync(new RateCallRequest
        {
            PriceListType = "DEAR", Version = 1, Called = Operator.France, StartTime = new(), DurationSeconds = 200,
        }));
        Assert.Equal(Grpc.Core.StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("duration_seconds", error.Status.Detail, StringComparison.Ordinal);
    }

    /// <summary>A list of one prefix, France, with a tariff of its own, in force for ever.</summary>
    private async Task Import(string type, Tariff tariff)
    {
        var content = new PriceListContent(
            new Dictionary<CallArea, Tariff>(), [new PriceListEntry("33", "FR", "France", CallArea.Area2, tariff, false)]);
        var made = await host.ImportAsync(
            new PriceListHeader(type, "EUR", "Europe/Rome", 4, true), new DatedContent(DateTimeOffset.UnixEpoch, content));
        Assert.Equal(CatalogueRefusal.None, made.Refusal);
    }
}
