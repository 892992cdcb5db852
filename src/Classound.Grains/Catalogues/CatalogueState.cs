namespace Classound.Grains.Catalogues;

/// <summary>What the catalogue grain stores. Lists are replaced, never changed in place: a failed write must leave the old one.</summary>
public sealed class CatalogueState
{
    public long Revision { get; set; }
    public List<PriceListRecord> PriceLists { get; set; } = [];
    public List<PlanRecord> Plans { get; set; } = [];

    /// <summary>Plans of price lists: small, and needed to open the month of a PBX however old its list version is.</summary>
    public List<PlanSheetRecord> PlanSheets { get; set; } = [];

    /// <summary>The state that the metadata was published from.</summary>
    public static CatalogueState Of(CatalogueMetadata metadata) => new()
    {
        Revision = metadata.Revision,
        PriceLists = [.. metadata.PriceLists],
        Plans = [.. metadata.Plans.Select(entry => PlanRecord.Of(entry.Plan, entry.CreatedAt))],
        PlanSheets = [.. metadata.PlanSheets.Select(sheet => PlanSheetRecord.Of(sheet.Key, sheet.Value))],
    };
}
