namespace Classound.PriceLists;

/// <summary>What holds for a whole list, as far as it is said: by the row of kind <c>list</c> in its file, or by who imports it.</summary>
public sealed record PriceListFacts
{
    /// <summary>END_USER, GOLD ...; empty = not said.</summary>
    public string Type { get; init; } = "";

    /// <summary>ISO 4217; empty = not said.</summary>
    public string Currency { get; init; } = "";

    /// <summary>IANA; empty = not said.</summary>
    public string TimeZoneId { get; init; } = "";

    /// <summary>Decimals to which a call is rounded, 0 to 9; null = not said.</summary>
    public int? Decimals { get; init; }
}
