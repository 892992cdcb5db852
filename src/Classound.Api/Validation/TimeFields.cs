using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Classound.Api.Validation;

/// <summary>Times, months and days. The wire can carry a Timestamp that is none; the library throws on its use only.</summary>
public static class TimeFields
{
    private const long FirstSecond = -62_135_596_800; // 0001-01-01T00:00:00Z
    private const long LastSecond = 253_402_300_799; // 9999-12-31T23:59:59Z
    private const int MaxNanos = 999_999_999;

    public static void Optional(ref FieldViolations violations, string field, Timestamp? value)
    {
        if (value is not null && (value.Seconds is < FirstSecond or > LastSecond || value.Nanos is < 0 or > MaxNanos))
            violations.Add(field, "is no time; expected years 1 to 9999 and 0 to 999999999 nanos.");
    }

    public static void Required(ref FieldViolations violations, string field, Timestamp? value)
    {
        if (value is null) violations.Add(field, "is missing; expected a time.");
        else Optional(ref violations, field, value);
    }

    /// <summary>A calendar month such as "2026-11", as the integer YYYYMM; from 1970-01 on, as the store keeps them.</summary>
    public static int Month(ref FieldViolations violations, string field, string value)
    {
        if (DateOnly.TryParseExact(value, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && first.Year >= 1970)
            return first.Year * 100 + first.Month;
        violations.Add(field, $"is {TextFields.Shown(value)}; expected a month from 1970-01 on, such as 2026-11.");
        return 0;
    }

    /// <summary>A calendar day such as "2026-11-15".</summary>
    public static DateOnly Date(ref FieldViolations violations, string field, string value)
    {
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        violations.Add(field, $"is {TextFields.Shown(value)}; expected a day, such as 2026-11-15.");
        return default;
    }
}
