using Classound.Charging;

namespace Classound.Grains.Catalogues;

/// <summary>The silo's catalogue: an immutable snapshot, swapped whole, read without locks on the call path.</summary>
public sealed class CatalogueCache
{
    private volatile Catalogue _current = Catalogue.Empty;

    public Catalogue Current => _current;

    public void Swap(Catalogue next) => _current = next;
}
