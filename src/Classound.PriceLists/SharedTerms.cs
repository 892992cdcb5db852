using System.Runtime.InteropServices;
using Classound.Charging.Rating;

namespace Classound.PriceLists;

/// <summary>Lets entries of equal terms share them: a large list so takes 16 bytes a prefix, and leaves the collector little to do.</summary>
internal sealed class SharedTerms
{
    private readonly Dictionary<PriceListTerms, PriceListTerms> _known = [];

    public PriceListEntry Share(PriceListEntry entry)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_known, entry.Terms, out _);
        known ??= entry.Terms;
        return entry with { Terms = known };
    }
}
