using Classound.Api.Rating;
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
        var entries = Matching(version.Prefixes.Entries, digits).ToList();
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
    private static IEnumerable<PriceListEntry> Matching(IReadOnlyList<PriceListEntry> entries, string digits)
    {
        for (var length = digits.Length; length > 0; length--)
            if (Find(entries, digits[..length]) is { } entry) yield return entry;
    }

    /// <param name="entries">In the order of their digits.</param>
    /// <param name="prefix">This one alone.</param>
    private static PriceListEntry? Find(IReadOnlyList<PriceListEntry> entries, string prefix)
    {
        var (low, high) = (0, entries.Count - 1);
        while (low <= high)
        {
            var middle = low + (high - low) / 2;
            var order = string.CompareOrdinal(entries[middle].Prefix, prefix);
            if (order == 0) return entries[middle];
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return null;
    }
}
