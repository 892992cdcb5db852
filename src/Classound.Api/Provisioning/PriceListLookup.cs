using Classound.Api.Rating;
using Classound.Charging;
using Classound.Charging.Rating;
using Wire = Classound.Contracts.Provisioning.V1;

namespace Classound.Api.Provisioning;

/// <summary>What a number, or the beginning of one, costs in a version.</summary>
internal static class PriceListLookup
{
    /// <param name="version">Where to look.</param>
    /// <param name="digits">1 to 15, without '+'.</param>
    /// <param name="listed">The version as the reply shows it.</param>
    public static Wire.LookupPriceListResponse Find(PriceListVersion version, string digits, Wire.PriceList listed)
    {
        var reply = new Wire.LookupPriceListResponse { PriceList = listed };
        var entries = Matching(version.Prefixes, digits).ToList();
        // Never a shorter one where the longest has no price: its calls are refused.
        if (entries.Count > 0 && Priced(version, entries[0]) is { Tariff: not null } match)
        {
            reply.Match = match;
            reply.DidFees.AddRange(version.DidFees.Where(fee => fee.Country == match.Country).Select(PriceListContents.ToWire));
            reply.FreePhoneFee = version.FreePhoneFees.Where(fee => fee.Country == match.Country).Select(PriceListContents.ToWire).FirstOrDefault();
            entries.RemoveAt(0);
        }

        reply.Shorter.AddRange(entries.Select(entry => Priced(version, entry)));
        return reply;
    }

    private static Wire.PriceListMatch Priced(PriceListVersion version, PriceListEntry entry)
    {
        var tariff = entry.OwnTariff ?? version.AreaTariffs.GetValueOrDefault(entry.Area);
        return new Wire.PriceListMatch
        {
            Prefix = entry.Prefix, Country = entry.Country, Destination = entry.Destination, Area = (int)entry.Area, HighCost = entry.HighCost,
            Tariff = tariff is null ? null : TariffReplies.ToWire(tariff), TariffSource = TariffReplies.Source(entry.OwnTariff is not null),
            PricePerMinuteNanos = tariff?.HighestPricePerMinute.Nanos ?? 0,
        };
    }

    /// <summary>Longest first. The table itself matches whole numbers only, and gives one prefix.</summary>
    private static IEnumerable<PriceListEntry> Matching(PrefixTable prefixes, string digits)
    {
        for (var length = digits.Length; length > 0; length--)
            if (prefixes.Find(NumberPrefix.Parse(digits[..length])) is { } entry) yield return entry;
    }
}
