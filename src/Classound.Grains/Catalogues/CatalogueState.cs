namespace Classound.Grains.Catalogues;

/// <summary>What the catalogue grain stores. Lists are replaced, never changed in place: a failed write must leave the old one.</summary>
public sealed class CatalogueState
{
    public long Revision { get; set; }
    public List<PriceListRecord> PriceLists { get; set; } = [];
    public List<PlanRecord> Plans { get; set; } = [];
}
