using System.Globalization;
using Classound.Api.Validation;
using Classound.Contracts.Provisioning.V1;

namespace Classound.Api.Provisioning;

/// <summary>What is malformed in the options of a deck.</summary>
public static class DeckFields
{
    private const int MaxAreaTableBytes = 1 << 20;
    private const int MaxAreaRules = 10_000;
    private const int MaxInternationalPrefix = 5;

    public static void Check(ref FieldViolations violations, string within, DeckOptions deck)
    {
        Columns(ref violations, within, deck);
        Known(ref violations, within + "decimal_separator", deck.DecimalSeparator);
        Known(ref violations, within + "date_order", deck.DateOrder);
        Known(ref violations, within + "code_lists", deck.CodeLists);
        if (deck.Increments.Length > 0 && ParseIncrements(deck.Increments) is null)
        {
            violations.Add(
                within + "increments",
                $"is {TextFields.Shown(deck.Increments)}; expected FIRST/NEXT, each 1 to {NumberFields.MaxCallSeconds} s, such as 60/1.");
        }

        NumberFields.Between(ref violations, within + "default_area", deck.DefaultArea, 0, 6);
        if (deck.AreaRules.Count > MaxAreaRules)
            violations.Add(within + "area_rules", $"has {deck.AreaRules.Count} rows; expected at most {MaxAreaRules}.");
        else
            for (var i = 0; i < deck.AreaRules.Count; i++) Rule(ref violations, At(within + "area_rules", i), deck.AreaRules[i]);
        TextFields.AtMost(ref violations, within + "area_table", deck.AreaTable, MaxAreaTableBytes);
        TextFields.AtMost(ref violations, within + "sheet", deck.Sheet, TextFields.MaxTextBytes);
        if (deck.InternationalPrefix.Length > MaxInternationalPrefix || deck.InternationalPrefix.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            violations.Add(
                within + "international_prefix",
                $"is {TextFields.Shown(deck.InternationalPrefix)}; expected at most {MaxInternationalPrefix} digits, such as 00.");
        }

        NumberFields.NotNegative(ref violations, within + "base_version", deck.BaseVersion);
        if (deck is { NoBase: true, BaseVersion: > 0 })
            violations.Add(within + "base_version", "is given together with no_base; expected one of them.");
    }

    /// <summary>First and next increment in seconds; null for what is none.</summary>
    public static (int First, int Next)? ParseIncrements(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && Seconds(text.AsSpan(0, slash)) is { } first && Seconds(text.AsSpan(slash + 1)) is { } next ? (first, next) : null;
    }

    private static int? Seconds(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= NumberFields.MaxCallSeconds
            ? seconds
            : null;

    private static void Columns(ref FieldViolations violations, string within, DeckOptions deck)
    {
        var seen = new HashSet<DeckTarget>();
        for (var i = 0; i < deck.Columns.Count; i++)
        {
            var (column, at) = (deck.Columns[i], At(within + "columns", i));
            NumberFields.Chosen(ref violations, at + "target", column.Target);
            if (!seen.Add(column.Target)) violations.Add(at + "target", $"is {column.Target} once more; expected each target once.");
            TextFields.Required(ref violations, at + "column", column.Column, TextFields.MaxTextBytes);
        }
    }

    private static void Rule(ref FieldViolations violations, string at, DeckAreaRule rule)
    {
        if (rule.Country.Length > 0) TextFields.KnownCountry(ref violations, at + "country", rule.Country);
        TextFields.AtMost(ref violations, at + "destination", rule.Destination, TextFields.MaxTextBytes);
        NumberFields.Between(ref violations, at + "area", rule.Area, 1, 6);
    }

    private static void Known<TEnum>(ref FieldViolations violations, string field, TEnum value)
        where TEnum : struct, Enum
    {
        if (!Enum.IsDefined(value)) violations.Add(field, $"is {value:D}; expected one of {string.Join(", ", Enum.GetNames<TEnum>().Skip(1))}.");
    }

    private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}].");
}
