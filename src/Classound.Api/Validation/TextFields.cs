using System.Globalization;
using System.Text;
using Classound.Charging.Numbering;
using Classound.PriceLists;

namespace Classound.Api.Validation;

/// <summary>
/// Shapes of text fields. A number that is not E.164 is not malformed on a call: that is a user's mistake and becomes
/// a denial (R10). Only provisioning, where nobody is waiting on the line, refuses it here.
/// </summary>
public static class TextFields
{
    public const int MaxPbxIdChars = 64;
    public const int MaxTextBytes = 128;
    public const int MaxPriceListTypeChars = 32;
    public const int MaxPlanCodeChars = 64;

    public static void PbxId(ref FieldViolations violations, string field, string value) =>
        Name(ref violations, field, value, MaxPbxIdChars);

    public static void PlanCode(ref FieldViolations violations, string field, string value) =>
        Name(ref violations, field, value, MaxPlanCodeChars);

    public static void CallId(ref FieldViolations violations, string field, string value)
    {
        if (value.Length == 0) violations.Add(field, "is empty; expected 1 to 128 bytes.");
        else AtMost(ref violations, field, value, MaxTextBytes);
    }

    public static void PriceListType(ref FieldViolations violations, string field, string value)
    {
        if (value.Length is 0 or > MaxPriceListTypeChars || value.AsSpan().ContainsAnyExcept(UpperCaseNameChars))
            violations.Add(field, $"is {Shown(value)}; expected 1 to {MaxPriceListTypeChars} characters of A-Z 0-9 _, such as END_USER.");
    }

    /// <summary>ISO 3166-1 alpha-2 by its shape: which countries exist is data, and new ones need no release.</summary>
    public static void Country(ref FieldViolations violations, string field, string value)
    {
        if (value.Length != 2 || value.AsSpan().ContainsAnyExceptInRange('A', 'Z'))
            violations.Add(field, $"is {Shown(value)}; expected two capital letters of ISO 3166-1, such as IT.");
    }

    /// <summary>A country that exists: the emergency numbers of a PBX hang on it.</summary>
    public static void KnownCountry(ref FieldViolations violations, string field, string value)
    {
        if (!CountryCodes.IsKnown(value))
            violations.Add(field, $"is {Shown(value)}; expected a country of ISO 3166-1 as two capital letters, such as IT.");
    }

    public static void OptionalCountry(ref FieldViolations violations, string field, string value)
    {
        if (value.Length != 0) Country(ref violations, field, value);
    }

    /// <summary>ISO 4217 by its shape.</summary>
    public static void Currency(ref FieldViolations violations, string field, string value)
    {
        if (value.Length != 3 || value.AsSpan().ContainsAnyExceptInRange('A', 'Z'))
            violations.Add(field, $"is {Shown(value)}; expected three capital letters of ISO 4217, such as EUR.");
    }

    /// <summary>An IANA zone that this machine knows. Windows names are refused: they would not survive a move of the store.</summary>
    public static void TimeZone(ref FieldViolations violations, string field, string value)
    {
        if (value.Length is 0 or > MaxTextBytes || !TimeZoneInfo.TryFindSystemTimeZoneById(value, out var zone) || !zone.HasIanaId)
            violations.Add(field, $"is {Shown(value)}; expected an IANA time zone, such as Europe/Rome.");
    }

    public static void E164(ref FieldViolations violations, string field, string value)
    {
        var form = E164Number.Parse(value, out _);
        if (form != NumberForm.E164) violations.Add(field, NumberForms.Reason(form));
    }

    /// <summary>Digits of a number's beginning, 1 to 15, without '+'.</summary>
    public static void Prefix(ref FieldViolations violations, string field, string value)
    {
        if (value.Length is 0 or > E164Number.MaxDigits || value.AsSpan().ContainsAnyExceptInRange('0', '9') || value[0] == '0')
            violations.Add(field, $"is {Shown(value)}; expected 1 to 15 digits without '+', the first of them 1-9.");
    }

    public static void Required(ref FieldViolations violations, string field, string value, int maxBytes)
    {
        if (string.IsNullOrWhiteSpace(value)) violations.Add(field, $"is empty; expected 1 to {maxBytes} bytes.");
        else AtMost(ref violations, field, value, maxBytes);
    }

    public static void AtMost(ref FieldViolations violations, string field, string value, int maxBytes)
    {
        // No text has more UTF-16 units than UTF-8 bytes, nor more bytes than three for each: most need no counting.
        if (value.Length * 3 <= maxBytes) return;
        var bytes = Encoding.UTF8.GetByteCount(value);
        if (bytes > maxBytes)
            violations.Add(field, string.Create(CultureInfo.InvariantCulture, $"has {bytes} bytes; expected at most {maxBytes}."));
    }

    /// <summary>A value as it may stand in an error: cut, so that a stray file does not come back whole.</summary>
    public static string Shown(string value) =>
        value.Length == 0 ? "empty" : value.Length <= 40 ? $"\"{value}\"" : $"\"{value.AsSpan(0, 40)}...\"";

    private static void Name(ref FieldViolations violations, string field, string value, int maxChars)
    {
        if (value.Length == 0 || value.Length > maxChars || value.AsSpan().ContainsAnyExcept(NameChars))
            violations.Add(field, $"is {Shown(value)}; expected 1 to {maxChars} characters of A-Z a-z 0-9 . _ -");
    }

    private static readonly System.Buffers.SearchValues<char> NameChars =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    private static readonly System.Buffers.SearchValues<char> UpperCaseNameChars =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
}
