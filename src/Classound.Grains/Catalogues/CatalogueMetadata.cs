using Classound.Charging.Allowances;
using Classound.Charging.Rating;

namespace Classound.Grains.Catalogues;

/// <summary>All price-list versions and plan versions there are, as of one revision. Immutable.</summary>
/// <param name="Revision">Rises with every change; 0 = nothing was ever imported.</param>
/// <param name="PriceLists">By type, then by number.</param>
/// <param name="Plans">By code, then by effective date.</param>
public sealed record CatalogueMetadata(long Revision, IReadOnlyList<PriceListRecord> PriceLists, IReadOnlyList<PlanEntry> Plans)
{
    public static readonly CatalogueMetadata Empty = new(0, [], []);

    /// <summary>Plans of price lists, by the hash of the content that they stand in.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PlanOffer>> PlanSheets { get; init; } = new Dictionary<string, IReadOnlyList<PlanOffer>>();

    public PriceListRecord? Find(string type, int number) => PriceLists.FirstOrDefault(list => list.Type == type && list.Number == number);

    /// <summary>The plans that a version sells.</summary>
    public IReadOnlyList<PlanOffer> PlansOf(PriceListRecord list) => PlanSheets.GetValueOrDefault(list.ContentSha256) ?? [];

    /// <summary>Whether a version of the list type sells the plan, be it a draft.</summary>
    public bool ListHasPlan(string type, string planCode) =>
        PriceLists.Any(list => list.Type == type && PlansOf(list).Any(plan => plan.Code == planCode));

    /// <summary>Every version that is or will be in force.</summary>
    public IEnumerable<PriceListOutline> Activated() => PriceLists
        .Where(list => list.EffectiveAt is not null)
        .Select(list => new PriceListOutline(list.Type, list.Currency, list.Number, list.EffectiveAt!.Value, PlansOf(list)));

    /// <summary>The version in force at a time by what was activated, whether it is loaded or not.</summary>
    public PriceListRecord? InForce(string type, DateTimeOffset at) => PriceLists
        .Where(list => list.Type == type && list.EffectiveAt <= at)
        .OrderBy(list => list.EffectiveAt).ThenBy(list => list.Number).LastOrDefault();
}

/// <summary>A plan version with its number: 1, 2, ... by effective date within its code.</summary>
public sealed record PlanEntry(PlanVersion Plan, int Number, DateTimeOffset CreatedAt);
