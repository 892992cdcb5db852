using System.Globalization;

namespace Classound.Api.Validation;

/// <summary>Ranges of integers and enums.</summary>
public static class NumberFields
{
    /// <summary>R14: four hours.</summary>
    public const int MaxCallSeconds = 14_400;

    /// <summary>Two days: far above R14, so that a call that an edge failed to end is still recorded and flagged.</summary>
    public const long MaxDurationMs = 172_800_000;

    public const int MaxPageSize = 1000;
    public const int DefaultPageSize = 100;

    public static void Between(ref FieldViolations violations, string field, long value, long least, long most)
    {
        if (value < least || value > most)
            violations.Add(field, string.Create(CultureInfo.InvariantCulture, $"is {value}; expected {least} to {most}."));
    }

    public static void NotNegative(ref FieldViolations violations, string field, long value)
    {
        if (value < 0) violations.Add(field, string.Create(CultureInfo.InvariantCulture, $"is {value}; expected 0 or more."));
    }

    /// <summary>A value that the enum defines, and not its UNSPECIFIED.</summary>
    public static void Chosen<TEnum>(ref FieldViolations violations, string field, TEnum value)
        where TEnum : struct, Enum
    {
        if (EqualityComparer<TEnum>.Default.Equals(value, default) || !Enum.IsDefined(value))
            violations.Add(field, $"is {value:D}; expected one of {string.Join(", ", Enum.GetNames<TEnum>().Skip(1))}.");
    }

    /// <summary>1 to 1000, and 0 for the default.</summary>
    public static void PageSize(ref FieldViolations violations, string field, int value) =>
        Between(ref violations, field, value, 0, MaxPageSize);

    /// <summary>How many rows a request asks for.</summary>
    public static int PageSizeOf(int pageSize) => pageSize == 0 ? DefaultPageSize : pageSize;
}
