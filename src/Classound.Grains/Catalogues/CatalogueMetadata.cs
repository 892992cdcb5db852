using Classound.Charging.Allowances;

namespace Classound.Grains.Catalogues;

/// <summary>All price-list versions and plan versions there are, as of one revision. Immutable.</summary>
/// <param name="Revision">Rises with every change; 0 = nothing was ever imported.</param>
/// <param name="PriceLists">By type, then by number.</param>
/// <param name="Plans">By code, then by effective date.</param>
public sealed record CatalogueMetadata(long Revision, IReadOnlyList<PriceListRecord> PriceLists, IReadOnlyList<PlanEntry> Plans)
{
    public static readonly CatalogueMetadata Empty = new(0, [], []);

    /// <summary>The version in force at a time by what was activated, whether it is loaded or not.</summary>
    public PriceListRecord? InForce(string type, DateTimeOffset at) => PriceLists
        .Where(list => list.Type == type && list.EffectiveAt <= at)
        .OrderBy(list => list.EffectiveAt).ThenBy(list => list.Number).LastOrDefault();
}

/// <summary>A plan version with its number: 1, 2, ... by effective date within its code.</summary>
public sealed record PlanEntry(PlanVersion Plan, int Number, DateTimeOffset CreatedAt);
