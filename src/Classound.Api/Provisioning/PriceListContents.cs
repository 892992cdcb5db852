using Classound.Api.Rating;
using Classound.Charging.Allowances;
using Classound.Charging.Rating;
using Classound.PriceLists;
using Wire = Classound.Contracts.Provisioning.V1;

namespace Classound.Api.Provisioning;

/// <summary>What stands in a version, on the wire.</summary>
internal static class PriceListContents
{
    /// <summary>All but the prefixes, which are counted.</summary>
    public static Wire.GetPriceListResponse ToWire(Wire.PriceList listed, PriceListContent content)
    {
        var reply = new Wire.GetPriceListResponse { PriceList = listed, PrefixCounts = Count(content.Entries) };
        reply.AreaTariffs.AddRange(content.AreaTariffs.OrderBy(row => row.Key)
            .Select(row => new Wire.AreaTariff { Area = (int)row.Key, Tariff = TariffReplies.ToWire(row.Value) }));
        reply.Plans.AddRange(content.Plans.OrderBy(plan => plan.Code, StringComparer.Ordinal).Select(ToWire));
        reply.DidFees.AddRange(content.DidFees
            .OrderBy(fee => fee.Country, StringComparer.Ordinal).ThenBy(fee => fee.Kind, StringComparer.Ordinal).Select(ToWire));
        reply.FreePhoneFees.AddRange(content.FreePhoneFees.OrderBy(fee => fee.Country, StringComparer.Ordinal).Select(ToWire));
        return reply;
    }

    public static Wire.DidFee ToWire(DidFee fee) =>
        new() { Country = fee.Country, NumberKind = fee.Kind, SetupNanos = fee.Setup.Nanos, MonthlyNanos = fee.Monthly.Nanos };

    public static Wire.FreePhoneFee ToWire(FreePhoneFee fee) => new()
    {
        Country = fee.Country, MonthlyNanos = fee.Monthly.Nanos, FixedPerMinuteNanos = fee.Fixed.Nanos,
        MobilePerMinuteNanos = fee.Mobile.Nanos, PayphonePerMinuteNanos = fee.Payphone.Nanos,
    };

    public static Wire.PriceListChange ToWire(PriceListChange change)
    {
        var reply = new Wire.PriceListChange
        {
            Part = (Wire.PriceListPart)change.Part, Kind = (Wire.PriceListChangeKind)change.Kind, Key = change.Key, Name = change.Name,
            Before = change.Before, After = change.After, Prefixes = change.Prefixes,
        };
        if (change.PricePerMinuteBefore is { } before) reply.PricePerMinuteBeforeNanos = before.Nanos;
        if (change.PricePerMinuteAfter is { } after) reply.PricePerMinuteAfterNanos = after.Nanos;
        return reply;
    }

    private static Wire.PlanOffer ToWire(PlanOffer plan)
    {
        var reply = new Wire.PlanOffer
        {
            PlanCode = plan.Code, Term = PlanMapping.ToWire(plan.Term), Sharing = PlanMapping.ToWire(plan.Sharing),
            MinutesPerUser = plan.MinutesPerUser,
        };
        reply.Bands.AddRange(plan.Bands.Select(PlanMapping.ToWire));
        return reply;
    }

    private static Wire.PriceListPrefixCounts Count(IReadOnlyList<PriceListEntry> entries)
    {
        var counts = new Wire.PriceListPrefixCounts { Prefixes = entries.Count };
        var byArea = new int[(int)CallArea.Area6];
        var countries = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            byArea[(int)entry.Area - 1]++;
            if (entry.OwnTariff is not null) counts.OwnTariffs++;
            if (entry.HighCost) counts.HighCost++;
            if (entry.Country.Length > 0) countries.Add(entry.Country);
        }

        counts.Countries = countries.Count;
        counts.ByArea.AddRange(byArea);
        return counts;
    }
}
