namespace Classound.Grains.Catalogues;

/// <summary>Why a change of the catalogue was not made.</summary>
public enum CatalogueRefusal : byte
{
    None = 0,

    /// <summary>The type has versions in another currency.</summary>
    CurrencyDiffers,

    /// <summary>The type has versions in another time zone.</summary>
    TimeZoneDiffers,

    /// <summary>There is no such version.</summary>
    VersionUnknown,

    /// <summary>
    /// At the time asked for, which is more than a minute ago, another version was in force: the price of that time would
    /// change after the fact.
    /// </summary>
    PastIsPriced,

    /// <summary>The version is in force, or was, from another time on.</summary>
    AlreadyActivated,

    /// <summary>The plan code has a version of this date with other content.</summary>
    PlanDiffers,

    /// <summary>The plan code has another currency.</summary>
    PlanCurrencyDiffers,

    /// <summary>The effective times of the parts of an import do not rise.</summary>
    TimesDoNotRise,

    /// <summary>There are as many versions, or plans, as the catalogue takes.</summary>
    CatalogueFull,

    /// <summary>A plan that the version before sells is not sold any more, and no plan version of its own takes its place.</summary>
    PlanNotSold,

    /// <summary>A version with a higher number is in force from the same time on: this one never would be.</summary>
    TimeTaken,
}

/// <summary>An import or activation was made, was made before, or is refused.</summary>
/// <param name="Refusal">None = made.</param>
/// <param name="PriceLists">The versions, in the order of the parts of an import; empty when refused.</param>
/// <param name="Repeated">They had all been made before; nothing changed now.</param>
/// <param name="Revision">Revision of the catalogue that has them.</param>
public sealed record PriceListReply(CatalogueRefusal Refusal, IReadOnlyList<PriceListRecord> PriceLists, bool Repeated, long Revision)
{
    /// <summary>For people: what stands in the way. Empty when made.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The first version, which is the only one of an activation; null when refused.</summary>
    public PriceListRecord? PriceList => PriceLists.Count == 0 ? null : PriceLists[0];
}

/// <summary>A plan version was made, was made before, or is refused.</summary>
/// <param name="Refusal">None = made.</param>
/// <param name="Plan">The version; null when refused.</param>
/// <param name="Repeated">It had been made before; nothing changed now.</param>
/// <param name="Revision">Revision of the catalogue that has it.</param>
public sealed record PlanReply(CatalogueRefusal Refusal, PlanEntry? Plan, bool Repeated, long Revision)
{
    /// <summary>The first field that differs from what exists, or stands in the way: its name in the API.</summary>
    public string Field { get; init; } = "";

    /// <summary>For people: what stands in the way. Empty when made.</summary>
    public string Detail { get; init; } = "";
}
