namespace Classound.Charging.Rating;

/// <summary>From one second of the call on, a price and the increments it is charged in.</summary>
/// <param name="FromSecond">Elapsed second of the call, 0 or later; an increment that starts at or after it takes this step.</param>
/// <param name="Price">Price per <paramref name="PerSeconds"/>; never negative.</param>
/// <param name="PerSeconds">Seconds the price is for, such as 60.</param>
/// <param name="IncrementSeconds">Length of one increment in seconds; each that starts is charged whole.</param>
public sealed record TariffStep(int FromSecond, Amount Price, int PerSeconds, int IncrementSeconds);
