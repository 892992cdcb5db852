using Classound.Charging.Rating;

namespace Classound.PriceLists.Diff;

/// <summary>What differs between the prefixes of two versions: one pass over both, in the order of their digits.</summary>
internal static class PrefixDiff
{
    public static IEnumerable<PriceListChange> Between(PriceListContent before, PriceListContent after)
    {
        var (was, becomes) = (new Sorted(before.Entries), new Sorted(after.Entries));
        var (i, j) = (0, 0);
        while (i < was.Count || j < becomes.Count)
        {
            var order = i == was.Count ? 1 : j == becomes.Count ? -1 : was.Key(i).CompareTo(becomes.Key(j));
            if (order < 0) yield return Removed(was[i++], before);
            else if (order > 0) yield return Added(becomes[j++], after);
            else
            {
                var (old, now) = (was[i++], becomes[j++]);
                if (old != now) yield return Changed(old, before, now, after);
            }
        }
    }

    private static PriceListChange Removed(PriceListEntry entry, PriceListContent content) => new(
        PriceListPart.Prefix, entry.Prefix, entry.Destination, DiffText.Of(entry, withPlace: false), "", PriceOf(entry, content));

    private static PriceListChange Added(PriceListEntry entry, PriceListContent content) => new(
        PriceListPart.Prefix, entry.Prefix, entry.Destination, "", DiffText.Of(entry, withPlace: false), null, PriceOf(entry, content));

    private static PriceListChange Changed(PriceListEntry old, PriceListContent before, PriceListEntry now, PriceListContent after)
    {
        var withPlace = old.Country != now.Country || old.Destination != now.Destination;
        return new PriceListChange(
            PriceListPart.Prefix, now.Prefix, now.Destination, DiffText.Of(old, withPlace), DiffText.Of(now, withPlace),
            PriceOf(old, before), PriceOf(now, after));
    }

    private static Amount? PriceOf(PriceListEntry entry, PriceListContent content) =>
        (entry.OwnTariff ?? content.AreaTariffs.GetValueOrDefault(entry.Area))?.HighestPricePerMinute;

    /// <summary>Entries by their digits; without a copy where they stand so already, as they do when they come from the store.</summary>
    private sealed class Sorted
    {
        private readonly IReadOnlyList<PriceListEntry> _entries;
        private readonly ulong[] _keys;
        private readonly int[]? _order;

        public Sorted(IReadOnlyList<PriceListEntry> entries)
        {
            _entries = entries;
            _keys = new ulong[entries.Count];
            var sorted = true;
            for (var i = 0; i < _keys.Length; i++)
            {
                _keys[i] = entries[i].SortKey;
                sorted &= i == 0 || _keys[i] > _keys[i - 1];
            }

            if (sorted) return;
            _order = [.. Enumerable.Range(0, _keys.Length)];
            Array.Sort(_keys, _order);
        }

        public int Count => _keys.Length;

        public PriceListEntry this[int index] => _entries[_order is null ? index : _order[index]];

        public ulong Key(int index) => _keys[index];
    }
}
