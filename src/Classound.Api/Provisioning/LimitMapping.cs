using System.Collections.Immutable;
using Classound.Charging;
using Classound.Charging.Rating;
using Classound.Grains.Pbxs;
using Wire = Classound.Contracts.Provisioning.V1;

namespace Classound.Api.Provisioning;

/// <summary>Limits between the wire and the domain.</summary>
public static class LimitMapping
{
    private const int Areas = 6;

    /// <param name="limits">Checked by <see cref="LimitFields"/>.</param>
    /// <param name="barHighCost">What it means when the request leaves this one open.</param>
    public static PbxLimits Parse(Wire.Limits limits, bool barHighCost) => new()
    {
        MaxConcurrentCalls = limits.MaxConcurrentCalls,
        MaxAttemptsPerSecond = limits.MaxAttemptsPerSecond,
        DayCap = new Amount(limits.DayCapNanos),
        MonthCap = new Amount(limits.MonthCapNanos),
        MaxPricePerMinute = new Amount(limits.MaxPricePerMinuteNanos),
        MaxCallSeconds = limits.MaxCallSeconds,
        BarHighCost = limits.HasBarHighCost ? limits.BarHighCost : barHighCost,
        AllowedAreas = Bits(limits.AllowedAreas),
        BarredAreas = Bits(limits.BarredAreas),
        AllowedCountries = Countries(limits.AllowedCountries),
        BarredCountries = Countries(limits.BarredCountries),
        AllowedPrefixes = Prefixes(limits.AllowedPrefixes),
        BarredPrefixes = Prefixes(limits.BarredPrefixes),
    };

    /// <param name="limits">Checked by <see cref="LimitFields"/>; null = all unset.</param>
    /// <param name="paths">Of the update mask: what is named and unset is lifted, but bar_high_cost stays as it is.</param>
    /// <returns>Null = no limit is named.</returns>
    public static LimitsChange? Change(Wire.Limits? limits, IReadOnlyCollection<string> paths)
    {
        if (!paths.Any(path => path.StartsWith("limits", StringComparison.Ordinal))) return null;
        var all = paths.Contains("limits");
        var wanted = Parse(limits ?? new Wire.Limits(), barHighCost: false);
        return new LimitsChange
        {
            MaxConcurrentCalls = Named("max_concurrent_calls") ? wanted.MaxConcurrentCalls : null,
            MaxAttemptsPerSecond = Named("max_attempts_per_second") ? wanted.MaxAttemptsPerSecond : null,
            DayCap = Named("day_cap_nanos") ? wanted.DayCap : null,
            MonthCap = Named("month_cap_nanos") ? wanted.MonthCap : null,
            MaxPricePerMinute = Named("max_price_per_minute_nanos") ? wanted.MaxPricePerMinute : null,
            MaxCallSeconds = Named("max_call_seconds") ? wanted.MaxCallSeconds : null,
            BarHighCost = Named("bar_high_cost") && limits is { HasBarHighCost: true } ? limits.BarHighCost : null,
            AllowedAreas = Named("allowed_areas") ? wanted.AllowedAreas : null,
            BarredAreas = Named("barred_areas") ? wanted.BarredAreas : null,
            AllowedCountries = Named("allowed_countries") ? wanted.AllowedCountries : null,
            BarredCountries = Named("barred_countries") ? wanted.BarredCountries : null,
            AllowedPrefixes = Named("allowed_prefixes") ? wanted.AllowedPrefixes : null,
            BarredPrefixes = Named("barred_prefixes") ? wanted.BarredPrefixes : null,
        };

        bool Named(string limit) => all || paths.Contains("limits." + limit);
    }

    public static Wire.Limits ToWire(PbxLimits limits)
    {
        var reply = new Wire.Limits
        {
            MaxConcurrentCalls = limits.MaxConcurrentCalls,
            MaxAttemptsPerSecond = limits.MaxAttemptsPerSecond,
            DayCapNanos = limits.DayCap.Nanos,
            MonthCapNanos = limits.MonthCap.Nanos,
            MaxPricePerMinuteNanos = limits.MaxPricePerMinute.Nanos,
            MaxCallSeconds = limits.MaxCallSeconds,
            BarHighCost = limits.BarHighCost,
        };
        reply.AllowedAreas.AddRange(Numbers(limits.AllowedAreas));
        reply.BarredAreas.AddRange(Numbers(limits.BarredAreas));
        reply.AllowedCountries.AddRange(limits.AllowedCountries);
        reply.BarredCountries.AddRange(limits.BarredCountries);
        reply.AllowedPrefixes.AddRange(limits.AllowedPrefixes.Select(prefix => prefix.ToString()));
        reply.BarredPrefixes.AddRange(limits.BarredPrefixes.Select(prefix => prefix.ToString()));
        return reply;
    }

    private static int Bits(IEnumerable<int> areas) => areas.Aggregate(0, (bits, area) => bits | (1 << (area - 1)));

    private static IEnumerable<int> Numbers(int bits) => Enumerable.Range(1, Areas).Where(area => (bits & (1 << (area - 1))) != 0);

    // Sets, in one order, so that the same limits sent in another order are a repeat and not a conflict.
    private static ImmutableArray<string> Countries(IEnumerable<string> countries) =>
        [.. countries.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static ImmutableArray<NumberPrefix> Prefixes(IEnumerable<string> prefixes) =>
        [.. prefixes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Prefix)];

    private static NumberPrefix Prefix(string text) =>
        NumberPrefix.TryParse(text, out var prefix)
            ? prefix
            : throw new ArgumentException("Not a prefix; it was to be checked before.", nameof(text));
}
