using Classound.Charging.Rating;
using Classound.PriceLists.Diff;

namespace Classound.PriceLists;

/// <summary>What differs between two versions of a price list.</summary>
public static class PriceListDiff
{
    /// <summary>
    /// The rows that differ: areas, prefixes by their digits, plans, DIDs, FreePhone; each found when it is asked for. The order of rows
    /// in a version means nothing. A changed area says how many prefixes it reprices; they have no lines of their own.
    /// </summary>
    public static IEnumerable<PriceListChange> Between(PriceListContent before, PriceListContent after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return AreaDiff.Between(before, after)
            .Concat(PrefixDiff.Between(before, after))
            .Concat(FeeDiff.Plans(before.Plans, after.Plans))
            .Concat(FeeDiff.Dids(before.DidFees, after.DidFees))
            .Concat(FeeDiff.FreePhones(before.FreePhoneFees, after.FreePhoneFees));
    }

    /// <summary>The counts of all differences, and the first of each kind.</summary>
    /// <param name="before">The version before.</param>
    /// <param name="after">The version afterwards.</param>
    /// <param name="listed">How many added, changed and removed rows each are listed.</param>
    public static PriceListChanges Summarize(PriceListContent before, PriceListContent after, int listed)
    {
        var counts = new int[(int)PriceListChangeKind.Removed + 1];
        var (raised, lowered, repriced) = (0, 0, 0);
        var first = new List<PriceListChange>();
        foreach (var change in Between(before, after))
        {
            if (counts[(int)change.Kind]++ < listed) first.Add(change);
            if (change.IsRaised) raised++;
            if (change.IsLowered) lowered++;
            if (change.Kind == PriceListChangeKind.Changed) repriced += change.Prefixes;
        }

        return new PriceListChanges(
            counts[(int)PriceListChangeKind.Added], counts[(int)PriceListChangeKind.Changed], counts[(int)PriceListChangeKind.Removed],
            raised, lowered, repriced, first);
    }
}

/// <summary>How much differs between two versions. Rows are those of all tables.</summary>
/// <param name="Added">Rows that are new.</param>
/// <param name="Changed">Rows that say something else.</param>
/// <param name="Removed">Rows that are gone.</param>
/// <param name="Raised">Of the changed ones, those whose dearest minute costs more.</param>
/// <param name="Lowered">Of the changed ones, those whose dearest minute costs less.</param>
/// <param name="RepricedByArea">Prefixes without a tariff of their own, in areas whose row changed.</param>
/// <param name="First">The first rows of each kind of change, in the order of <see cref="PriceListDiff.Between"/>.</param>
public sealed record PriceListChanges(
    int Added, int Changed, int Removed, int Raised, int Lowered, int RepricedByArea, IReadOnlyList<PriceListChange> First);
