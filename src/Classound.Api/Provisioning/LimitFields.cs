using Classound.Api.Validation;
using Classound.Contracts.Provisioning.V1;
using Google.Protobuf.Collections;

namespace Classound.Api.Provisioning;

/// <summary>Ranges of a PBX's limits; 0 and empty lists mean no limit.</summary>
public static class LimitFields
{
    private const int MaxCountries = 300;
    private const int MaxPrefixes = 1000;

    public static void Check(ref FieldViolations violations, string within, Limits limits)
    {
        var before = violations.Within;
        violations.Within = within;
        Numbers(ref violations, limits);
        Areas(ref violations, "allowed_areas", limits.AllowedAreas);
        Areas(ref violations, "barred_areas", limits.BarredAreas);
        Countries(ref violations, "allowed_countries", limits.AllowedCountries);
        Countries(ref violations, "barred_countries", limits.BarredCountries);
        Prefixes(ref violations, "allowed_prefixes", limits.AllowedPrefixes);
        Prefixes(ref violations, "barred_prefixes", limits.BarredPrefixes);
        violations.Within = before;
    }

    private static void Numbers(ref FieldViolations violations, Limits limits)
    {
        NumberFields.Between(ref violations, "max_concurrent_calls", limits.MaxConcurrentCalls, 0, 100_000);
        NumberFields.Between(ref violations, "max_attempts_per_second", limits.MaxAttemptsPerSecond, 0, 10_000);
        NumberFields.NotNegative(ref violations, "day_cap_nanos", limits.DayCapNanos);
        NumberFields.NotNegative(ref violations, "month_cap_nanos", limits.MonthCapNanos);
        NumberFields.NotNegative(ref violations, "max_price_per_minute_nanos", limits.MaxPricePerMinuteNanos);
        NumberFields.Between(ref violations, "max_call_seconds", limits.MaxCallSeconds, 0, NumberFields.MaxCallSeconds);
    }

    private static void Areas(ref FieldViolations violations, string field, RepeatedField<int> areas)
    {
        for (var i = 0; i < areas.Count; i++) NumberFields.Between(ref violations, $"{field}[{i}]", areas[i], 1, 6);
    }

    private static void Countries(ref FieldViolations violations, string field, RepeatedField<string> countries)
    {
        if (!AtMost(ref violations, field, countries.Count, MaxCountries)) return;
        for (var i = 0; i < countries.Count; i++) TextFields.KnownCountry(ref violations, $"{field}[{i}]", countries[i]);
    }

    private static void Prefixes(ref FieldViolations violations, string field, RepeatedField<string> prefixes)
    {
        if (!AtMost(ref violations, field, prefixes.Count, MaxPrefixes)) return;
        for (var i = 0; i < prefixes.Count; i++) TextFields.Prefix(ref violations, $"{field}[{i}]", prefixes[i]);
    }

    private static bool AtMost(ref FieldViolations violations, string field, int count, int most)
    {
        if (count <= most) return true;
        violations.Add(field, $"has {count} entries; expected at most {most}.");
        return false;
    }
}
