using System.Collections.Immutable;
using Classound.Charging.Numbering;
using Classound.Charging.Rating;

namespace Classound.Charging;

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

    /// <summary>What bars this destination, or null. <paramref name="match"/> is null where the price list knows no prefix.</summary>
    public string? WhatBars(E164Number called, PriceListEntry? match)
    {
        if (Any(BarredPrefixes, called)) return "prefix";
        if (!AllowedPrefixes.IsEmpty && !Any(AllowedPrefixes, called)) return "prefix";
        if (match is not { } entry) return null;
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
