using Classound.Contracts.Provisioning.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using static Classound.Api.Tests.Malformed.Values;

namespace Classound.Api.Tests.Malformed;

internal static class PbxRules
{
    public static IEnumerable<RequestRules> All =>
    [
        CreatePbx(),
        new RequestRules<GetPbxRequest>("GetPbx", () => new() { PbxId = "nobody" })
            .Malformed("pbx_id", r => r.PbxId = "", r => r.PbxId = "a b"),
        UpdatePbx(),
        Licences(
            new RequestRules<SetUserLicencesRequest>("SetUserLicences", () => new() { PbxId = "nobody", Licences = new UserLicences() }),
            r => r.Licences, "licences.")
            .Malformed("pbx_id", r => r.PbxId = "")
            .Malformed("licences", r => r.Licences = null),
        new RequestRules<SetUsersRequest>("SetUsers", () => new() { PbxId = "nobody", UserIds = { "alice" } })
            .Malformed("pbx_id", r => r.PbxId = "")
            .MalformedAs(
                "user_ids", "user_ids[1]", r => r.UserIds.Add(""), r => r.UserIds.Add(" "), r => r.UserIds.Add(Text(129)),
                r => r.UserIds.Add("alice")),
    ];

    private static Pbx Sound() => new()
    {
        PbxId = "sound-request", Name = "Acme", Country = "IT", TimeZone = "Europe/Rome", CurrencyCode = "EUR", PriceListType = "END_USER",
        PlanCode = "FLAT-1m", ActiveFromDate = "2026-11-01", Licences = new UserLicences { Basic = 4 }, Limits = new Limits(),
    };

    private static RequestRules<CreatePbxRequest> CreatePbx() =>
        Limited(
            Licences(
                new RequestRules<CreatePbxRequest>("CreatePbx", () => new() { Pbx = Sound() }), r => r.Pbx.Licences, "pbx.licences."),
            r => r.Pbx.Limits, "pbx.limits.")
        .Malformed("pbx", r => r.Pbx = null)
        .Malformed("pbx.pbx_id", r => r.Pbx.PbxId = "", r => r.Pbx.PbxId = "a b", r => r.Pbx.PbxId = Text(65))
        .Malformed("pbx.name", r => r.Pbx.Name = "", r => r.Pbx.Name = " ", r => r.Pbx.Name = Text(129))
        .Malformed("pbx.country", r => r.Pbx.Country = "", r => r.Pbx.Country = "Italy", r => r.Pbx.Country = "it", r => r.Pbx.Country = "XX")
        .Malformed("pbx.time_zone", r => r.Pbx.TimeZone = "", r => r.Pbx.TimeZone = "Rome", r => r.Pbx.TimeZone = "W. Europe Standard Time")
        .Malformed("pbx.currency_code", r => r.Pbx.CurrencyCode = "", r => r.Pbx.CurrencyCode = "€")
        .Malformed("pbx.price_list_type", r => r.Pbx.PriceListType = "", r => r.Pbx.PriceListType = "end user")
        .Malformed("pbx.plan_code", r => r.Pbx.PlanCode = "FLAT 1m", r => r.Pbx.PlanCode = Text(65))
        .Malformed("pbx.active_from_date", r => r.Pbx.ActiveFromDate = "", r => r.Pbx.ActiveFromDate = "01.11.2026")
        .Malformed("pbx.state", r => r.Pbx.State = PbxState.Active, r => r.Pbx.State = (PbxState)9)
        .AnyValue("pbx.licences", r => r.Pbx.Licences = null)
        .AnyValue("pbx.limits", r => r.Pbx.Limits = null)
        .Malformed("pbx.user_ids", r => r.Pbx.UserIds.Add("alice"));

