namespace Classound.Charging.Rating;

/// <summary>What a DID costs, by country and kind of number (R15).</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Kind">The list's own word for it, such as <c>geographic</c>, <c>national</c> or <c>mobile</c>.</param>
/// <param name="Setup">Once per number; 0 or more.</param>
/// <param name="Monthly">Per number and month; 0 or more.</param>
public sealed record DidFee(string Country, string Kind, Amount Setup, Amount Monthly);
