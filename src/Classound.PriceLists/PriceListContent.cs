using Classound.Charging.Allowances;
using Classound.Charging.Rating;

namespace Classound.PriceLists;

/// <summary>What one version of a price list says (R15), whatever file it came from. Type, currency and zone come beside it.</summary>
/// <param name="AreaTariffs">The Areas table (R5-R7): the row of each area that has one.</param>
/// <param name="Entries">Call termination: the prefixes, each there once, in any order.</param>
public sealed record PriceListContent(IReadOnlyDictionary<CallArea, Tariff> AreaTariffs, IReadOnlyList<PriceListEntry> Entries)
{
    /// <summary>Flat-fee plans, each code there once.</summary>
    public IReadOnlyList<PlanOffer> Plans { get; init; } = [];

    /// <summary>DID fees, each country and kind there once.</summary>
    public IReadOnlyList<DidFee> DidFees { get; init; } = [];

    /// <summary>FreePhone fees, each country there once.</summary>
    public IReadOnlyList<FreePhoneFee> FreePhoneFees { get; init; } = [];
}
