using System.Collections.Frozen;
using Classound.Charging.Allowances;
using Classound.Charging.Rating;

namespace Classound.Charging;

/// <summary>
/// All price-list versions and plan versions that this process knows: immutable, swapped whole, never loaded on the call path.
/// Of some versions only the outline is here: they take part in finding what is in force, so that an older price is never taken
/// for theirs.
/// </summary>
public sealed class Catalogue
{
    public static readonly Catalogue Empty = new([], []);

    private readonly FrozenDictionary<string, Slot[]> _lists;
    private readonly FrozenDictionary<string, FrozenSet<string>> _listPlans;
    private readonly FrozenDictionary<string, PlanVersion[]> _plans;

    /// <param name="loaded">Versions with their prefixes.</param>
    /// <param name="plans">Plan versions that stand in no list.</param>
    /// <param name="activated">Every version that is or will be in force, loaded or not; those of <paramref name="loaded"/> may be left out.</param>
    public Catalogue(IEnumerable<PriceListVersion> loaded, IEnumerable<PlanVersion> plans, IEnumerable<PriceListOutline>? activated = null)
    {
        var slots = (activated ?? []).ToDictionary(list => (list.Type, list.Number), list => new Slot(list, null));
        foreach (var list in loaded)
        {
            var outline = slots.TryGetValue((list.Type, list.Number), out var known) ? known.Outline : list.Outline;
            slots[(list.Type, list.Number)] = new Slot(outline, list);
        }

        _lists = slots.Values.GroupBy(s => s.Outline.Type, StringComparer.Ordinal).ToFrozenDictionary(
            g => g.Key, g => g.OrderByDescending(s => s.Outline.EffectiveAt).ThenByDescending(s => s.Outline.Number).ToArray(), StringComparer.Ordinal);
        _listPlans = _lists.ToFrozenDictionary(
            l => l.Key, l => l.Value.SelectMany(s => s.Outline.Plans).Select(plan => plan.Code).ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);
        _plans = plans.GroupBy(p => p.Code, StringComparer.Ordinal).ToFrozenDictionary(
            g => g.Key, g => g.OrderByDescending(p => p.EffectiveFrom).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The loaded versions.</summary>
    public IEnumerable<PriceListVersion> Lists => _lists.Values.SelectMany(l => l).Where(s => s.Version is not null).Select(s => s.Version!);

    public IEnumerable<PlanVersion> Plans => _plans.Values.SelectMany(p => p);

    /// <summary>Whether any version of the type is known, in force or not, loaded or not.</summary>
    public bool HasList(string type) => _lists.ContainsKey(type);

    /// <summary>Whether a PBX of this list type can have the plan: a version of the list has it, or a plan version of its own, in force or not.</summary>
    public bool HasPlan(string listType, string code) =>
        _plans.ContainsKey(code) || (_listPlans.TryGetValue(listType, out var codes) && codes.Contains(code));

    /// <summary>Whether <see cref="InForce"/> can be asked: the version in force then is loaded, or there is none.</summary>
    public bool Covers(string type, DateTimeOffset at) => At(type, at) is not { Version: null };

    /// <summary>The version with the latest effective time not after <paramref name="at"/>; null = none was in force.</summary>
    /// <exception cref="InvalidOperationException">It is not loaded (<see cref="Covers"/>): never an older one instead.</exception>
    public PriceListVersion? InForce(string type, DateTimeOffset at) => At(type, at) is not { } slot ? null : slot.Version
        ?? throw new InvalidOperationException($"version {slot.Outline.Number} of price list {type} is not loaded");

    /// <summary>What is known of the version in force at a time, loaded or not; null = none was.</summary>
    public PriceListOutline? OutlineInForce(string type, DateTimeOffset at) => At(type, at)?.Outline;

    /// <summary>A version by its number; null = unknown or not loaded.</summary>
    public PriceListVersion? List(string type, int number) => Find(type, number)?.Version;

    /// <summary>A version by its number, loaded or not; null = unknown.</summary>
    public PriceListOutline? Outline(string type, int number) => Find(type, number)?.Outline;

    public PlanVersion? PlanInForce(string code, DateOnly on)
    {
        if (!_plans.TryGetValue(code, out var versions)) return null;
        foreach (var version in versions)
            if (version.EffectiveFrom <= on) return version;
        return null;
    }

    /// <summary>
    /// The plan of a PBX whose month, or service, begins on a day: as the price list of its type sells it at that time, else as a
    /// plan version of its own says. Where no version of the list was in force yet, and nothing else has the plan, the first one
    /// that came into force since has it: a PBX may be activated on the day its first list begins.
    /// </summary>
    /// <param name="on">The day in the PBX's zone.</param>
    /// <param name="start">The instant at which that day begins there.</param>
    /// <param name="until">The latest instant at which a first version may have come into force.</param>
    public PlanVersion? PlanFor(PbxSettings settings, DateOnly on, DateTimeOffset start, DateTimeOffset until) =>
        At(settings.PriceListType, start) is { } slot
            ? slot.Plan(settings, on) ?? PlanInForce(settings.PlanCode, on)
            : PlanInForce(settings.PlanCode, on) ?? FirstBy(settings.PriceListType, until)?.Plan(settings, on);

    private Slot? At(string type, DateTimeOffset at)
    {
        if (!_lists.TryGetValue(type, out var versions)) return null;
        foreach (var slot in versions)
            if (slot.Outline.EffectiveAt <= at) return slot;
        return null;
    }

    /// <summary>The first version that was in force by a time; of several that began together it is the one with the highest number.</summary>
    private Slot? FirstBy(string type, DateTimeOffset until) =>
        _lists.TryGetValue(type, out var versions) && versions[^1].Outline.EffectiveAt is var first && first <= until ? At(type, first) : null;

    private Slot? Find(string type, int number)
    {
        if (!_lists.TryGetValue(type, out var versions)) return null;
        foreach (var slot in versions)
            if (slot.Outline.Number == number) return slot;
        return null;
    }

    private sealed record Slot(PriceListOutline Outline, PriceListVersion? Version)
    {
        public PlanVersion? Plan(PbxSettings settings, DateOnly on) =>
            Outline.Currency == settings.Currency && Outline.Plans.FirstOrDefault(plan => plan.Code == settings.PlanCode) is { } offer
                ? new PlanVersion(offer.Code, on, offer.Term, offer.MinutesPerUser, offer.Sharing, Outline.Currency, offer.Bands)
                : null;
    }
}
