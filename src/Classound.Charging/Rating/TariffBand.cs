using System.Collections.Immutable;

namespace Classound.Charging.Rating;

/// <summary>Prices of one part of the week, in the tariff's <see cref="Tariff.BandTimeZoneId"/>.</summary>
/// <param name="Days">Days on which the band starts. What wraps past midnight belongs to the day it started on.</param>
/// <param name="FromMinute">First minute of the local day, 0 to 1439.</param>
/// <param name="ToMinute">
/// Minute of the local day before which it ends, 0 to 1440; at or below <paramref name="FromMinute"/> it ends on the
/// next day, so that equal minutes make 24 hours.
/// </param>
/// <param name="ConnectFee">Charged once when the money part of a call starts in this band, in place of the tariff's own.</param>
/// <param name="Steps">Steps by the elapsed second of the call, not of the band.</param>
public sealed record TariffBand(
    WeekDays Days, int FromMinute, int ToMinute, Amount ConnectFee, ImmutableArray<TariffStep> Steps)
{
    /// <inheritdoc/>
    public bool Equals(TariffBand? other) =>
        other is not null && Days == other.Days && FromMinute == other.FromMinute && ToMinute == other.ToMinute
        && ConnectFee == other.ConnectFee && Steps.AsSpan().SequenceEqual(other.Steps.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Days, FromMinute, ToMinute, ConnectFee, Steps.IsDefault ? 0 : Steps.Length);
}
