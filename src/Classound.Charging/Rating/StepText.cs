using System.Collections.Immutable;
using System.Globalization;

namespace Classound.Charging.Rating;

/// <summary>Steps as one cell of a price list: <c>[FROM:]PRICE/PER+INCREMENT|...</c>.</summary>
internal static class StepText
{
    private const string Expected = "expected [FROM:]PRICE/PER+INCREMENT such as 30:0.012/60+6";

    public static bool TryParse(ReadOnlySpan<char> text, out ImmutableArray<TariffStep> steps, out string? error)
    {
        var read = ImmutableArray.CreateBuilder<TariffStep>();
        steps = [];
        foreach (var range in text.Split('|'))
        {
            var part = text[range].Trim();
            if (!TryParseStep(part, out var step))
            {
                error = string.Create(CultureInfo.InvariantCulture, $"step {read.Count + 1} \"{part}\": {Expected}");
                return false;
            }

            read.Add(step);
        }

        error = TariffRules.CheckSteps(read.ToImmutable());
        if (error is null) steps = read.ToImmutable();
        return error is null;
    }

    public static string Format(ImmutableArray<TariffStep> steps) =>
        string.Join('|', steps.Select(s => s.FromSecond == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{s.Price}/{s.PerSeconds}+{s.IncrementSeconds}")
            : string.Create(CultureInfo.InvariantCulture, $"{s.FromSecond}:{s.Price}/{s.PerSeconds}+{s.IncrementSeconds}")));

    private static bool TryParseStep(ReadOnlySpan<char> text, out TariffStep step)
    {
        step = null!;
        var from = 0;
        var colon = text.IndexOf(':');
        if (colon >= 0 && !TryParseSeconds(text[..colon], out from)) return false;
        var rest = text[(colon + 1)..];
        var slash = rest.IndexOf('/');
        var plus = rest.IndexOf('+');
        if (slash < 0 || plus < slash) return false;
        if (!Amount.TryParse(rest[..slash], out var price)) return false;
        if (!TryParseSeconds(rest[(slash + 1)..plus], out var per)) return false;
        if (!TryParseSeconds(rest[(plus + 1)..], out var increment)) return false;
        step = new TariffStep(from, price, per, increment);
        return true;
    }

    private static bool TryParseSeconds(ReadOnlySpan<char> text, out int seconds) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds);
}
