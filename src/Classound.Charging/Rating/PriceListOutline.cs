using Classound.Charging.Allowances;

namespace Classound.Charging.Rating;

/// <summary>
/// What is known of a price-list version without its prefixes. Prefixes may leave memory; this stays, so that it is always known
/// which version was in force at a time, and what its plans are.
/// </summary>
/// <param name="Type">END_USER, GOLD ...</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Number">From 1.</param>
/// <param name="EffectiveAt">In force from here on, until a version with a later time.</param>
/// <param name="Plans">Its flat-fee plans, each code there once.</param>
public sealed record PriceListOutline(
    string Type, string Currency, int Number, DateTimeOffset EffectiveAt, IReadOnlyList<PlanOffer> Plans);
