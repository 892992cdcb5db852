namespace Classound.Grains.Catalogues;

/// <summary>Which price-list contents a silo keeps in memory, in the order in which it loads them.</summary>
/// <param name="Needed">Versions in force, or due within the hour: without them calls are refused.</param>
/// <param name="Spare">
/// Others, so that an activation finds them loaded and a late call need not wait: scheduled ones by their time, then drafts of the
/// last day, then those superseded in the last 40 days (a call may be reported 35 days late), the newest first.
/// </param>
/// <param name="LeftOut">Versions that would be spare but for the limits: loaded when they are due, or asked for.</param>
public sealed record WantedContents(IReadOnlyList<PriceListRecord> Needed, IReadOnlyList<PriceListRecord> Spare, int LeftOut)
{
    /// <summary>Most spare contents.</summary>
    public const int MaxSpare = 32;

    /// <summary>Most prefixes of spare contents together.</summary>
    public const int MaxSparePrefixes = 4_000_000;

    public static readonly TimeSpan DueWithin = TimeSpan.FromHours(1);
    public static readonly TimeSpan DraftsOf = TimeSpan.FromDays(1);
    public static readonly TimeSpan SupersededFor = TimeSpan.FromDays(40);

    public static readonly WantedContents None = new([], [], 0);

    /// <summary>Hashes of all of them, in their order, each once.</summary>
    public IEnumerable<string> Contents => Needed.Concat(Spare).Select(list => list.ContentSha256).Distinct(StringComparer.Ordinal);

    public static WantedContents Of(CatalogueMetadata metadata, DateTimeOffset now)
    {
        var needed = new List<PriceListRecord>();
        var superseded = new List<(PriceListRecord List, DateTimeOffset Until)>();
        foreach (var type in metadata.PriceLists.Where(list => list.EffectiveAt is not null).GroupBy(list => list.Type, StringComparer.Ordinal))
        {
            var versions = type.OrderBy(list => list.EffectiveAt).ThenBy(list => list.Number).ToList();
            var current = versions.FindLastIndex(list => list.EffectiveAt <= now);
            needed.AddRange(versions.Where((list, i) => i >= current && list.EffectiveAt <= now + DueWithin));
            for (var i = 0; i < current; i++) superseded.Add((versions[i], versions[i + 1].EffectiveAt!.Value));
        }

        var spare = metadata.PriceLists.Where(list => list.EffectiveAt > now + DueWithin).OrderBy(list => list.EffectiveAt)
            .Concat(metadata.PriceLists.Where(list => list.EffectiveAt is null && now - list.ImportedAt <= DraftsOf).OrderByDescending(list => list.ImportedAt))
            .Concat(superseded.Where(old => now - old.Until <= SupersededFor).OrderByDescending(old => old.Until).Select(old => old.List));
        return Limited(needed, spare);
    }

    private static WantedContents Limited(List<PriceListRecord> needed, IEnumerable<PriceListRecord> candidates)
    {
        var there = needed.Select(list => list.ContentSha256).ToHashSet(StringComparer.Ordinal);
        var spare = new List<PriceListRecord>();
        var (prefixes, leftOut) = (0L, 0);
        foreach (var list in candidates)
        {
            if (there.Contains(list.ContentSha256)) continue;
            if (spare.Count == MaxSpare || prefixes + list.Prefixes > MaxSparePrefixes)
            {
                leftOut++;
                continue;
            }

            there.Add(list.ContentSha256);
            spare.Add(list);
            prefixes += list.Prefixes;
        }

        return new WantedContents(needed, spare, leftOut);
    }
}
