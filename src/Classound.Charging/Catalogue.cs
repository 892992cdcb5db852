using System.Collections.Frozen;
using Classound.Charging.Allowances;
using Classound.Charging.Rating;

namespace Classound.Charging;

/// <summary>
/// All price-list versions and plan versions this process has loaded: immutable, swapped whole, never loaded on the
/// call path.
/// </summary>
public sealed class Catalogue
{
    public static readonly Catalogue Empty = new([], []);

    private readonly FrozenDictionary<string, PriceListVersion[]> _lists;
    private readonly FrozenDictionary<string, PlanVersion[]> _plans;

    public Catalogue(IEnumerable<PriceListVersion> lists, IEnumerable<PlanVersion> plans)
    {
        _lists = lists.GroupBy(l => l.Type, StringComparer.Ordinal).ToFrozenDictionary(
            g => g.Key, g => g.OrderByDescending(l => l.EffectiveAt).ThenByDescending(l => l.Number).ToArray(), StringComparer.Ordinal);
        _plans = plans.GroupBy(p => p.Code, StringComparer.Ordinal).ToFrozenDictionary(
            g => g.Key, g => g.OrderByDescending(p => p.EffectiveFrom).ToArray(), StringComparer.Ordinal);
    }

    public IEnumerable<PriceListVersion> Lists => _lists.Values.SelectMany(l => l);

    public IEnumerable<PlanVersion> Plans => _plans.Values.SelectMany(p => p);

    /// <summary>Whether any version of the type is loaded, in force or not.</summary>
    public bool HasList(string type) => _lists.ContainsKey(type);

    /// <summary>Whether any version of the plan is loaded, in force or not.</summary>
    public bool HasPlan(string code) => _plans.ContainsKey(code);

    /// <summary>The version with the latest effective time not after <paramref name="at"/>; null = none was in force.</summary>
    public PriceListVersion? InForce(string type, DateTimeOffset at)
    {
        if (!_lists.TryGetValue(type, out var versions)) return null;
        foreach (var version in versions)
            if (version.EffectiveAt <= at) return version;
        return null;
    }

    public PriceListVersion? List(string type, int number)
    {
        if (!_lists.TryGetValue(type, out var versions)) return null;
        foreach (var version in versions)
            if (version.Number == number) return version;
        return null;
    }

    public PlanVersion? PlanInForce(string code, DateOnly on)
    {
        if (!_plans.TryGetValue(code, out var versions)) return null;
        foreach (var version in versions)
            if (version.EffectiveFrom <= on) return version;
        return null;
    }
}
