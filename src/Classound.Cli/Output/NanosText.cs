using System.Globalization;

namespace Classound.Cli.Output;

/// <summary>Amounts as people write them, exact: 10^-9 currency units in, decimals out, and back.</summary>
public static class NanosText
{
    private const long NanosPerUnit = 1_000_000_000;
    private const int Decimals = 9;
    private const int FewestDecimals = 2;

    /// <summary>For example <c>19.90 EUR</c> or <c>0.004125 EUR</c>: all decimals that are not zero, at least two.</summary>
    public static string Format(long nanos, string currencyCode)
    {
        var magnitude = Int128.Abs(nanos);
        var fraction = ((long)(magnitude % NanosPerUnit)).ToString("D9", CultureInfo.InvariantCulture)
            .TrimEnd('0').PadRight(FewestDecimals, '0');
        var sign = nanos < 0 ? "-" : "";
        var amount = string.Create(CultureInfo.InvariantCulture, $"{sign}{magnitude / NanosPerUnit}.{fraction}");
        return currencyCode.Length == 0 ? amount : $"{amount} {currencyCode}";
    }

    /// <summary>Reads an amount of at most nine decimals with a decimal point, without sign or grouping.</summary>
    public static bool TryParse(string text, out long nanos)
    {
        nanos = 0;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? "" : text[(point + 1)..];
        if (whole.Length == 0 || fraction.Length > Decimals || (point >= 0 && fraction.Length == 0))
            return false;
        if (!long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var units)
            || !long.TryParse(fraction.PadRight(Decimals, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out var rest)
            || units > (long.MaxValue - rest) / NanosPerUnit)
        {
            return false;
        }
        nanos = (units * NanosPerUnit) + rest;
        return true;
    }
}
