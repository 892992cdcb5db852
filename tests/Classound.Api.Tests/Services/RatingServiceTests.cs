using Classound.Api.Tests.Hosting;
using Classound.Contracts.Billing.V1;
using Classound.Contracts.Calls.V1;
using Classound.Contracts.Rating.V1;

namespace Classound.Api.Tests.Services;

[Collection(ApiCollection.Name)]
public sealed class RatingServiceTests(ApiHost host)
{
    private readonly Operator _operator = host.Operator;

    private RatingService.RatingServiceClient Rating => _operator.Rating;

    [Fact]
    public async Task QuoteOfAPbx_CountsWhatIsLeftOfItsAllowance()
    {
        var pbx = await _operator.NewPbx("quote-pbx");
        var quote = await Rating.QuoteCallAsync(new QuoteCallRequest { PbxId = pbx, Called = Operator.Italy, DurationSeconds = 61 });
        Assert.Equal(
            (true, "39", 1, "END_USER", 1),
            (quote.Allowed, quote.Prefix, quote.Area, quote.PriceListType, quote.PriceListVersion));
        Assert.Equal((61, 120, 120, 0L), (quote.CallSeconds, quote.RatedSeconds, quote.IncludedSeconds, quote.ChargeNanos));
        Assert.Equal((14_400, 20_000_000L, TariffSource.Area), (quote.MaximumSeconds, quote.PricePerMinuteNanos, quote.TariffSource));
        Assert.Equal(RatedSegmentKind.Included, Assert.Single(quote.Segments).Kind);
        Assert.Null(quote.Denial);
    }

    [Fact]
    public async Task QuoteOfABarredDestination_SaysThePriceAndTheRefusal()
    {
        var pbx = await _operator.NewPbx("quote-barred");
        var quote = await Rating.QuoteCallAsync(new QuoteCallRequest { PbxId = pbx, Called = "+88212345678" });
        Assert.Equal((false, DenialReason.DestinationBarred, "high_cost"), (quote.Allowed, quote.Denial.Reason, quote.Denial.Subject));
        Assert.Equal((60, 5_500_000_000L, TariffSource.Prefix), (quote.CallSeconds, quote.ChargeNanos, quote.TariffSource));
        Assert.Equal([RatedSegmentKind.ConnectFee, RatedSegmentKind.Charged], quote.Segments.Select(segment => segment.Kind));
    }

    [Fact]
    public async Task QuoteOfAPriceList_NeedsNoPbx()
    {
        var list = new PriceListReference { PriceListType = "END_USER" };
        var quote = await Rating.QuoteCallAsync(new QuoteCallRequest { PriceList = list, Called = Operator.France, DurationSeconds = 7 });
        Assert.Equal(
            (true, 7, 0, 7_000_000L, "EUR"),
            (quote.Allowed, quote.RatedSeconds, quote.IncludedSeconds, quote.ChargeNanos, quote.CurrencyCode));
        list.Version = 1;
        Assert.Equal(
            quote,
            await Rating.QuoteCallAsync(new QuoteCallRequest { PriceList = list, Called = Operator.France, DurationSeconds = 7 }));

        (list.Version, list.AtTime) = (0, new() { Seconds = 0 });
        var error = await Operator.Refused(Rating.QuoteCallAsync(new QuoteCallRequest { PriceList = list, Called = Operator.France }));
        Assert.Equal("NotFound PRICE_LIST_UNKNOWN", Operator.Reason(error));
    }

    [Theory]
    [InlineData("+4930123456", DenialReason.NoPrice)]
    [InlineData("101", DenialReason.CalledNotE164)]
    public async Task WithoutAPrice_IsADenialAndNeverFree(string called, DenialReason reason)
    {
        var list = new PriceListReference { PriceListType = "END_USER" };
        var quote = await Rating.QuoteCallAsync(new QuoteCallRequest { PriceList = list, Called = called });
        Assert.Equal((false, reason, 0L), (quote.Allowed, quote.Denial.Reason, quote.ChargeNanos));
        var rated = await Rating.RateCallAsync(
            new RateCallRequest { PriceListType = "END_USER", Version = 1, Called = called, StartTime = new() });
        Assert.Equal(reason, rated.Denial.Reason);
    }

    [Fact]
    public async Task RatedCall_SplitsBetweenAllowanceAndMoneyToTheSecond()
    {
        var request = new RateCallRequest
        {
            PriceListType = "END_USER", Version = 1, Called = Operator.Italy, StartTime = new() { Seconds = 1_790_000_000 },
            DurationSeconds = 150, AvailableIncludedSeconds = 119,
        };
        var rating = (await Rating.RateCallAsync(request)).Rating;
        // 60/60: of 119 free seconds one whole minute fits, the other two cost.
        Assert.Equal(
            (150, 180, 60, 120, 40_000_000L),
            (rating.CallSeconds, rating.RatedSeconds, rating.IncludedSeconds, rating.ChargedSeconds, rating.ChargeNanos));
        Assert.Equal(
            [(RatedSegmentKind.Included, 0, 60), (RatedSegmentKind.Charged, 60, 180)],
            rating.Segments.Select(each => (each.Kind, each.FromSecond, each.ToSecond)));
        Assert.Equal(rating, (await Rating.RateCallAsync(request)).Rating);

        request.Called = Operator.France; // Area 2 never touches the allowance
        Assert.Equal(
            (0, 150_000_000L),
            ((await Rating.RateCallAsync(request)).Rating.IncludedSeconds, (await Rating.RateCallAsync(request)).Rating.ChargeNanos));
    }
}
