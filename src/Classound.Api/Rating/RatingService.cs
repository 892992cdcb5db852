using Classound.Api.Calls;
using Classound.Api.Validation;
using Classound.Charging.Calls;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;
using Classound.Grains.Catalogues;
using Classound.Grains.Pbxs;
using Grpc.Core;
using Wire = Classound.Contracts.Rating.V1;

namespace Classound.Api.Rating;

/// <summary>What would a call cost? A quote of a PBX asks its grain; everything else asks the price lists of this process.</summary>
public sealed class RatingService(PbxGrains grains, CatalogueCache catalogues, PastPriceLists past, TimeProvider clock)
    : Wire.RatingService.RatingServiceBase
{
    private const int FirstMinute = 60;

    public override async Task<Wire.QuoteCallResponse> QuoteCall(Wire.QuoteCallRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Rating);
        RatingRequests.Check(request);
        return request.TargetCase == Wire.QuoteCallRequest.TargetOneofCase.PbxId ? await QuotePbx(request) : await QuotePriceList(request, context.CancellationToken);
    }

    public override async Task<Wire.RateCallResponse> RateCall(Wire.RateCallRequest request, ServerCallContext context)
    {
        Caller.Of(context).Demand(CallerScope.Rating);
        RatingRequests.Check(request);
        var list = await Version(request.PriceListType, request.Version, context.CancellationToken);
        var at = request.StartTime.ToDateTimeOffset();
        if (Price(list, request.Called, clock.GetUtcNow(), out var pricing) is { } denial)
            return new Wire.RateCallResponse { Denial = DenialReplies.ToWire(denial) };
        try
        {
            return new Wire.RateCallResponse
            {
                Rating = RatingReplies.Rating(pricing!, at, request.DurationSeconds, request.AvailableIncludedSeconds, list.Currency),
            };
        }
        catch (OverflowException)
        {
            var violations = new FieldViolations();
            violations.Add("duration_seconds", "makes the amount larger than 64 bits of 10^-9 currency units; expected a shorter call.");
            throw violations.ToException();
        }
    }

    private async Task<Wire.QuoteCallResponse> QuotePbx(Wire.QuoteCallRequest request)
    {
        var callerForm = E164Number.Parse(request.Caller, out var caller);
        var calledForm = E164Number.Parse(request.Called, out var called);
        var seconds = request.DurationSeconds == 0 ? FirstMinute : request.DurationSeconds;
        var quote = await grains.Of(request.PbxId).Quote(
            new AuthorizeRequest
            {
                CallId = "quote", CallerText = request.Caller, CallerForm = callerForm, Caller = caller,
                CalledText = request.Called, CalledForm = calledForm, Called = called, UserId = request.UserId,
            },
            seconds);
        if (quote.Denial?.Reason == DenialReason.PbxUnknown) throw Refusals.PbxUnknown(request.PbxId);
        return RatingReplies.Quote(quote, seconds);
    }

    private async Task<Wire.QuoteCallResponse> QuotePriceList(Wire.QuoteCallRequest request, CancellationToken ct)
    {
        var reference = request.PriceList;
        var now = clock.GetUtcNow();
        var list = reference.Version > 0
            ? await Version(reference.PriceListType, reference.Version, ct)
            : await InForce(reference.PriceListType, reference.AtTime?.ToDateTimeOffset() ?? now, ct);
        var denial = Price(list, request.Called, now, out var pricing);
        var seconds = request.DurationSeconds == 0 ? FirstMinute : request.DurationSeconds;
        return RatingReplies.Quote(
            new PbxQuote
            {
                At = request.StartTime?.ToDateTimeOffset() ?? now, Currency = list.Currency, Denial = denial, Pricing = pricing,
                MaximumSeconds = denial is null ? Charging.PbxLimits.LongestCallSeconds : 0,
                Rating = pricing?.Rate(request.StartTime?.ToDateTimeOffset() ?? now, seconds, 0),
            },
            seconds);
    }

    /// <returns>Null where there is a price; else why there is none.</returns>
    private static Denial? Price(PriceListVersion list, string calledText, DateTimeOffset now, out CallPricing? pricing)
    {
        pricing = null;
        var form = E164Number.Parse(calledText, out var called);
        if (form != NumberForm.E164) return Denied(DenialReason.CalledNotE164, NumberForms.Reason(form));
        if (!list.TryPrice(called, out var entry, out var tariff)) return Denied(DenialReason.NoPrice, list.Type);
        pricing = CallPricing.Of(list, entry, tariff);
        return null;

        Denial Denied(DenialReason reason, string subject) =>
            new() { PbxId = "", CallId = "", Reason = reason, Subject = subject, At = now, CalledText = calledText, Called = called };
    }

    /// <summary>An activated version, be it one that has left memory since.</summary>
    private async Task<PriceListVersion> Version(string type, int number, CancellationToken ct)
    {
        RequireCatalogue();
        return catalogues.Metadata.Find(type, number) is { EffectiveAt: not null } record
            ? await past.GetAsync(record, ct)
            : throw Refusals.NotFound("PRICE_LIST_UNKNOWN", $"No version {number} of price list {type} was activated.");
    }

    private async Task<PriceListVersion> InForce(string type, DateTimeOffset at, CancellationToken ct)
    {
        RequireCatalogue();
        await past.BringAsync(type, at, ct);
        var known = catalogues.Current;
        // What cannot be loaded is never replaced by an older version (design.md).
        if (!known.Covers(type, at)) throw Refusals.Unavailable($"The version of price list {type} in force then cannot be loaded now.");
        return known.InForce(type, at) ?? throw Refusals.NotFound("PRICE_LIST_UNKNOWN", $"No version of price list {type} is in force then.");
    }

    private void RequireCatalogue()
    {
        if (!catalogues.IsLoaded) throw Refusals.Unavailable("The price lists are not loaded yet.");
    }
}
