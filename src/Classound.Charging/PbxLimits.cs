using System.Collections.Immutable;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;

namespace Classound.Charging;

/// <summary>Leading digits of an E.164 number, without the plus.</summary>
public readonly record struct NumberPrefix(ulong Digits, int Length)
{
    /// <summary>Rises in the order of the digits, a prefix before the longer ones that it starts: 4, 49, 4915, 5.</summary>
    public ulong SortKey => (Digits * DecimalDigits.Power(E164Number.MaxDigits - Length) << 4) | (uint)Length;

    /// <summary>1..15 digits, the first not 0.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out NumberPrefix prefix)
    {
        prefix = default;
        if (text.Length is 0 or > 15 || text[0] == '0') return false;
        var digits = 0UL;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
            digits = (digits * 10) + (ulong)(c - '0');
        }
        prefix = new NumberPrefix(digits, text.Length);
        return true;
    }

    public bool Matches(E164Number number)
    {
        var excess = number.Length - Length;
        if (excess < 0) return false;
        var digits = number.Digits;
        for (; excess > 0; excess--) digits /= 10;
        return digits == Digits;
    }

    public override string ToString() => Digits.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Limits and fraud control of one PBX. 0 means no limit, an empty list no restriction.</summary>
public sealed record PbxLimits
{
    /// <summary>R14: a call lasts at most four hours.</summary>
    public const int LongestCallSeconds = 4 * 60 * 60;

    /// <summary>A new PBX cannot call high-cost destinations until somebody allows it.</summary>
    public static readonly PbxLimits ForNewPbx = new() { BarHighCost = true };

    public int MaxConcurrentCalls { get; init; }

    /// <summary>Every new call id counts, barred ones too.</summary>
    public int MaxAttemptsPerSecond { get; init; }
    public Amount DayCap { get; init; }
    public Amount MonthCap { get; init; }

    /// <summary>Of the money part; an equal price passes.</summary>
    public Amount MaxPricePerMinute { get; init; }
    public int MaxCallSeconds { get; init; }
    public bool BarHighCost { get; init; }

    /// <summary>One bit per area, bit 0 = area 1; 0 = all allowed.</summary>
    public int AllowedAreas { get; init; }
    public int BarredAreas { get; init; }
    public ImmutableArray<string> AllowedCountries { get; init; } = [];
    public ImmutableArray<string> BarredCountries { get; init; } = [];
    public ImmutableArray<NumberPrefix> AllowedPrefixes { get; init; } = [];
    public ImmutableArray<NumberPrefix> BarredPrefixes { get; init; } = [];

    public int EffectiveMaxCallSeconds => MaxCallSeconds is > 0 and < LongestCallSeconds ? MaxCallSeconds : LongestCallSeconds;

    /// <summary>What bars this destination, or null. <paramref name="entry"/> is null where the price list knows no prefix.</summary>
    public string? WhatBars(E164Number called, PriceListEntry? entry)
    {
        if (Any(BarredPrefixes, called)) return "prefix";
        if (!AllowedPrefixes.IsEmpty && !Any(AllowedPrefixes, called)) return "prefix";
        if (entry is null) return null;
        if (BarredCountries.Contains(entry.Country)) return "country";
        if (!AllowedCountries.IsEmpty && !AllowedCountries.Contains(entry.Country)) return "country";
        var area = 1 << ((int)entry.Area - 1);
        if ((BarredAreas & area) != 0 || (AllowedAreas != 0 && (AllowedAreas & area) == 0)) return "area";
        return BarHighCost && entry.HighCost ? "high_cost" : null;
    }

    private static bool Any(ImmutableArray<NumberPrefix> prefixes, E164Number called)
    {
        foreach (var prefix in prefixes)
            if (prefix.Matches(called)) return true;
        return false;
    }

    public bool Equals(PbxLimits? other) =>
        other is not null && MaxConcurrentCalls == other.MaxConcurrentCalls && MaxAttemptsPerSecond == other.MaxAttemptsPerSecond
        && DayCap == other.DayCap && MonthCap == other.MonthCap && MaxPricePerMinute == other.MaxPricePerMinute
        && MaxCallSeconds == other.MaxCallSeconds && BarHighCost == other.BarHighCost
        && AllowedAreas == other.AllowedAreas && BarredAreas == other.BarredAreas
        && AllowedCountries.AsSpan().SequenceEqual(other.AllowedCountries.AsSpan())
        && BarredCountries.AsSpan().SequenceEqual(other.BarredCountries.AsSpan())
        && AllowedPrefixes.AsSpan().SequenceEqual(other.AllowedPrefixes.AsSpan())
        && BarredPrefixes.AsSpan().SequenceEqual(other.BarredPrefixes.AsSpan());

    public override int GetHashCode() => HashCode.Combine(MaxConcurrentCalls, DayCap, MonthCap, MaxCallSeconds);
}
