using Classound.Charging.Rating;
using Classound.Contracts.Provisioning.V1;
using Classound.PriceLists;
using Kind = Classound.PriceLists.PriceListChangeKind;
using PriceListChange = Classound.PriceLists.PriceListChange;

namespace Classound.Api.Provisioning;

/// <summary>
/// What an import changes. Counts are exact; of each kind only the first are listed, fewer of each version where a deck comes to
/// many, so that the reply stays a message that every client takes (4 MB).
/// </summary>
internal sealed class ChangeReport(int versions)
{
    private const int MostListed = 1000;
    private const int FewestListed = 20;
    private const int ListedInAll = 3000;

    private static readonly PriceListContent Nothing = new(new Dictionary<CallArea, Tariff>(), []);

    private readonly int _listed = Math.Clamp(ListedInAll / Math.Max(1, versions), FewestListed, MostListed);

    /// <param name="before">Null = there was nothing.</param>
    /// <param name="after">What comes instead.</param>
    /// <param name="comparedWith">Number of the version before; 0 = none, or the part before.</param>
    public PriceListChangeReport Compare(PriceListContent? before, PriceListContent after, int comparedWith)
    {
        var report = new PriceListChangeReport { ComparedWithVersion = comparedWith, Counts = new PriceListChangeCounts() };
        var seen = new int[(int)Kind.Removed + 1];
        foreach (var change in PriceListDiff.Between(before ?? Nothing, after))
        {
            Count(report.Counts, change);
            if (seen[(int)change.Kind]++ < _listed) report.Changes.Add(PriceListContents.ToWire(change));
        }

        return report;
    }

    public static void Count(PriceListChangeCounts counts, PriceListChange change)
    {
        switch (change.Kind)
        {
            case Kind.Added:
                counts.Added++;
                break;
            case Kind.Removed:
                counts.Removed++;
                break;
            default:
                counts.Changed++;
                counts.RepricedByArea += change.Prefixes;
                if (change.PricePerMinuteAfter > change.PricePerMinuteBefore) counts.Raised++;
                if (change.PricePerMinuteAfter < change.PricePerMinuteBefore) counts.Lowered++;
                break;
        }
    }
}
