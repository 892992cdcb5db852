namespace Classound.Charging.Rating;

/// <summary>What a price list says of a destination: a list has thousands of them for a million prefixes.</summary>
/// <param name="Country">ISO 3166-1 alpha-2, or empty where the prefix belongs to no country.</param>
/// <param name="Destination">The list's own name for it, such as "Germany mobile".</param>
/// <param name="Area">Its Call Termination Area (R7).</param>
/// <param name="OwnTariff">Wins over the area's row; null where the row applies.</param>
/// <param name="HighCost">New PBXs are barred from it until someone allows it.</param>
public sealed record PriceListTerms(string Country, string Destination, CallArea Area, Tariff? OwnTariff, bool HighCost);
