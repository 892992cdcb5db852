using System.Globalization;
using Classound.Charging.Rating;

namespace Classound.PriceLists.Diff;

/// <summary>What differs between two Areas tables.</summary>
internal static class AreaDiff
{
    public static IEnumerable<PriceListChange> Between(PriceListContent before, PriceListContent after)
    {
        for (var area = CallArea.Area1; area <= CallArea.Area6; area++)
        {
            var was = before.AreaTariffs.GetValueOrDefault(area);
            var becomes = after.AreaTariffs.GetValueOrDefault(area);
            if (Equals(was, becomes)) continue;
            yield return new PriceListChange(
                PriceListPart.Area, ((int)area).ToString(CultureInfo.InvariantCulture), "", was is null ? "" : DiffText.Of(was),
                becomes is null ? "" : DiffText.Of(becomes), was?.HighestPricePerMinute, becomes?.HighestPricePerMinute,
                Count((becomes is null ? before : after).Entries, area));
        }
    }

    private static int Count(IReadOnlyList<PriceListEntry> entries, CallArea area)
    {
        var count = 0;
        for (var i = 0; i < entries.Count; i++)
            if (entries[i].Area == area && entries[i].OwnTariff is null) count++;
        return count;
    }
}