    private static RequestRules<UpdatePbxRequest> UpdatePbx() =>
        Limited(
            new RequestRules<UpdatePbxRequest>("UpdatePbx", () => new()
            {
                Pbx = new Pbx { PbxId = "nobody", Name = "Acme", Country = "IT", PriceListType = "GOLD", State = PbxState.Active, Limits = new Limits() },
                UpdateMask = new FieldMask { Paths = { "name", "country", "plan_code", "price_list_type", "state", "limits" } },
            }),
            r => r.Pbx.Limits, "pbx.limits.")
        .Malformed("pbx", r => r.Pbx = null)
        .Malformed("pbx.pbx_id", r => r.Pbx.PbxId = "")
        .Malformed("pbx.name", r => r.Pbx.Name = "", r => r.Pbx.Name = Text(129))
        .Malformed("pbx.country", r => r.Pbx.Country = "", r => r.Pbx.Country = "XX")
        .Malformed("pbx.plan_code", r => r.Pbx.PlanCode = "a b")
        .Malformed("pbx.price_list_type", r => r.Pbx.PriceListType = "")
        .Malformed("pbx.state", r => r.Pbx.State = PbxState.Unspecified, r => r.Pbx.State = (PbxState)9)
        .AnyValue("pbx.limits", r => r.Pbx.Limits = null)
        // What cannot be named in the mask is not looked at: a client may send back the whole PBX that it got.
        .AnyValue("pbx.time_zone", r => r.Pbx.TimeZone = "Rome")
        .AnyValue("pbx.currency_code", r => r.Pbx.CurrencyCode = "€")
        .AnyValue("pbx.active_from_date", r => r.Pbx.ActiveFromDate = "soon")
        .AnyValue("pbx.licences", r => r.Pbx.Licences = new UserLicences())
        .AnyValue("pbx.licences.basic", r => r.Pbx.Licences = new UserLicences { Basic = -1 })
        .AnyValue("pbx.licences.essential", r => r.Pbx.Licences = new UserLicences { Essential = -1 })
        .AnyValue("pbx.licences.business", r => r.Pbx.Licences = new UserLicences { Business = -1 })
        .AnyValue("pbx.licences.premium", r => r.Pbx.Licences = new UserLicences { Premium = -1 })
        .AnyValue("pbx.user_ids", r => r.Pbx.UserIds.Add(""))
        .Malformed(
            "update_mask", r => r.UpdateMask = null, r => r.UpdateMask.Paths.Clear(), r => r.UpdateMask.Paths.Add("time_zone"),
            r => r.UpdateMask.Paths.Add("limits.no_such_limit"), r => r.UpdateMask.Paths.Add("*"));

    private static RequestRules<T> Licences<T>(RequestRules<T> rules, Func<T, UserLicences> of, string at)
        where T : IMessage => rules
        .Malformed(at + "basic", r => of(r).Basic = -1, r => of(r).Basic = 100_001)
        .Malformed(at + "essential", r => of(r).Essential = -1, r => of(r).Essential = 100_001)
        .Malformed(at + "business", r => of(r).Business = -1, r => of(r).Business = 100_001)
        .Malformed(at + "premium", r => of(r).Premium = -1, r => of(r).Premium = 100_001);

    private static RequestRules<T> Limited<T>(RequestRules<T> rules, Func<T, Limits> of, string at)
        where T : IMessage => rules
        .Malformed(at + "max_concurrent_calls", r => of(r).MaxConcurrentCalls = -1, r => of(r).MaxConcurrentCalls = 100_001)
        .Malformed(at + "max_attempts_per_second", r => of(r).MaxAttemptsPerSecond = -1, r => of(r).MaxAttemptsPerSecond = 10_001)
        .Malformed(at + "day_cap_nanos", r => of(r).DayCapNanos = -1)
        .Malformed(at + "month_cap_nanos", r => of(r).MonthCapNanos = -1)
        .Malformed(at + "max_price_per_minute_nanos", r => of(r).MaxPricePerMinuteNanos = -1)
        .Malformed(at + "max_call_seconds", r => of(r).MaxCallSeconds = -1, r => of(r).MaxCallSeconds = 14_401)
        .AnyValue(at + "bar_high_cost", r => of(r).BarHighCost = false, r => of(r).BarHighCost = true)
        .MalformedAs(
            at + "allowed_areas", at + "allowed_areas[1]", r => of(r).AllowedAreas.Add([1, 0]), r => of(r).AllowedAreas.Add([1, 7]))
        .MalformedAs(at + "barred_areas", at + "barred_areas[0]", r => of(r).BarredAreas.Add(-1))
        .Malformed(at + "allowed_countries", r => of(r).AllowedCountries.Add(Enumerable.Repeat("IT", 301)))
        .MalformedAs(at + "allowed_countries", at + "allowed_countries[0]", r => of(r).AllowedCountries.Add("italy"))
        .MalformedAs(at + "barred_countries", at + "barred_countries[0]", r => of(r).BarredCountries.Add(""))
        .MalformedAs(at + "barred_countries", at + "barred_countries[0]", r => of(r).BarredCountries.Add("UK")) // GB: a bar on UK would bar nothing
        .Malformed(at + "allowed_prefixes", r => of(r).AllowedPrefixes.Add(Enumerable.Repeat("39", 1001)))
        .MalformedAs(at + "allowed_prefixes", at + "allowed_prefixes[0]", r => of(r).AllowedPrefixes.Add("+39"), r => of(r).AllowedPrefixes.Add("039"))
        .MalformedAs(at + "barred_prefixes", at + "barred_prefixes[0]", r => of(r).BarredPrefixes.Add(""), r => of(r).BarredPrefixes.Add("1234567890123456"));
}
