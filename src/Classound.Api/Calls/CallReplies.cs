using Classound.Api.Billing;
using Classound.Charging.Calls;
using Classound.Grains.Catalogues;
using Google.Protobuf.WellKnownTypes;
using Wire = Classound.Contracts.Calls.V1;

namespace Classound.Api.Calls;

/// <summary>The domain's calls as replies of CallService.</summary>
public sealed class CallReplies(CatalogueCache catalogues)
{
    private static readonly (GrantWarnings Domain, Wire.CallWarning Wire)[] Warnings =
    [
        (GrantWarnings.NoG711, Wire.CallWarning.NoG711),
        (GrantWarnings.ClockSkew, Wire.CallWarning.ClockSkew),
        (GrantWarnings.Spend50Percent, Wire.CallWarning.Spend50Percent),
        (GrantWarnings.Spend80Percent, Wire.CallWarning.Spend80Percent),
        (GrantWarnings.Spend100Percent, Wire.CallWarning.Spend100Percent),
    ];

    public Wire.CallGrant Grant(ActiveCall call)
    {
        var grant = new Wire.CallGrant
        {
            GrantedSeconds = call.GrantedSeconds,
            MaximumSeconds = call.MaximumSeconds,
            LeaseEndTime = call.LeaseEndsAt.ToTimestamp(),
            Final = call.Final,
            Internal = call.Internal,
            IncludedSeconds = call.HeldIncludedSeconds,
            HeldNanos = call.HeldMoney.Nanos,
            CallerIdPresentation = call.HideCallerId ? Wire.CallerIdPresentation.Withhold : Wire.CallerIdPresentation.Present,
            AuthoriseTime = call.AuthorisedAt.ToTimestamp(),
        };
        foreach (var (domain, wire) in Warnings)
            if (call.Warnings.HasFlag(domain)) grant.Warnings.Add(wire);
        if (call.Pricing is { } pricing) AddPrice(grant, pricing);
        return grant;
    }

    /// <summary>Allowed, unlimited, free; the number is always presented, because who answers must be able to call back.</summary>
    public static Wire.CallGrant EmergencyGrant(DateTimeOffset at, bool lacksG711 = false)
    {
        var grant = new Wire.CallGrant
        {
            Emergency = true,
            CallerIdPresentation = Wire.CallerIdPresentation.Present,
            AuthoriseTime = at.ToTimestamp(),
        };
        if (lacksG711) grant.Warnings.Add(Wire.CallWarning.NoG711);
        return grant;
    }

    /// <summary>A call as it stands, from whichever of the three it is.</summary>
    public Wire.Call Call(string pbxId, CallAnswer answer) => answer switch
    {
        { Settlement: { } settled } => Settled(settled),
        { Denial: { } denial } => Logged(denial),
        { Grant: { } active } => Active(pbxId, active),
        _ => throw new ArgumentException("An answer is a grant, a denial or a settlement.", nameof(answer)),
    };

    public Wire.Call Active(string pbxId, ActiveCall call) => new()
    {
        PbxId = pbxId,
        CallId = call.CallId,
        State = call.ReportsAnswer && call.AnsweredAt is null ? Wire.CallState.ActiveRinging : Wire.CallState.ActiveAnswered,
        Direction = RatedCallReplies.Direction(call.Direction),
        Caller = call.CallerText,
        Called = call.CalledText,
        UserId = call.UserId,
        Internal = call.Internal,
        EdgeId = call.EdgeId,
        AuthoriseTime = call.AuthorisedAt.ToTimestamp(),
        AnswerTime = call.AnsweredAt?.ToTimestamp(),
        ConfirmedSeconds = call.ConfirmedSeconds,
        LastRequestNumber = call.RequestNumber,
        Grant = Grant(call),
    };

    private static Wire.Call Settled(RatedCall call)
    {
        var settlement = RatedCallReplies.ToWire(call);
        return new Wire.Call
        {
            PbxId = call.PbxId,
            CallId = call.CallId,
            State = Wire.CallState.Settled,
            Direction = settlement.Direction,
            Caller = call.CallerText,
            Called = call.CalledText,
            UserId = call.UserId,
            Internal = call.Internal,
            EdgeId = call.EdgeId,
            AuthoriseTime = settlement.AuthoriseTime,
            AnswerTime = settlement.AnswerTime,
            ConfirmedSeconds = call.CallSeconds,
            Settlement = settlement,
        };
    }

    // The call log holds emergency calls as well, as entries without a reason.
    /// <summary>A call of the log: denied, or an emergency call.</summary>
    public static Wire.Call Logged(Denial denial)
    {
        var call = new Wire.Call
        {
            PbxId = denial.PbxId,
            CallId = denial.CallId,
            Direction = RatedCallReplies.Direction(denial.Direction),
            Caller = denial.CallerText,
            Called = denial.CalledText,
            UserId = denial.UserId,
        };
        if (denial.Reason == DenialReason.None)
        {
            call.State = Wire.CallState.Emergency;
            call.AuthoriseTime = denial.At.ToTimestamp();
            call.Grant = EmergencyGrant(denial.At);
        }
        else
        {
            call.State = Wire.CallState.Denied;
            call.Denial = DenialReplies.ToWire(denial);
        }

        return call;
    }

    private void AddPrice(Wire.CallGrant grant, CallPricing pricing)
    {
        grant.Area = (int)pricing.Area;
        grant.Prefix = pricing.Prefix;
        grant.Destination = pricing.Destination;
        grant.Country = pricing.Country;
        grant.PriceListType = pricing.ListType;
        grant.PriceListVersion = pricing.ListNumber;
        grant.PricePerMinuteNanos = pricing.Tariff.HighestPricePerMinute.Nanos;
        grant.CurrencyCode = catalogues.Current.Outline(pricing.ListType, pricing.ListNumber)?.Currency ?? "";
    }
}
