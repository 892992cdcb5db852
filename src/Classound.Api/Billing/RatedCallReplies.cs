using System.Globalization;
using Classound.Charging.Calls;
using Classound.Charging.Rating;
using Google.Protobuf.WellKnownTypes;
using Wire = Classound.Contracts.Billing.V1;

namespace Classound.Api.Billing;

/// <summary>Rated calls and the lines of their price as replies. Values are copied, never computed anew (product.md, money).</summary>
public static class RatedCallReplies
{
    private static readonly (CallFlags Domain, Wire.RatedCallFlag Wire)[] Flags =
    [
        (CallFlags.ClockSkew, Wire.RatedCallFlag.ClockSkew),
        (CallFlags.Unauthorised, Wire.RatedCallFlag.Unauthorised),
        (CallFlags.AboveGrant, Wire.RatedCallFlag.AboveGrant),
        (CallFlags.AfterExpiry, Wire.RatedCallFlag.AfterExpiry),
        (CallFlags.Unconfirmed, Wire.RatedCallFlag.Unconfirmed),
        (CallFlags.Imported, Wire.RatedCallFlag.Imported),
    ];

    public static Wire.RatedCall ToWire(RatedCall call)
    {
        var unanswered = call.Flags.HasFlag(CallFlags.Unanswered);
        var reply = new Wire.RatedCall
        {
            PbxId = call.PbxId,
            CallId = call.CallId,
            Direction = Direction(call.Direction),
            Caller = call.CallerText,
            Called = call.CalledText,
            UserId = call.UserId,
            CallerIdHidden = call.HideCallerId,
            Internal = call.Internal,
            EdgeId = call.EdgeId,
            AuthoriseTime = call.AuthorisedAt.ToTimestamp(),
            AnswerTime = unanswered ? null : call.AnsweredAt.ToTimestamp(),
            EndTime = call.AnsweredAt.AddMilliseconds(call.AsWhole().DurationMs).ToTimestamp(),
            ImportOccurTime = call.OccurredAt?.ToTimestamp(),
            SettleTime = call.SettledAt.ToTimestamp(),
            DurationMs = call.DurationMs,
            CallSeconds = call.CallSeconds,
            RatedSeconds = call.RatedSeconds,
            IncludedSeconds = call.IncludedSeconds,
            ChargedSeconds = call.ChargedSeconds,
            GrantedSeconds = call.GrantedSeconds,
            UsageMonth = Month(call.UsageMonth),
            BillingMonth = Month(call.BillingMonth),
            ReleaseCause = new Wire.ReleaseCause { Q850Cause = call.Cause.Q850, SipStatus = call.Cause.SipStatus, Text = call.Cause.Text },
        };
        // No address of the store: the first entry of a call is the only one that can be corrected.
        if (call.Corrects is { } first) reply.Corrects = $"{Month(first.BillingMonth)}/{call.CallId}";
        AddPrice(reply, call);
        AddFlags(reply, call);
        return reply;
    }

    public static Wire.RatedSegment ToWire(RatedSegment segment) => new()
    {
        Kind = segment.Kind switch
        {
            RatedSegmentKind.Included => Wire.RatedSegmentKind.Included,
            RatedSegmentKind.ConnectFee => Wire.RatedSegmentKind.ConnectFee,
            RatedSegmentKind.Charged => Wire.RatedSegmentKind.Charged,
            _ => throw new ArgumentOutOfRangeException(nameof(segment), segment.Kind, "not a kind of segment"),
        },
        FromSecond = segment.FromSecond,
        ToSecond = segment.ToSecond,
        Increments = segment.Increments,
        IncrementSeconds = segment.IncrementSeconds,
        PriceNanos = segment.Price.Nanos,
        PerSeconds = segment.PerSeconds,
        ExactCostNanos = segment.ExactCost,
        BandNumber = segment.BandIndex + 1 ?? 0,
        Seconds = segment.ToSecond - segment.FromSecond,
    };

    /// <param name="pricing">What priced it: one for all segments of a call.</param>
    public static Wire.RatedSegment ToWire(RatedSegment segment, CallPricing pricing)
    {
        var reply = ToWire(segment);
        reply.Prefix = pricing.Prefix;
        reply.OwnTariff = pricing.OwnTariff;
        return reply;
    }

    public static Wire.CallDirection Direction(CallDirection direction) => direction switch
    {
        CallDirection.Outbound => Wire.CallDirection.Outbound,
        CallDirection.Inbound => Wire.CallDirection.Inbound,
        _ => throw new ArgumentOutOfRangeException(nameof(direction), direction, "not a direction"),
    };

    /// <summary>YYYYMM as "2026-11".</summary>
    public static string Month(int month) => string.Create(CultureInfo.InvariantCulture, $"{month / 100:D4}-{month % 100:D2}");

    /// <summary>As <see cref="Validation.TimeFields.Date"/> reads it.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void AddPrice(Wire.RatedCall reply, RatedCall call)
    {
        if (call.Pricing is { } pricing)
        {
            reply.Area = (int)pricing.Area;
            reply.Prefix = pricing.Prefix;
            reply.Destination = pricing.Destination;
            reply.Country = pricing.Country;
            reply.PriceListType = pricing.ListType;
            reply.PriceListVersion = pricing.ListNumber;
        }

        foreach (var charge in call.Charges)
            reply.Charges.Add(new Wire.Charge
            {
                Payer = charge.Payer,
                PriceListType = charge.ListType,
                PriceListVersion = charge.ListNumber,
                AmountNanos = charge.Amount.Nanos,
                CurrencyCode = call.Currency,
            });
    }

    // Ascending, as the comment of the field promises.
    private static void AddFlags(Wire.RatedCall reply, RatedCall call)
    {
        foreach (var (domain, wire) in Flags)
            if (call.Flags.HasFlag(domain)) reply.Flags.Add(wire);
        if (call.BillingMonth != call.UsageMonth) reply.Flags.Add(Wire.RatedCallFlag.Late);
        if (call.Flags.HasFlag(CallFlags.Unanswered)) reply.Flags.Add(Wire.RatedCallFlag.Unanswered);
        if (call.CorrectedFrom is not null) reply.Flags.Add(Wire.RatedCallFlag.Corrected);
        if (call.Flags.HasFlag(CallFlags.AnswerAssumed)) reply.Flags.Add(Wire.RatedCallFlag.AnswerAssumed);
    }
}
