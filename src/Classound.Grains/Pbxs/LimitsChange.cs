using System.Collections.Immutable;
using Classound.Charging;
using Classound.Charging.Rating;

namespace Classound.Grains.Pbxs;

/// <summary>
/// Limits to change; null = leave as it is. Merged inside the grain's turn: of two operators who change different limits
/// at once, neither takes the other's back. Units as in <see cref="PbxLimits"/>; 0 and an empty list lift a limit.
/// </summary>
public sealed record LimitsChange
{
    public int? MaxConcurrentCalls { get; init; }
    public int? MaxAttemptsPerSecond { get; init; }
    public Amount? DayCap { get; init; }
    public Amount? MonthCap { get; init; }
    public Amount? MaxPricePerMinute { get; init; }
    public int? MaxCallSeconds { get; init; }
    public bool? BarHighCost { get; init; }
    public int? AllowedAreas { get; init; }
    public int? BarredAreas { get; init; }
    public ImmutableArray<string>? AllowedCountries { get; init; }
    public ImmutableArray<string>? BarredCountries { get; init; }
    public ImmutableArray<NumberPrefix>? AllowedPrefixes { get; init; }
    public ImmutableArray<NumberPrefix>? BarredPrefixes { get; init; }

    public PbxLimits ApplyTo(PbxLimits limits) => limits with
    {
        MaxConcurrentCalls = MaxConcurrentCalls ?? limits.MaxConcurrentCalls,
        MaxAttemptsPerSecond = MaxAttemptsPerSecond ?? limits.MaxAttemptsPerSecond,
        DayCap = DayCap ?? limits.DayCap,
        MonthCap = MonthCap ?? limits.MonthCap,
        MaxPricePerMinute = MaxPricePerMinute ?? limits.MaxPricePerMinute,
        MaxCallSeconds = MaxCallSeconds ?? limits.MaxCallSeconds,
        BarHighCost = BarHighCost ?? limits.BarHighCost,
        AllowedAreas = AllowedAreas ?? limits.AllowedAreas,
        BarredAreas = BarredAreas ?? limits.BarredAreas,
        AllowedCountries = AllowedCountries ?? limits.AllowedCountries,
        BarredCountries = BarredCountries ?? limits.BarredCountries,
        AllowedPrefixes = AllowedPrefixes ?? limits.AllowedPrefixes,
        BarredPrefixes = BarredPrefixes ?? limits.BarredPrefixes,
    };
}
