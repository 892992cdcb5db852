namespace Classound.PriceLists;

/// <summary>One version of a price list as it is handed out: its content and what stands on its title page.</summary>
/// <param name="OperatorName">Who sells by it; empty where it is not configured.</param>
/// <param name="Type">END_USER, GOLD ...</param>
/// <param name="Version">From 1; 0 = not imported yet.</param>
/// <param name="Currency">ISO 4217, of every amount.</param>
/// <param name="TimeZoneId">IANA; the zone of its dates.</param>
/// <param name="Decimals">Decimals to which a call is rounded, 0 to 9.</param>
/// <param name="EffectiveFrom">Null = a draft.</param>
/// <param name="EffectiveUntil">Where the next version takes over; null = open.</param>
public sealed record PriceListDocument(
    string OperatorName, string Type, int Version, string Currency, string TimeZoneId, int Decimals,
    DateTimeOffset? EffectiveFrom, DateTimeOffset? EffectiveUntil, PriceListContent Content);
