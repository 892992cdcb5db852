using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Classound.Cli.Output;

/// <summary>Values of the contracts in words.</summary>
public static partial class Words
{
    /// <summary>The name of an enum value without its type's prefix: <c>DENIAL_REASON_NO_PRICE</c> is NO_PRICE.</summary>
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, System.Enum
    {
        var member = typeof(TEnum).GetField(value.ToString());
        var full = member?.GetCustomAttributes(typeof(OriginalNameAttribute), false).OfType<OriginalNameAttribute>().FirstOrDefault()?.Name;
        if (full is null)
            return value.ToString();
        var prefix = WordStart().Replace(typeof(TEnum).Name, "_$1").ToUpperInvariant() + "_";
        return full.StartsWith(prefix, StringComparison.Ordinal) ? full[prefix.Length..] : full;
    }

    /// <summary>ISO 8601 in UTC; empty for an absent time.</summary>
    public static string Of(Timestamp? time) =>
        time is null ? "" : time.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Seconds, and the same as hours, minutes and seconds from one minute on.</summary>
    public static string Seconds(long seconds)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{seconds} s");
        return seconds < 60
            ? text
            : text + string.Create(CultureInfo.InvariantCulture, $" ({seconds / 3600}:{seconds / 60 % 60:D2}:{seconds % 60:D2})");
    }

    /// <summary>What is used and held of what was granted, in seconds.</summary>
    public static string Allowance(long used, long held, long granted) =>
        $"{Seconds(used)} used, {Seconds(held)} held, of {Seconds(granted)}";

    public static string YesNo(bool value) => value ? "yes" : "no";

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex WordStart();
}
