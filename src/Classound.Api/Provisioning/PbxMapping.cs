using Classound.Api.Billing;
using Classound.Charging;
using Classound.Grains.Pbxs;
using Wire = Classound.Contracts.Provisioning.V1;

namespace Classound.Api.Provisioning;

/// <summary>A PBX between the wire and the domain. Requests only after <see cref="PbxRequests"/> has passed them.</summary>
public static class PbxMapping
{
    public static PbxSettings Parse(Wire.Pbx pbx) => new()
    {
        Id = pbx.PbxId,
        Name = pbx.Name,
        Country = pbx.Country,
        TimeZoneId = pbx.TimeZone,
        Currency = pbx.CurrencyCode,
        PriceListType = pbx.PriceListType,
        PlanCode = pbx.PlanCode,
        ActiveFrom = DateOnly.ParseExact(pbx.ActiveFromDate, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        Licences = Parse(pbx.Licences),
        Limits = pbx.Limits is { } limits ? LimitMapping.Parse(limits, barHighCost: PbxLimits.ForNewPbx.BarHighCost) : PbxLimits.ForNewPbx,
    };

    public static UserLicences Parse(Wire.UserLicences? licences) => licences is null
        ? default
        : new UserLicences(licences.Basic, licences.Essential, licences.Business, licences.Premium);

    public static PbxState Parse(Wire.PbxState state) => state == Wire.PbxState.Suspended ? PbxState.Suspended : PbxState.Active;

    public static Wire.Pbx ToWire(PbxDescription description)
    {
        var settings = description.Settings;
        var reply = new Wire.Pbx
        {
            PbxId = settings.Id,
            Name = settings.Name,
            Country = settings.Country,
            TimeZone = settings.TimeZoneId,
            CurrencyCode = settings.Currency,
            PriceListType = settings.PriceListType,
            PlanCode = settings.PlanCode,
            ActiveFromDate = RatedCallReplies.Day(settings.ActiveFrom),
            State = settings.State == PbxState.Suspended ? Wire.PbxState.Suspended : Wire.PbxState.Active,
            Licences = new Wire.UserLicences
            {
                Basic = settings.Licences.Basic,
                Essential = settings.Licences.Essential,
                Business = settings.Licences.Business,
                Premium = settings.Licences.Premium,
            },
            Limits = LimitMapping.ToWire(settings.Limits),
        };
        reply.UserIds.AddRange(description.UserIds);
        return reply;
    }

    public static Wire.PbxLiveCounts LiveCounts(PbxDescription description)
    {
        var status = description.Status;
        return new Wire.PbxLiveCounts
        {
            LicensedUsers = status.Licences.Total,
            MonthUsers = status.UsersThisMonth,
            UsersInCall = status.UsersInCalls,
            RingingCalls = status.RingingCalls,
            ActiveCalls = status.ActiveCalls,
            UsageMonth = RatedCallReplies.Month(status.Month),
            IncludedSecondsGranted = status.GrantedIncludedSeconds,
            IncludedSecondsUsed = status.UsedIncludedSeconds,
            IncludedSecondsHeld = status.HeldIncludedSeconds,
            UsedNanos = status.SettledMoney.Nanos,
            HeldNanos = status.HeldMoney.Nanos,
            CurrencyCode = description.Settings.Currency,
            PlanCode = status.Plan?.Code ?? "",
            PlanEffectiveDate = status.Plan is { } plan ? RatedCallReplies.Day(plan.EffectiveFrom) : "",
        };
    }
}
