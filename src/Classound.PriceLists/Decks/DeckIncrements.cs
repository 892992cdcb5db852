using System.Collections.Immutable;
using System.Globalization;
using Classound.Charging;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Decks;

/// <summary>First block and the increments after it, such as 30/6.</summary>
/// <param name="First">Seconds, 1 to 14,400.</param>
/// <param name="Next">Seconds, 1 to 14,400.</param>
public readonly record struct DeckIncrements(int First, int Next)
{
    public const string Expected = "expected increments in seconds such as 30/6, 60/60 or 1";

    private const string Separators = "/+:-";
    private const string Unit = " sSeEcCoOnNdD."; // of "s", "sec", "Seconds"

    public static readonly DeckIncrements BySecond = new(1, 1);

    /// <summary>Reads 30/6, 1+1, 60:1 or 60-60 and a single number, which counts for both; a unit such as "s" or "sec" may follow.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DeckIncrements increments)
    {
        var trimmed = text.Trim();
        increments = IsOneOf(trimmed, "per second", "second", "sec", "per sec") ? BySecond
            : IsOneOf(trimmed, "per minute", "minute", "min", "per min") ? new DeckIncrements(60, 60)
            : default;
        if (increments != default) return true;
        var at = trimmed.IndexOfAny(Separators);
        var first = at < 0 ? trimmed : trimmed[..at];
        var next = at < 0 ? trimmed : trimmed[(at + 1)..];
        if (!TryParseSeconds(first, out var a) || !TryParseSeconds(next, out var b)) return false;
        increments = new DeckIncrements(a, b);
        return true;
    }

    private static bool IsOneOf(ReadOnlySpan<char> text, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    public static bool TryParseSeconds(ReadOnlySpan<char> text, out int seconds)
    {
        var digits = text.Trim().TrimEnd(Unit);
        if (digits.EndsWith(".0") || digits.EndsWith(",0")) digits = digits[..^2];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out seconds)
            && seconds is >= 1 and <= PbxLimits.LongestCallSeconds;
    }

    /// <summary>One step where both are the same, else the first block and then the others.</summary>
    public ImmutableArray<TariffStep> Steps(Amount pricePerMinute) => First == Next
        ? [new TariffStep(0, pricePerMinute, 60, First)]
        : [new TariffStep(0, pricePerMinute, 60, First), new TariffStep(First, pricePerMinute, 60, Next)];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}/{Next}");
}
