namespace Classound.Charging.Rating;

/// <summary>What a FreePhone number (toll-free inbound) costs, by its country (R16).</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Monthly">Per number and month; 0 or more.</param>
/// <param name="Fixed">Per 60 s of a call that comes from a fixed line; 0 or more.</param>
/// <param name="Mobile">The same from a mobile.</param>
/// <param name="Payphone">The same from a payphone.</param>
public sealed record FreePhoneFee(string Country, Amount Monthly, Amount Fixed, Amount Mobile, Amount Payphone);
