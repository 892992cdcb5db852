using System.Collections.Immutable;
using Classound.Charging;
using Classound.Charging.Rating;
using Classound.Storage.Mapping.Stored;
using Google.Protobuf;

namespace Classound.Storage.Mapping;

/// <summary>Settings and limits of a PBX as bytes.</summary>
internal static class StoredSettingsMapping
{
    public static byte[] Write(PbxSettings settings) => new StoredSettings
    {
        Name = settings.Name, Country = settings.Country, TimeZone = settings.TimeZoneId, Currency = settings.Currency,
        PriceListType = settings.PriceListType, PlanCode = settings.PlanCode, ActiveFromDay = settings.ActiveFrom.DayNumber,
        State = (int)settings.State, Basic = settings.Licences.Basic, Essential = settings.Licences.Essential,
        Business = settings.Licences.Business, Premium = settings.Licences.Premium, Limits = Write(settings.Limits),
    }.ToByteArray();

    public static PbxSettings Read(string pbxId, byte[] bytes)
    {
        var stored = StoredSettings.Parser.ParseFrom(bytes);
        return new PbxSettings
        {
            Id = pbxId, Name = stored.Name, Country = stored.Country, TimeZoneId = stored.TimeZone, Currency = stored.Currency,
            PriceListType = stored.PriceListType, PlanCode = stored.PlanCode, ActiveFrom = DateOnly.FromDayNumber(stored.ActiveFromDay),
            State = (PbxState)stored.State, Licences = new UserLicences(stored.Basic, stored.Essential, stored.Business, stored.Premium),
            Limits = Read(stored.Limits),
        };
    }

    private static StoredLimits Write(PbxLimits limits)
    {
        var stored = new StoredLimits
        {
            MaxConcurrentCalls = limits.MaxConcurrentCalls, MaxAttemptsPerSecond = limits.MaxAttemptsPerSecond,
            DayCapNanos = limits.DayCap.Nanos, MonthCapNanos = limits.MonthCap.Nanos,
            MaxPricePerMinuteNanos = limits.MaxPricePerMinute.Nanos, MaxCallSeconds = limits.MaxCallSeconds,
            BarHighCost = limits.BarHighCost, AllowedAreas = limits.AllowedAreas, BarredAreas = limits.BarredAreas,
        };
        stored.AllowedCountries.AddRange(limits.AllowedCountries);
        stored.BarredCountries.AddRange(limits.BarredCountries);
        stored.AllowedPrefixes.AddRange(limits.AllowedPrefixes.Select(p => p.ToString()));
        stored.BarredPrefixes.AddRange(limits.BarredPrefixes.Select(p => p.ToString()));
        return stored;
    }

    private static PbxLimits Read(StoredLimits stored) => new()
    {
        MaxConcurrentCalls = stored.MaxConcurrentCalls, MaxAttemptsPerSecond = stored.MaxAttemptsPerSecond,
        DayCap = new Amount(stored.DayCapNanos), MonthCap = new Amount(stored.MonthCapNanos),
        MaxPricePerMinute = new Amount(stored.MaxPricePerMinuteNanos), MaxCallSeconds = stored.MaxCallSeconds,
        BarHighCost = stored.BarHighCost, AllowedAreas = stored.AllowedAreas, BarredAreas = stored.BarredAreas,
        AllowedCountries = [.. stored.AllowedCountries], BarredCountries = [.. stored.BarredCountries],
        AllowedPrefixes = Prefixes(stored.AllowedPrefixes), BarredPrefixes = Prefixes(stored.BarredPrefixes),
    };

    private static ImmutableArray<NumberPrefix> Prefixes(IEnumerable<string> stored) =>
        [.. stored.Select(text => NumberPrefix.TryParse(text, out var prefix)
            ? prefix : throw new InvalidDataException($"stored prefix '{text}' is not 1 to 15 digits"))];
}
