using System.Collections.Immutable;
using Classound.Charging.Rating;
using Wire = Classound.Contracts.Rating.V1;

namespace Classound.Api.Rating;

/// <summary>Tariffs as replies.</summary>
public static class TariffReplies
{
    private static readonly (WeekDays Domain, Wire.Weekday Wire)[] Days =
    [
        (WeekDays.Monday, Wire.Weekday.Monday),
        (WeekDays.Tuesday, Wire.Weekday.Tuesday),
        (WeekDays.Wednesday, Wire.Weekday.Wednesday),
        (WeekDays.Thursday, Wire.Weekday.Thursday),
        (WeekDays.Friday, Wire.Weekday.Friday),
        (WeekDays.Saturday, Wire.Weekday.Saturday),
        (WeekDays.Sunday, Wire.Weekday.Sunday),
    ];

    public static Wire.Tariff ToWire(Tariff tariff)
    {
        var reply = new Wire.Tariff
        {
            ConnectFeeNanos = tariff.ConnectFee.Nanos,
            MinimumSeconds = tariff.MinimumSeconds,
            BandTimeZone = tariff.BandTimeZoneId ?? "",
        };
        reply.Steps.AddRange(Steps(tariff.Steps));
        foreach (var band in tariff.Bands)
        {
            var bandReply = new Wire.TariffBand
            {
                FromMinute = band.FromMinute,
                ToMinute = band.ToMinute,
                ConnectFeeNanos = band.ConnectFee.Nanos,
            };
            foreach (var (domain, wire) in Days)
                if (band.Days.HasFlag(domain)) bandReply.Weekdays.Add(wire);
            bandReply.Steps.AddRange(Steps(band.Steps));
            reply.Bands.Add(bandReply);
        }

        return reply;
    }

    public static Wire.TariffSource Source(bool ownTariff) => ownTariff ? Wire.TariffSource.Prefix : Wire.TariffSource.Area;

    private static IEnumerable<Wire.TariffStep> Steps(ImmutableArray<TariffStep> steps) => steps.Select(step => new Wire.TariffStep
    {
        FromSecond = step.FromSecond,
        PriceNanos = step.Price.Nanos,
        PerSeconds = step.PerSeconds,
        IncrementSeconds = step.IncrementSeconds,
    });
}
