using Classound.Api.Billing;
using Classound.Api.Calls;
using Classound.Charging.Calls;
using Classound.Charging.Rating;
using Classound.Grains.Pbxs;
using Wire = Classound.Contracts.Rating.V1;

namespace Classound.Api.Rating;

/// <summary>Quotes and ratings as replies.</summary>
public static class RatingReplies
{
    /// <summary>Lines of a reply: about half a megabyte.</summary>
    private const int MaxSegments = 10_000;

    /// <param name="quote">As the PBX's grain, or a price list alone, gave it.</param>
    /// <param name="seconds">The length that was quoted.</param>
    public static Wire.QuoteCallResponse Quote(PbxQuote quote, int seconds)
    {
        var reply = new Wire.QuoteCallResponse
        {
            Allowed = quote.Denial is null,
            Denial = quote.Denial is { } denial ? DenialReplies.ToWire(denial) : null,
            CurrencyCode = quote.Currency,
            MaximumSeconds = quote.MaximumSeconds,
        };
        if (quote.Pricing is not { } pricing) return reply;
        reply.Prefix = pricing.Prefix;
        reply.Area = (int)pricing.Area;
        reply.Destination = pricing.Destination;
        reply.Country = pricing.Country;
        reply.PriceListType = pricing.ListType;
        reply.PriceListVersion = pricing.ListNumber;
        reply.Tariff = TariffReplies.ToWire(pricing.Tariff);
        reply.TariffSource = TariffReplies.Source(pricing.OwnTariff);
        reply.PricePerMinuteNanos = pricing.Tariff.HighestPricePerMinute.Nanos;
        if (quote.Rating is not { } rating) return reply;
        reply.CallSeconds = rating.CallSeconds;
        reply.RatedSeconds = rating.RatedSeconds;
        reply.IncludedSeconds = rating.IncludedSeconds;
        reply.ChargeNanos = rating.Money.Nanos;
        reply.Segments.AddRange(Segments(pricing, quote.At, seconds, quote.AvailableIncludedSeconds, out _));
        return reply;
    }

    /// <exception cref="OverflowException">The amount, or the length in whole increments, is beyond what is counted.</exception>
    public static Wire.CallRating Rating(CallPricing pricing, DateTimeOffset at, int seconds, int available, string currency)
    {
        var rating = pricing.Rate(at, seconds, available);
        var reply = new Wire.CallRating
        {
            Prefix = pricing.Prefix,
            Area = (int)pricing.Area,
            Destination = pricing.Destination,
            Country = pricing.Country,
            Tariff = TariffReplies.ToWire(pricing.Tariff),
            TariffSource = TariffReplies.Source(pricing.OwnTariff),
            CallSeconds = rating.CallSeconds,
            RatedSeconds = rating.RatedSeconds,
            IncludedSeconds = rating.IncludedSeconds,
            ChargedSeconds = rating.RatedSeconds - rating.IncludedSeconds,
            ChargeNanos = rating.Money.Nanos,
            CurrencyCode = currency,
        };
        reply.Segments.AddRange(Segments(pricing, at, seconds, available, out var leftOut));
        reply.SegmentsLeftOut = leftOut;
        return reply;
    }

    private static IEnumerable<Contracts.Billing.V1.RatedSegment> Segments(
        CallPricing pricing, DateTimeOffset at, int seconds, int available, out int leftOut) =>
        Rater.Explain(pricing.Tariff, pricing.Decimals, at, seconds, pricing.AllowanceTicks, available, MaxSegments, out leftOut)
            .Select(segment => RatedCallReplies.ToWire(segment, pricing));
}
