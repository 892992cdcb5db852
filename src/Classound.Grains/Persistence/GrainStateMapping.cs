using Classound.Charging.Allowances;
using Classound.Grains.Catalogues;
using Classound.Grains.Catalogues.Directory;
using Classound.Grains.Dids;
using Classound.Grains.Persistence.Stored;

namespace Classound.Grains.Persistence;

/// <summary>Between the state of the slow-moving grains and its stored form. Instants keep their ticks: repeats are recognised by them.</summary>
internal static class GrainStateMapping
{
    public static StoredDid ToStored(DidState state) => new()
    {
        Phase = (int)state.Phase, PbxId = state.PbxId, OperationId = state.OperationId, OperationTicks = state.OperationAt.UtcTicks,
    };

    public static DidState FromStored(StoredDid stored) => new()
    {
        Phase = (DidPhase)stored.Phase, PbxId = stored.PbxId, OperationId = stored.OperationId, OperationAt = At(stored.OperationTicks),
    };

    public static StoredDidOperations ToStored(DidOperationsState state) => new()
    {
        Operations =
        {
            state.Operations.Select(operation => new StoredDidOperation
            {
                Id = operation.Id, Digits = operation.Digits, BegunTicks = operation.BegunAt.UtcTicks,
            }),
        },
    };

    public static DidOperationsState FromStored(StoredDidOperations stored) => new()
    {
        Operations = [.. stored.Operations.Select(operation => new DidOperation
        {
            Id = operation.Id, Digits = operation.Digits, BegunAt = At(operation.BegunTicks),
        })],
    };

    public static StoredPbxDirectory ToStored(PbxDirectoryState state)
    {
        var stored = new StoredPbxDirectory { Revision = state.Revision };
        stored.Countries.Add(state.Countries);
        return stored;
    }

    public static PbxDirectoryState FromStored(StoredPbxDirectory stored) => new()
    {
        Revision = stored.Revision, Countries = new Dictionary<string, string>(stored.Countries, StringComparer.Ordinal),
    };

    public static StoredCatalogue ToStored(CatalogueState state) => new()
    {
        Revision = state.Revision, PriceLists = { state.PriceLists.Select(ToStored) }, Plans = { state.Plans.Select(ToStored) },
        PlanSheets =
        {
            state.PlanSheets.Select(sheet => new StoredPlanSheet { ContentSha256 = sheet.ContentSha256, Plans = { sheet.Plans.Select(ToStored) } }),
        },
    };

    public static CatalogueState FromStored(StoredCatalogue stored) => new()
    {
        Revision = stored.Revision, PriceLists = [.. stored.PriceLists.Select(FromStored)], Plans = [.. stored.Plans.Select(FromStored)],
        PlanSheets = [.. stored.PlanSheets.Select(sheet => new PlanSheetRecord
        {
            ContentSha256 = sheet.ContentSha256, Plans = [.. sheet.Plans.Select(FromStored)],
        })],
    };

    private static StoredPriceList ToStored(PriceListRecord list)
    {
        var stored = new StoredPriceList
        {
            Type = list.Type, Number = list.Number, Currency = list.Currency, TimeZone = list.TimeZoneId, Decimals = list.Decimals,
            AllowOtherIncrements = list.AllowOtherIncrements, ContentSha256 = list.ContentSha256, Prefixes = list.Prefixes,
            ImportedTicks = list.ImportedAt.UtcTicks,
        };
        if (list.RequestedEffectiveAt is { } requested) stored.RequestedEffectiveTicks = requested.UtcTicks;
        if (list.EffectiveAt is { } effective) stored.EffectiveTicks = effective.UtcTicks;
        if (list.AskedEffectiveAt is { } asked) stored.AskedEffectiveTicks = asked.UtcTicks;
        return stored;
    }

    private static PriceListRecord FromStored(StoredPriceList stored) => new()
    {
        Type = stored.Type, Number = stored.Number, Currency = stored.Currency, TimeZoneId = stored.TimeZone, Decimals = stored.Decimals,
        AllowOtherIncrements = stored.AllowOtherIncrements, ContentSha256 = stored.ContentSha256, Prefixes = stored.Prefixes,
        ImportedAt = At(stored.ImportedTicks),
        RequestedEffectiveAt = stored.HasRequestedEffectiveTicks ? At(stored.RequestedEffectiveTicks) : null,
        EffectiveAt = stored.HasEffectiveTicks ? At(stored.EffectiveTicks) : null,
        AskedEffectiveAt = stored.HasAskedEffectiveTicks ? At(stored.AskedEffectiveTicks) : null,
    };

    private static StoredPlan ToStored(PlanRecord plan) => new()
    {
        Code = plan.Code, EffectiveFrom = plan.EffectiveFrom, Term = (int)plan.Term, MinutesPerUser = plan.MinutesPerUser,
        Sharing = (int)plan.Sharing, Currency = plan.Currency, CreatedTicks = plan.CreatedAt.UtcTicks,
        Bands = { plan.Bands.Select(band => new StoredBand { MaxUsers = band.MaxUsers, MonthlyFeeNanos = band.MonthlyFeeNanos }) },
    };

    private static PlanRecord FromStored(StoredPlan stored) => new()
    {
        Code = stored.Code, EffectiveFrom = stored.EffectiveFrom, Term = (PlanTerm)stored.Term, MinutesPerUser = stored.MinutesPerUser,
        Sharing = (AllowanceSharing)stored.Sharing, Currency = stored.Currency, CreatedAt = At(stored.CreatedTicks),
        Bands = [.. stored.Bands.Select(band => new PlanBandRecord { MaxUsers = band.MaxUsers, MonthlyFeeNanos = band.MonthlyFeeNanos })],
    };

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
}
