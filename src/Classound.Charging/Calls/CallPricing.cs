using System.Collections.Immutable;
using Classound.Charging.Rating;

namespace Classound.Charging.Calls;

/// <summary>
/// What prices a call, pinned when it was authorised: settling or correcting it needs no price list, and a list
/// changed meanwhile does not touch it.
/// </summary>
public sealed record CallPricing(
    string ListType,
    int ListNumber,
    int Decimals,
    string Prefix,
    string Country,
    string Destination,
    CallArea Area,
    bool OwnTariff,
    Tariff Tariff,
    ImmutableArray<TariffStep> AllowanceTicks)
{
    public static CallPricing Of(PriceListVersion list, PriceListEntry entry, Tariff tariff) => new(
        list.Type, list.Number, list.Decimals, entry.Prefix, entry.Country, entry.Destination, entry.Area,
        entry.OwnTariff is not null, tariff, entry.Area == CallArea.Area1 ? list.AllowanceTicks : []);

    public CallRating Rate(DateTimeOffset answeredAt, int callSeconds, int availableIncludedSeconds) =>
        Rater.Rate(Tariff, Decimals, answeredAt, callSeconds, AllowanceTicks, availableIncludedSeconds);

    public bool Equals(CallPricing? other) =>
        other is not null && ListType == other.ListType && ListNumber == other.ListNumber && Decimals == other.Decimals
        && Prefix == other.Prefix && Country == other.Country && Destination == other.Destination && Area == other.Area
        && OwnTariff == other.OwnTariff && Tariff.Equals(other.Tariff)
        && AllowanceTicks.AsSpan().SequenceEqual(other.AllowanceTicks.AsSpan());

    public override int GetHashCode() => HashCode.Combine(ListType, ListNumber, Prefix);
}
